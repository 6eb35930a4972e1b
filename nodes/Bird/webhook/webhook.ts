import { createHash, createHmac } from 'node:crypto';
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listPage } from '../../delivery/http/listPage';
import { titled } from '../../fields/options';
import { picker, uuidShape } from '../../fields/picker';
import { birdApi, toMessageResult, workspacePath } from '../api';
import { searchChannels } from '../pickers';
import { InvalidInput } from '../../input/invalidInput';
import type { MessageEvent } from '../../message/messageEvent';
import { type MessageResult, textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { toList } from '../../input/list';
import { eventIdOf, isoTime, messageEvent, objectsIn } from '../../webhook/event';
import { requireEvents } from '../../webhook/fields';
import { maxAgeOf, maxAgeOption } from '../../webhook/maxAge';
import { anySame, onlyValue, signaturesIn, staleness } from '../../webhook/signature';
import type { Activation, Delivery, VendorEvent, WebhookVendor } from '../../webhook/webhookVendor';
import { exists, register, SERVICE, unregister } from './registration';

/**
 * Bird repeats what was not taken for 8 hours, with the timestamp of the first attempt.
 * Source: docs.bird.com, api/notifications-api, and what others have seen.
 */
const MAX_AGE_SECONDS = 24 * 60 * 60;

/** Source: docs.bird.com, create-a-webhook-subscription: the pattern of `url`. */
const URL_PATTERN = /^https:\/\/([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(\/[^\s]*)?$/;
const API_HOST = 'api.bird.com';

/** Source: docs.bird.com, message-status-and-interactions. */
const INTERACTIONS = [
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
const EVENT_DESCRIPTIONS: Record<string, string | undefined> = {
	outbound: 'Every status of a message that was sent',
	inbound: 'A message was received',
	interaction: 'Somebody did something with a message, such as reading it',
};
const READ_INTERACTIONS = new Set(['read', 'opened']);

export const bird: WebhookVendor = {
	value: birdApi.provider,
	displayName: birdApi.displayName,
	description: 'Registers itself through the Channels API and checks every signature',
	credential: birdApi.credential,
	fields: [
		{
			displayName:
				'Bird delivers only to https addresses without a port. n8n registers its address when the workflow is published (activated), and removes it afterwards.',
			name: 'birdNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Event Names or IDs',
			name: 'events',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getBirdEvents' },
			default: [],
			required: true,
			description:
				'The events that start the workflow, such as sms.outbound: every status of an SMS that was sent. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		picker({
			displayName: 'Channel',
			name: 'channelId',
			description: 'Only events of this channel. Leave it empty for all channels of the workspace.',
			searchMethod: 'searchChannels',
			idPlaceholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			idShape: uuidShape,
			required: false,
		}),
	],
	options: [
		maxAgeOption(
			MAX_AGE_SECONDS,
			'Bird repeats a delivery for 8 hours with the time of the first attempt.',
		),
		{
			displayName: 'Interactions',
			name: 'interactions',
			type: 'multiOptions',
			options: INTERACTIONS.map((value) => ({ name: titled(value), value })),
			default: ['read', 'opened'],
			description: 'Which interactions start the workflow. Leave it out for all of them.',
		},
	],
	statuses: [
		'accepted',
		'queued',
		'scheduled',
		'sent',
		'delivered',
		'failed',
		'rejected',
		'canceled',
		'unknown',
	],
	methods: { loadOptions: { getBirdEvents }, listSearch: { searchChannels } },
	registration: { api: birdApi, exists, register, unregister },
	check,
	verify,
	toEvents,
};

/** An event is named <platform>.<what happened>. */
const whatHappened = (event: string): string => event.slice(event.lastIndexOf('.') + 1);

/** The events that a subscription may name. Source: docs.bird.com, list-available-webhook-events. */
async function getBirdEvents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const credentials = await this.getCredentials(birdApi.credential);
	const { results } = await listPage(this, birdApi, {
		method: 'GET',
		url: `${workspacePath(credentials)}/available-webhooks`,
		qs: { service: SERVICE },
	});
	return objectsIn(results)
		.flatMap(({ events }) => objectsIn(events))
		.map(({ name }) => ({
			name: String(name),
			value: String(name),
			description: EVENT_DESCRIPTIONS[whatHappened(String(name))],
		}))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** Says what Bird's API host would refuse. A sandbox or a proxy may take more. */
function check({ url, credentials, parameter }: Activation): void {
	requireEvents(parameter);
	const host = URL.canParse(String(credentials.baseUrl))
		? new URL(String(credentials.baseUrl)).hostname
		: '';
	if (host !== API_HOST || URL_PATTERN.test(url)) return;
	throw new InvalidInput(
		'Webhook URL',
		`${url} cannot be registered: Bird delivers only to https addresses with a domain name and without a port`,
		'Set the environment variable WEBHOOK_URL of n8n to its public https address; during development, to that of a tunnel.',
	);
}

/**
 * Source: docs.bird.com, verifying-a-webhook-subscription: HMAC-SHA256 with the signing key as it is,
 * over the time, the registered URL and the SHA-256 of the body as raw bytes.
 */
function verify({ headers, rawBody, now, remembered, options }: Delivery): string | undefined {
	const signingKey = textOrNull(remembered.signingKey);
	const url = textOrNull(remembered.url);
	if (signingKey === null || url === null) {
		return 'no signing key is stored; publish (activate) the workflow again to register it';
	}
	const given = signaturesIn(headers, 'messagebird-signature');
	if (given.length === 0) return 'it has no signature';
	const timestamp = onlyValue(headers, 'messagebird-request-timestamp');
	const stale = staleness(timestamp, now, maxAgeOf(options, MAX_AGE_SECONDS));
	if (stale !== undefined) return stale;
	const expected = createHmac('sha256', signingKey)
		.update(`${timestamp}\n${url}\n`)
		.update(createHash('sha256').update(rawBody).digest())
		.digest('base64');
	return anySame(given, expected) ? undefined : 'its signature does not fit';
}

/** Source: docs.bird.com: {service, event, payload}, the event being <platform>.<what happened>. */
function toEvents(envelope: IDataObject, { options }: Delivery): VendorEvent[] {
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

function statusEvent(envelope: IDataObject, payload: IDataObject): MessageEvent {
	const result = sharedResult({ ...payload, direction: 'outgoing' });
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

function receivedEvent(envelope: IDataObject, payload: IDataObject): MessageEvent {
	const result = sharedResult({ ...payload, direction: 'incoming' });
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
function interactionEvent(envelope: IDataObject, payload: IDataObject): MessageEvent {
	const { recipient, channel } = sharedResult({ ...payload, direction: 'outgoing' });
	const word = textOrNull(payload.type);
	const messageId = textOrNull(payload.messageId);
	const occurredAt = isoTime(payload.createdAt);
	return messageEvent({
		eventId: textOrNull(payload.id) ?? eventIdOf(envelope, messageId, word, occurredAt),
		type: 'message.interaction',
		provider: birdApi.provider,
		messageId,
		channel,
		direction: 'outgoing',
		recipient,
		status: READ_INTERACTIONS.has(word ?? '') ? 'read' : 'unknown',
		providerStatus: word,
		occurredAt,
		reference: textOrNull(payload.messageReference),
		raw: envelope,
	});
}

function otherEvent(envelope: IDataObject, payload: IDataObject): MessageEvent {
	return messageEvent({
		eventId: eventIdOf(envelope, null),
		type: 'other',
		provider: birdApi.provider,
		occurredAt: isoTime(payload.updatedAt) ?? isoTime(payload.createdAt),
		raw: envelope,
	});
}

/** Read as the node reads it, so that both give the same id and the same words. */
function sharedResult(payload: IDataObject): MessageResult {
	return toMessageResult(payload) as unknown as MessageResult;
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
