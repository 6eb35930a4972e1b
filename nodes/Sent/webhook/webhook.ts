import { createHmac, randomBytes } from 'node:crypto';
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { sentApi, sentStatus } from '../api';
import { chosen } from '../../fields/chosen';
import type { MessageEvent } from '../../message/messageEvent';
import { textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { eventIdOf, isoTime, messageEvent } from '../../webhook/event';
import { eventTypesField, requireEvents } from '../../webhook/fields';
import { maxAgeOf, maxAgeOption } from '../../webhook/maxAge';
import { headerValues, onlyValue, sameSecret, sameText, staleness } from '../../webhook/signature';
import type { Delivery, VendorEvent, WebhookVendor } from '../../webhook/webhookVendor';
import {
	exists,
	MESSAGE_FAMILY,
	RECEIVED_EVENTS,
	register,
	STATUS_EVENTS,
	subscriptionFor,
	unregister,
} from './registration';

/** Source: docs.sent.dm, webhook-security. */
const MAX_AGE_SECONDS = 300;
const SIGNATURE = /(?:^|[\s,])v1,([A-Za-z0-9+/=]+)(?=$|[\s,])/g;
const MAX_SIGNATURES = 10;

export const sent: WebhookVendor = {
	value: sentApi.provider,
	displayName: sentApi.displayName,
	description: 'Registers itself through API v3 and checks every signature',
	credential: sentApi.credential,
	fields: [
		{
			displayName:
				'n8n registers its address at Sent when the workflow is published (activated), and removes it afterwards.',
			name: 'sentNotice',
			type: 'notice',
			default: '',
		},
		// Source: docs.sent.dm, event types.
		eventTypesField(
			[
				{ name: 'Channel Changed', value: 'channel' },
				{ name: 'Contact Opted In or Out, or Wrote a Keyword', value: 'contact' },
				{ name: 'Link Followed', value: 'link' },
				{ name: 'Message Received', value: RECEIVED_EVENTS },
				{ name: 'Message Status Changed', value: STATUS_EVENTS },
				{ name: 'Template Changed', value: 'templates' },
			],
			[STATUS_EVENTS],
		),
	],
	options: [
		{
			displayName: 'API V1 Token Name or ID',
			name: 'v1Token',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSentV1Tokens' },
			default: '',
			description:
				'Sent does not sign what it reports to the Webhook URL of a single message of API v1. To have it accepted, choose this secret and add ?token= and the secret to the webhook URL that you send with the message. Switch the field to an expression to copy it. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		maxAgeOption(
			MAX_AGE_SECONDS,
			'Sent is said to sign a repeated delivery anew; if yours are refused as too old, raise this to 3600.',
		),
	],
	statuses: [
		'queued',
		'scheduled',
		'sent',
		'delivered',
		'read',
		'failed',
		'rejected',
		'canceled',
		'unknown',
	],
	methods: { loadOptions: { getSentV1Tokens } },
	registration: { api: sentApi, exists, register, unregister },
	check({ parameter }) {
		requireEvents(parameter);
		subscriptionFor(parameter);
	},
	verify,
	toEvents,
};

/** The token that is in use, or a new one. */
async function getSentV1Tokens(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const token = chosen(this, 'options.v1Token') ?? randomBytes(24).toString('base64url');
	return [{ name: `Accept URLs with ?token=${token}`, value: token }];
}

/**
 * Source: docs.sent.dm, webhook-security: HMAC-SHA256 over id, time and the raw body, keyed with the
 * decoded secret.
 */
function verify(delivery: Delivery): string | undefined {
	const { headers, rawBody, now, remembered, options } = delivery;
	const given = headerValues(headers, 'x-webhook-signature').join(',');
	if (given === '') return verifyV1(delivery);
	const key = keyOf(remembered.secret);
	if (key === undefined) {
		return 'no secret is stored; publish (activate) the workflow again to register it';
	}
	const id = onlyValue(headers, 'x-webhook-id');
	if (id === undefined) return 'it has no webhook ID';
	const timestamp = onlyValue(headers, 'x-webhook-timestamp');
	const stale = staleness(timestamp, now, maxAgeOf(options, MAX_AGE_SECONDS));
	if (stale !== undefined) return stale;
	const expected = createHmac('sha256', key)
		.update(`${id}.${timestamp}.`)
		.update(rawBody)
		.digest('base64');
	const signatures = [...given.matchAll(SIGNATURE)].slice(0, MAX_SIGNATURES);
	const fitting = signatures.filter(([, signature]) => sameText(signature, expected));
	return fitting.length > 0 ? undefined : 'its signature does not fit';
}

/** @returns undefined for what is no base64 in full: a key must not lose parts unnoticed */
function keyOf(secret: unknown): Buffer | undefined {
	const text = textOrNull(secret)?.replace(/^whsec_/, '') ?? '';
	const key = Buffer.from(text, 'base64');
	const plain = (base64: string) => base64.replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/');
	return key.length > 0 && plain(key.toString('base64')) === plain(text) ? key : undefined;
}

/** What API v1 sends to a message's own webhookUrl is not signed: only the URL's token tells. */
function verifyV1({ query, options }: Delivery): string | undefined {
	const expected = textOrNull(options.v1Token);
	if (expected === null) return 'it has no signature';
	const { token } = query;
	if (typeof token !== 'string') return 'it has neither a signature nor one token in its URL';
	return sameSecret(token, expected) ? undefined : 'the token in its URL does not fit';
}

/** Source: docs.sent.dm, event types. Older revisions say `sub_type` and `value`. */
function toEvents(envelope: IDataObject): VendorEvent[] {
	const family = textOrNull(envelope.field) ?? '';
	const payload = [envelope.payload, envelope.value].find(isPlainObject) ?? {};
	const name = textOrNull(envelope.event) ?? textOrNull(envelope.sub_type) ?? '';
	const what = name.slice(name.lastIndexOf('.') + 1);
	if (family !== MESSAGE_FAMILY) {
		return [{ kind: family, event: otherEvent(envelope, payload, family, what) }];
	}
	return what === 'received'
		? [{ kind: RECEIVED_EVENTS, event: receivedEvent(envelope, payload) }]
		: [{ kind: STATUS_EVENTS, event: statusEvent(envelope, payload, what) }];
}

/** A message that takes another route is queued and routed again, a moment later. */
function statusEvent(envelope: IDataObject, payload: IDataObject, what: string): MessageEvent {
	const messageId = textOrNull(payload.message_id);
	const word = textOrNull(payload.message_status) ?? textOrNull(what);
	const occurredAt = isoTime(payload.updated_at) ?? isoTime(envelope.timestamp);
	return messageEvent({
		eventId: eventIdOf(envelope, messageId, word, occurredAt),
		type: 'message.status',
		provider: sentApi.provider,
		messageId,
		channel: textOrNull(payload.channel),
		direction: 'outgoing',
		recipient: textOrNull(payload.outbound_number),
		status: sentStatus(word),
		providerStatus: word,
		text: textOrNull(payload.body),
		occurredAt,
		raw: envelope,
	});
}

function receivedEvent(envelope: IDataObject, payload: IDataObject): MessageEvent {
	const messageId = textOrNull(payload.message_id);
	return messageEvent({
		eventId: eventIdOf(envelope, messageId, 'received'),
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

function otherEvent(
	envelope: IDataObject,
	payload: IDataObject,
	family: string,
	what: string,
): MessageEvent {
	const word = textOrNull(payload.status) ?? textOrNull(what);
	const subject = textOrNull(payload.template_id) ?? textOrNull(payload.contact_id);
	const occurredAt = isoTime(payload.updated_at) ?? isoTime(envelope.timestamp);
	return messageEvent({
		eventId: eventIdOf(envelope, family, subject, word, occurredAt),
		type: 'other',
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
