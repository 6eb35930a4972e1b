import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { textOrNull } from '../../message/messageResult';
import { digestOf, eventIdOf, type EventWithRaw, isoTime, messageEvent } from '../../webhook/event';
import { onlyValue } from '../../webhook/signature';
import type { Delivery, VendorEvent } from '../../webhook/webhookVendor';
import { sentApi, sentStatus } from '../api';
import { MESSAGE_FAMILY, RECEIVED_EVENTS, STATUS_EVENTS } from './registration';

/** A header that stays the same over the retries of one event. Source: Sent's SDK 0.39. */
const EVENT_ID_HEADER = 'x-webhook-event-id';
const OPT_OUT = 'opt_out';

/** Source: docs.sent.dm, event types. Older revisions say `sub_type` and `value`. */
export function toEvents(envelope: IDataObject, { headers }: Delivery): VendorEvent[] {
	const family = textOrNull(envelope.field) ?? '';
	const payload = [envelope.payload, envelope.value].find(isPlainObject) ?? {};
	const name = textOrNull(envelope.event) ?? textOrNull(envelope.sub_type) ?? '';
	const what = name.slice(name.lastIndexOf('.') + 1);
	const given = { envelope, payload, what, eventId: onlyValue(headers, EVENT_ID_HEADER) };
	if (family !== MESSAGE_FAMILY) return [{ kind: family, event: otherEvent(family, given) }];
	return what === 'received'
		? [{ kind: RECEIVED_EVENTS, event: receivedEvent(given) }]
		: [{ kind: STATUS_EVENTS, event: statusEvent(given) }];
}

interface Given {
	envelope: IDataObject;
	payload: IDataObject;
	/** The event's name without its family. */
	what: string;
	/** What Sent itself calls the event, where it does. */
	eventId: string | undefined;
}

/** A message that takes another route is queued and routed again, a moment later. */
function statusEvent({ envelope, payload, what, eventId }: Given): EventWithRaw {
	const messageId = textOrNull(payload.message_id);
	const word = textOrNull(payload.message_status) ?? textOrNull(what);
	const occurredAt = isoTime(payload.updated_at) ?? isoTime(envelope.timestamp);
	return messageEvent({
		eventId: eventId ?? eventIdOf(envelope, messageId, word, occurredAt),
		type: 'message.status',
		provider: sentApi.provider,
		messageId,
		channel: textOrNull(payload.channel),
		direction: 'outgoing',
		recipient: textOrNull(payload.outbound_number),
		status: sentStatus(word),
		providerStatus: word,
		// Source: Sent's SDKs: failed, filtered and blocked events carry them.
		reason: textOrNull(payload.reason),
		errorCode: textOrNull(payload.reason_code),
		text: textOrNull(payload.body),
		occurredAt,
		raw: envelope,
	});
}

function receivedEvent({ envelope, payload, eventId }: Given): EventWithRaw {
	const messageId = textOrNull(payload.message_id);
	return messageEvent({
		eventId: eventId ?? eventIdOf(envelope, messageId, 'received'),
		type: 'message.received',
		provider: sentApi.provider,
		messageId,
		channel: textOrNull(payload.channel),
		direction: 'incoming',
		recipient: textOrNull(payload.to) ?? textOrNull(payload.outbound_number),
		sender: textOrNull(payload.from) ?? textOrNull(payload.inbound_number),
		status: sentStatus('received'),
		text: textOrNull(payload.text),
		occurredAt: isoTime(payload.received_at) ?? isoTime(envelope.timestamp),
		raw: envelope,
	});
}

/**
 * What is not about a status: contacts, templates, channels, links. Their times are to the second
 * and they have no id of their own, so only the whole payload tells two of them apart: opt-outs of
 * two contacts, or the reviews of one template for two channels.
 */
function otherEvent(family: string, { envelope, payload, what, eventId }: Given): EventWithRaw {
	const word = textOrNull(payload.status) ?? textOrNull(what);
	const occurredAt = [payload.occurred_at, payload.updated_at, envelope.timestamp]
		.map(isoTime)
		.find((time) => time !== null);
	return messageEvent({
		eventId: eventId ?? eventIdOf(envelope, family, word, occurredAt ?? null, digestOf(payload)),
		type: family === 'contact' && what === OPT_OUT ? 'message.opt_out' : 'other',
		provider: sentApi.provider,
		messageId: textOrNull(payload.message_id),
		channel: textOrNull(payload.channel),
		recipient: textOrNull(payload.to),
		sender: textOrNull(payload.from) ?? textOrNull(payload.phone_number),
		providerStatus: word,
		reason: textOrNull(payload.reason),
		text: textOrNull(payload.text),
		occurredAt,
		raw: envelope,
	});
}
