import type { IDataObject } from 'n8n-workflow';

import type { MessageEvent, MessageEventType } from '../../message/messageEvent';
import { eventIdOf, isoTime, messageEvent } from '../event';
import type { Delivery, VendorEvent } from '../webhookVendor';
import { readerOf, statusOf } from './reading';

/** Reads an event by the names that the user has set, or by ours. */
export function toEvents(
	payload: IDataObject,
	{ parameter }: Delivery,
	provider: string,
): VendorEvent[] {
	const read = readerOf(payload, parameter);
	const messageId = read('messageId');
	const word = read('status');
	const direction = directionOf(read('direction'));
	const type = typeOf(word, direction);
	const occurredAt = read('occurredAt');
	const event = messageEvent({
		eventId: read('eventId') ?? eventIdOf(payload, messageId, word ?? type),
		type,
		provider,
		messageId,
		channel: read('channel'),
		direction: direction ?? (type === 'message.status' ? 'outgoing' : null),
		recipient: read('recipient'),
		sender: read('sender'),
		status: type === 'message.received' ? 'delivered' : statusOf(word, parameter),
		providerStatus: word,
		reason: read('reason'),
		errorCode: read('errorCode'),
		text: read('text'),
		occurredAt: isoTime(occurredAt),
		reference: read('reference'),
		raw: payload,
	});
	return [{ kind: type, event }];
}

function typeOf(word: string | null, direction: MessageEvent['direction']): MessageEventType {
	if (direction === 'incoming') return 'message.received';
	return word === null ? 'other' : 'message.status';
}

function directionOf(word: string | null): MessageEvent['direction'] {
	if (/^out(going|bound)?$/i.test(word ?? '')) return 'outgoing';
	return /^in(coming|bound)?$/i.test(word ?? '') ? 'incoming' : null;
}
