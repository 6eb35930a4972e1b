import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { toList } from '../../input/list';
import { type MessageResult, textOrNull } from '../../message/messageResult';
import { eventIdOf, type EventWithRaw, isoTime, messageEvent } from '../../webhook/event';
import type { Delivery, VendorEvent } from '../../webhook/webhookVendor';
import { birdApi, toMessageResult } from '../api';
import { platformOf, whatHappened } from './eventNames';

/** Source: docs.bird.com, message-status-and-interactions. */
export const INTERACTIONS = [
	'clicked',
	'conversion',
	'delete-request',
	'invalid',
	'opened',
	'reaction',
	'read',
	'reported-as-spam',
	'subscribe-consent',
	'subscribe-request',
	'unsubscribe-request',
];
const READ_INTERACTIONS = new Set(['read', 'opened']);
const OPT_OUT_INTERACTION = 'unsubscribe-request';

/** Source: docs.bird.com: {service, event, payload}, the event being <platform>.<what happened>. */
export function toEvents(envelope: IDataObject, { options }: Delivery): VendorEvent[] {
	const kind = textOrNull(envelope.event) ?? '';
	const payload = isPlainObject(envelope.payload) ? envelope.payload : {};
	switch (whatHappened(kind)) {
		case 'outbound':
			return [{ kind, event: statusEvent(envelope, payload) }];
		case 'inbound':
			return [{ kind, event: receivedEvent(envelope, payload) }];
		case 'interaction': {
			const chosen = toList(options.interactions);
			if (chosen.length > 0 && !chosen.includes(textOrNull(payload.type) ?? '')) return [];
			return [{ kind, event: interactionEvent(envelope, payload) }];
		}
		default:
			return [{ kind, event: otherEvent(envelope, payload) }];
	}
}

function statusEvent(envelope: IDataObject, payload: IDataObject): EventWithRaw {
	const result = sharedResult(envelope, payload, 'outgoing');
	const failure = isPlainObject(payload.failure) ? payload.failure : {};
	return messageEvent({
		...result,
		eventId: eventIdOf(envelope, result.messageId, result.providerStatus),
		type: 'message.status',
		direction: 'outgoing',
		sender: senderOf(payload),
		reason: textOrNull(payload.reason) ?? textOrNull(failure.description),
		errorCode: textOrNull(failure.code),
		text: textOf(payload),
		occurredAt: isoTime(payload.lastStatusAt) ?? isoTime(payload.updatedAt),
		raw: envelope,
	});
}

function receivedEvent(envelope: IDataObject, payload: IDataObject): EventWithRaw {
	const result = sharedResult(envelope, payload, 'incoming');
	return messageEvent({
		...result,
		eventId: eventIdOf(envelope, result.messageId, 'received'),
		type: 'message.received',
		direction: 'incoming',
		sender: senderOf(payload),
		text: textOf(payload),
		occurredAt: isoTime(payload.createdAt),
		raw: envelope,
	});
}

/** Somebody did something with a message that was sent to them, such as reading it. */
function interactionEvent(envelope: IDataObject, payload: IDataObject): EventWithRaw {
	const { recipient, channel } = sharedResult(envelope, payload, 'outgoing');
	const word = textOrNull(payload.type);
	const isOptOut = word === OPT_OUT_INTERACTION;
	const messageId = textOrNull(payload.messageId);
	const occurredAt = isoTime(payload.createdAt);
	return messageEvent({
		eventId: textOrNull(payload.id) ?? eventIdOf(envelope, messageId, word, occurredAt),
		type: isOptOut ? 'message.opt_out' : 'message.interaction',
		provider: birdApi.provider,
		messageId,
		channel,
		direction: 'outgoing',
		recipient,
		sender: isOptOut ? recipient : null,
		status: READ_INTERACTIONS.has(word ?? '') ? 'read' : 'unknown',
		providerStatus: word,
		occurredAt,
		reference: textOrNull(payload.messageReference),
		raw: envelope,
	});
}

function otherEvent(envelope: IDataObject, payload: IDataObject): EventWithRaw {
	return messageEvent({
		eventId: eventIdOf(envelope, null),
		type: 'other',
		provider: birdApi.provider,
		occurredAt: isoTime(payload.updatedAt) ?? isoTime(payload.createdAt),
		raw: envelope,
	});
}

/**
 * Read as the node reads it, so that both give the same id and the same words. An event is named
 * after its platform, should the message not say it.
 */
function sharedResult(
	{ event }: IDataObject,
	payload: IDataObject,
	direction: 'incoming' | 'outgoing',
): MessageResult {
	const platformId = textOrNull(payload.platformId) ?? platformOf(textOrNull(event) ?? '');
	return toMessageResult({ ...payload, platformId, direction }) as unknown as MessageResult;
}

function senderOf({ sender }: IDataObject): string | null {
	if (!isPlainObject(sender)) return null;
	const who = [sender.contact, sender.connector].find(isPlainObject);
	return textOrNull(who?.identifierValue);
}

/** The words of a message, in whichever kind of body they stand. */
function textOf({ body }: IDataObject): string | null {
	if (!isPlainObject(body)) return null;
	const content = body[textOrNull(body.type) ?? ''];
	return isPlainObject(content) ? textOrNull(content.text) : null;
}
