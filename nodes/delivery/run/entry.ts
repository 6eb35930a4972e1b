import type { IExecuteSingleFunctions } from 'n8n-workflow';

import type { Transport } from '../http/transport';
import type { Once } from '../once/once';
import type { VendorRequest } from '../http/vendorApi';
import type { Wait } from './follow/wait';
import type { ItemTransport } from './operation';
import type { Source } from './sources';

/** A message as it is to leave, without those who must not get it. */
export interface Message<Input> {
	input: Input;
	/** Undefined where nobody needs to be asked. */
	request: VendorRequest | undefined;
	/** Whom the message was to reach and must not, as they are on a list of the user's. */
	takenOut: string[];
	/**
	 * Looks at the request as it is about to leave.
	 *
	 * @throws KeptBack where it would reach somebody whom it must not
	 */
	check?(request: VendorRequest): Promise<void>;
}

/** One message that is ready to be sent, or one reading that is ready to be asked for. */
export interface Entry<Input> extends Message<Input> {
	/** Among all messages of the run. */
	position: number;
	source: Source;
	context: IExecuteSingleFunctions;
	transport: Transport;
	/** Set where its user wants something else than a failure outside of the vendor's window. */
	instead?: Instead<Input>;
	/** Whether the next node gets the shared result instead of the vendor's answer. */
	isSimple: boolean;
	/** What the ledger knows it by. */
	key: string;
	/** What is the same for two messages that say the same to the same person. */
	mark: string | undefined;
	/** By which the vendor recognises the message: the user's own, or ours. */
	idempotencyKey: { own: string } | { ours: string };
	/** Set where it is to be sent at most once, over all executions. */
	once?: Once;
	/** Set where its delivery is waited for. */
	wait?: Wait;
}

/** What goes in place of a message outside of the vendor's window: nothing, or a template. */
export type Instead<Input> = 'nothing' | Message<Input>;

/** The way to the vendor for one entry. */
export function itemTransport({ context, transport }: Entry<unknown>): ItemTransport {
	return {
		account: transport,
		context,
		credentials: transport.credentials,
		send: async (request, shipment) => await transport.send(context, request, shipment),
	};
}
