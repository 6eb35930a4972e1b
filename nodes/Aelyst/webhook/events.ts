import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import type { MessageEvent } from '../../message/messageEvent';
import { textOrNull } from '../../message/messageResult';
import { eventIdOf, type EventWithRaw, isoTime, messageEvent } from '../../webhook/event';
import type { Delivery, VendorEvent } from '../../webhook/webhookVendor';
import { aelystApi } from '../api';
import { statusHistory } from '../results';

export const RECEIVED = 'message.received';
export const SENT = 'message.sent';
export const OTHER = 'other';

/** Who sends through the API: this package does, and respond.io's own node. */
const API_SENDERS = new Set(['api', 'n8n']);

/** Source: webhooks of respond.io as others have recorded them; any field may be missing. */
export function toEvents(payload: IDataObject, { options }: Delivery): VendorEvent[] {
	const name = textOrNull(payload.event_type) ?? '';
	const message = isPlainObject(payload.message) ? payload.message : {};
	if (name !== RECEIVED && name !== SENT) return [{ kind: OTHER, event: otherEvent(payload) }];
	const isIncoming = name === RECEIVED;
	const isOwn = !isIncoming && API_SENDERS.has(sourceOf(payload, message));
	if (isOwn && options.leaveOutOwn !== false) return [];

	const messageId = textOrNull(message.messageId);
	const contact = contactOf(payload);
	const last = statusHistory(message).at(-1) as Partial<MessageEvent> | undefined;
	const event = messageEvent({
		eventId: textOrNull(payload.event_id) ?? eventIdOf(payload, name, messageId),
		type: isIncoming ? 'message.received' : 'message.status',
		provider: aelystApi.provider,
		messageId,
		channel: channelOf(payload, message),
		direction: isIncoming ? 'incoming' : 'outgoing',
		recipient: isIncoming ? null : contact,
		sender: isIncoming ? contact : null,
		person: contactId(payload),
		status: isIncoming ? 'delivered' : (last?.status ?? 'sent'),
		providerStatus: last?.providerStatus,
		reason: last?.reason,
		text: textOf(message),
		occurredAt: isoTime(message.timestamp) ?? isoTime(payload.timestamp),
		raw: payload,
	});
	return [{ kind: name, event }];
}

function otherEvent(payload: IDataObject): EventWithRaw {
	return messageEvent({
		eventId: textOrNull(payload.event_id) ?? eventIdOf(payload, null),
		type: 'other',
		provider: aelystApi.provider,
		channel: channelOf(payload, {}),
		sender: contactOf(payload),
		occurredAt: isoTime(payload.timestamp),
		raw: payload,
	});
}

function sourceOf(payload: IDataObject, message: IDataObject): string {
	const sender = [payload.sender, message.sender].find(isPlainObject);
	return textOrNull(sender?.source)?.toLowerCase() ?? '';
}

function contactOf(payload: IDataObject): string | null {
	const contact = isPlainObject(payload.contact) ? payload.contact : {};
	return textOrNull(contact.phone) ?? textOrNull(contact.email) ?? contactId(payload);
}

/** Stays the same when the contact gets another number. */
function contactId({ contact }: IDataObject): string | null {
	const id = isPlainObject(contact) ? textOrNull(contact.id) : null;
	return id === null ? null : `id:${id}`;
}

function channelOf({ channel }: IDataObject, message: IDataObject): string | null {
	const source = isPlainObject(channel) ? textOrNull(channel.source) : null;
	return source ?? textOrNull(message.channelId);
}

function textOf({ message }: IDataObject): string | null {
	return isPlainObject(message) ? textOrNull(message.text) : null;
}
