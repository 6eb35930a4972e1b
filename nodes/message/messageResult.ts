import type { IDataObject } from 'n8n-workflow';

import type { DeliveryStatus } from './deliveryStatus';

/** What every sending and reading operation gives the next node, whichever vendor sent it. */
export interface MessageResult {
	/** The vendor's id of the message; null only where the vendor's documented answer has none. */
	messageId: string | null;
	/** The vendor's short name, such as the node is called. */
	provider: string;
	channel: string | null;
	recipient: string | null;
	status: DeliveryStatus;
	/** The vendor's own status word, untouched. */
	providerStatus: string | null;
	/** ISO 8601, or null where the vendor does not say. */
	sentAt: string | null;
	/** The sender's own id of the message, where one was given. */
	reference: string | null;
}

/** Gives a message result in its fixed order of keys, followed by what the operation adds. */
export function messageResult(result: MessageResult, added: IDataObject = {}): IDataObject {
	return {
		messageId: result.messageId,
		provider: result.provider,
		channel: result.channel,
		recipient: result.recipient,
		status: result.status,
		providerStatus: result.providerStatus,
		sentAt: result.sentAt,
		reference: result.reference,
		...added,
	};
}

/** A string as it is, a number as its digits, anything else as null. */
export function textOrNull(value: unknown): string | null {
	if (typeof value === 'string') return value === '' ? null : value;
	return typeof value === 'number' ? String(value) : null;
}
