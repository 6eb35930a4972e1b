import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { aelystApi } from '../api';
import { statusHistory } from '../results';
import type { MessageEvent } from '../../message/messageEvent';
import { textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { eventIdOf, isoTime, messageEvent } from '../../webhook/event';
import { eventTypesField, requireEvents } from '../../webhook/fields';
import { requireSecret, SECRET_CREDENTIAL, secretsIn } from '../../webhook/secrets';
import { anySame, signaturesIn } from '../../webhook/signature';
import type { Delivery, VendorEvent, WebhookVendor } from '../../webhook/webhookVendor';

const RECEIVED = 'message.received';
const SENT = 'message.sent';
const OTHER = 'other';

/** Who sends through the API: this package does, and respond.io's own node. */
const API_SENDERS = new Set(['api', 'n8n']);

export const aelyst: WebhookVendor = {
	value: aelystApi.provider,
	displayName: 'Aelyst (respond.io)',
	description: 'You paste the webhook URL there and its signing key here',
	credential: SECRET_CREDENTIAL,
	fields: [
		{
			displayName:
				'Copy the webhook URL above to Aelyst (or respond.io) under Settings → Integrations → Webhooks, and the signing key from there into the credential. The production URL works while the workflow is published (active), the test URL while n8n listens for a test event. Aelyst has no events for delivered, read or failed: look at Get Message for those.',
			name: 'aelystNotice',
			type: 'notice',
			default: '',
		},
		eventTypesField(
			[
				{ name: 'Incoming Message', value: RECEIVED },
				{ name: 'Other Event', value: OTHER, description: 'Contacts, conversations, calls' },
				{ name: 'Outgoing Message', value: SENT },
			],
			[RECEIVED],
		),
	],
	options: [
		{
			displayName: 'Leave Out Own Messages',
			name: 'leaveOutOwn',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave out messages that were sent through the API, such as those of this package, so that a workflow that answers does not answer itself',
		},
	],
	statuses: [],
	check({ parameter, credentials }) {
		requireEvents(parameter);
		requireSecret(credentials);
	},
	verify,
	toEvents,
};

/**
 * Source: guides/webhooks of developers.aelyst.ai names the header; verifiers of respond.io in use show
 * the base64 of HMAC-SHA256 with the key as it is. Some show it over the raw body, some over the body
 * as JavaScript writes it, so the second is tried where the first does not fit.
 */
async function verify({ headers, rawBody, credentials }: Delivery): Promise<string | undefined> {
	const given = signaturesIn(headers, 'x-webhook-signature');
	if (given.length === 0) return 'it has no signature';
	const keys = secretsIn(await credentials());
	if (keys.length === 0) return 'the credential holds no signing key';
	const fits = (body: Buffer | string) =>
		keys.some((key) => anySame(given, createHmac('sha256', key).update(body).digest('base64')));
	if (fits(rawBody)) return undefined;
	const again = rewritten(rawBody);
	return again !== undefined && fits(again) ? undefined : 'its signature does not fit';
}

/** The body as JSON.stringify writes it; undefined for what is no JSON, or too deep to be written. */
function rewritten(rawBody: Buffer): string | undefined {
	try {
		return JSON.stringify(JSON.parse(rawBody.toString('utf8')));
	} catch {
		return undefined;
	}
}

/** Source: webhooks of respond.io as others have recorded them; any field may be missing. */
function toEvents(payload: IDataObject, { options }: Delivery): VendorEvent[] {
	const name = textOrNull(payload.event_type) ?? '';
	const message = isPlainObject(payload.message) ? payload.message : {};
	if (name !== RECEIVED && name !== SENT) return [{ kind: OTHER, event: otherEvent(payload) }];
	const isIncoming = name === RECEIVED;
	const isOwn = !isIncoming && API_SENDERS.has(sourceOf(payload, message));
	if (isOwn && options.leaveOutOwn !== false) return [];

	const messageId = textOrNull(message.messageId);
	const contact = contactOf(payload);
	const last = statusHistory(message).at(-1) as Partial<MessageEvent> | undefined;
	const event: MessageEvent = messageEvent({
		eventId: textOrNull(payload.event_id) ?? eventIdOf(payload, name, messageId),
		type: isIncoming ? 'message.received' : 'message.status',
		provider: aelystApi.provider,
		messageId,
		channel: channelOf(payload, message),
		direction: isIncoming ? 'incoming' : 'outgoing',
		recipient: isIncoming ? null : contact,
		sender: isIncoming ? contact : null,
		status: isIncoming ? 'delivered' : (last?.status ?? 'sent'),
		providerStatus: last?.providerStatus,
		reason: last?.reason,
		text: textOf(message),
		occurredAt: isoTime(message.timestamp) ?? isoTime(payload.timestamp),
		raw: payload,
	});
	return [{ kind: name, event }];
}

function otherEvent(payload: IDataObject): MessageEvent {
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

function contactOf({ contact }: IDataObject): string | null {
	if (!isPlainObject(contact)) return null;
	const id = textOrNull(contact.id);
	const address = textOrNull(contact.phone) ?? textOrNull(contact.email);
	return address ?? (id === null ? null : `id:${id}`);
}

function channelOf({ channel }: IDataObject, message: IDataObject): string | null {
	const source = isPlainObject(channel) ? textOrNull(channel.source) : null;
	return source ?? textOrNull(message.channelId);
}

function textOf({ message }: IDataObject): string | null {
	return isPlainObject(message) ? textOrNull(message.text) : null;
}
