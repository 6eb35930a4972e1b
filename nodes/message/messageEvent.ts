import type { IDataObject } from 'n8n-workflow';

import type { DeliveryStatus } from './deliveryStatus';

export type MessageEventType =
	| 'message.status'
	| 'message.received'
	| 'message.interaction'
	/** Somebody wants no more messages. Who that is stands in `sender`. */
	| 'message.opt_out'
	| 'other';

/** What the trigger gives the flow for one webhook, whichever vendor sent it. */
export interface MessageEvent {
	/** Stays the same when the vendor delivers the event again: the key to remove duplicates by. */
	eventId: string;
	type: MessageEventType;
	provider: string;
	messageId: string | null;
	channel: string | null;
	direction: 'outgoing' | 'incoming' | null;
	recipient: string | null;
	sender: string | null;
	status: DeliveryStatus;
	/** The vendor's own word, untouched. */
	providerStatus: string | null;
	reason: string | null;
	errorCode: string | null;
	text: string | null;
	/** ISO 8601. */
	occurredAt: string | null;
	reference: string | null;
	/**
	 * The same for everything that one person writes through one channel of one vendor, for the
	 * memory of an AI agent. Null for what nobody wrote.
	 */
	sessionId: string | null;
	/** The vendor's payload, untouched, where the user wants it. */
	raw?: IDataObject;
}
