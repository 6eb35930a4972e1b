import type { IDataObject } from 'n8n-workflow';

import type { DeliveryStatus } from '../../../message/deliveryStatus';
import type { Entry } from '../entry';
import type { Operation } from '../operation';
import type { MessagePlace } from './readBack';
import type { Wait } from './wait';

/** What an item's messages have come to so far, and how long their user wants to wait for more. */
export interface Follow {
	wait: Wait;
	/** Whether the next node gets shared results, one for each message. */
	isSimple: boolean;
	messages: FollowedMessage[];
}

/** A message that was accepted. What is learned of it is written into it. */
export interface FollowedMessage {
	messageId: string | null;
	recipient: string | null;
	/** Undefined where it cannot be looked at. */
	place: MessagePlace | undefined;
	/** It waits for a time that its user has chosen, so nobody waits for it here. */
	isScheduled: boolean;
	known: Known;
}

/** What the vendor says of a message. */
export interface Known {
	status: DeliveryStatus;
	providerStatus: string | null;
	reason: string | null;
	errorCode: string | null;
	channel: string | null;
	sentAt: string | null;
}

const DELIVERED: DeliveryStatus[] = ['delivered', 'read'];
const FAILED: DeliveryStatus[] = ['failed', 'rejected', 'canceled'];

export function isDelivered({ status }: Known): boolean {
	return DELIVERED.includes(status);
}

/** Whether nothing else will come, but that somebody reads what was delivered. */
export function isFinal(known: Known): boolean {
	return isDelivered(known) || FAILED.includes(known.status);
}

/** Whether an item fails for this message. */
export function isUndelivered({ wait }: Follow, { isScheduled, known }: FollowedMessage): boolean {
	return wait.fails && !isScheduled && !isDelivered(known);
}

/**
 * What is to be followed of a send that was accepted.
 *
 * @param results of the send, in the words that all vendors share
 * @returns undefined where nobody waits, or nobody can look
 */
export function followOf<Input>(
	{ readBack }: Operation<Input>,
	{ wait, isSimple, input, transport }: Entry<Input>,
	results: IDataObject[],
): Follow | undefined {
	if (wait === undefined || readBack === undefined) return undefined;
	const placeOf = (result: IDataObject) => {
		try {
			return readBack.placeOf(result, input, transport.credentials);
		} catch {
			// It was accepted, whatever goes wrong in finding out where it is.
			return undefined;
		}
	};
	const messages = results.map((result): FollowedMessage => {
		const known = knownOf(result);
		const messageId = textOf(result.messageId);
		return {
			messageId,
			recipient: textOf(result.recipient),
			place: messageId === null ? undefined : placeOf(result),
			isScheduled: known.status === 'scheduled',
			known,
		};
	});
	return { wait, isSimple, messages };
}

/** What a shared result says of a message. */
export function knownOf(result: IDataObject): Known {
	return {
		status: result.status as DeliveryStatus,
		providerStatus: textOf(result.providerStatus),
		reason: textOf(result.reason),
		errorCode: textOf(result.errorCode),
		channel: textOf(result.channel),
		sentAt: textOf(result.sentAt),
	};
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
