import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { DELIVERY_STATUSES } from '../../message/deliveryStatus';
import type { MessageEvent, MessageEventType } from '../../message/messageEvent';
import { textOrNull } from '../../message/messageResult';
import { eventIdOf, isoTime, messageEvent } from '../../webhook/event';
import { requireEvents } from '../../webhook/fields';
import { maxAgeOf, maxAgeOption } from '../../webhook/maxAge';
import { requireSecret, SECRET_CREDENTIAL, secretsIn } from '../../webhook/secrets';
import {
	anySame,
	headerValues,
	onlyValue,
	sameSecret,
	signaturesIn,
	staleness,
} from '../../webhook/signature';
import type { Delivery, VendorEvent, WebhookVendor } from '../../webhook/webhookVendor';
import { genericFields, readerOf, statusOf } from './fields';

const MAX_AGE_SECONDS = 300;

/** For whatever can post JSON with a secret: workflows of Votel and Conduit, and anything else. */
export const generic: WebhookVendor = {
	value: 'generic',
	displayName: 'Other (Generic Webhook)',
	description: 'Any service that can post JSON with a shared secret or a signature',
	credential: SECRET_CREDENTIAL,
	fields: genericFields,
	options: [
		{
			displayName: 'Challenge Field',
			name: 'challengeField',
			type: 'string',
			default: 'challenge',
			description:
				'The field of the body whose value the service wants as the answer when it checks the address. Such a request starts no workflow.',
		},
		...showFor({ '/scheme': ['hmac'] }, [
			maxAgeOption(MAX_AGE_SECONDS, 'It counts only with a Timestamp Header.'),
			{
				displayName: 'Signature Prefix',
				name: 'signaturePrefix',
				type: 'string',
				default: '',
				placeholder: 'e.g. sha256=',
				description: 'What stands before the signature in its header',
			},
			{
				displayName: 'Timestamp Header',
				name: 'timestampHeader',
				type: 'string',
				default: '',
				placeholder: 'e.g. X-Timestamp',
				description:
					'The header with the unix time of the delivery. The signature is then expected over the time, a dot and the body.',
			},
		]),
	],
	statuses: DELIVERY_STATUSES,
	check({ parameter, credentials }) {
		requireEvents(parameter);
		requireSecret(credentials);
	},
	verify,
	handshake(payload, { options }) {
		const field = textOrNull(options.challengeField);
		if (field === null || !Object.hasOwn(payload, field)) return undefined;
		return textOrNull(payload[field]) ?? undefined;
	},
	toEvents,
};

async function verify(delivery: Delivery): Promise<string | undefined> {
	const { headers, parameter, credentials } = delivery;
	const header = String(parameter('headerName', '')).trim();
	if (header === '') return 'no header name is set';
	if (headerValues(headers, header).length === 0) return `it has no header ${header}`;
	const secrets = secretsIn(await credentials());
	if (secrets.length === 0) return 'the credential holds no secret';
	return parameter('scheme') === 'secret'
		? verifySecret(delivery, header, secrets)
		: verifyHmac(delivery, header, secrets);
}

function verifySecret(
	{ headers }: Delivery,
	header: string,
	secrets: string[],
): string | undefined {
	const given = headerValues(headers, header);
	// Told apart from nothing else: one header, with one value.
	const fits = given.length === 1 && secrets.some((secret) => sameSecret(given[0], secret));
	return fits ? undefined : 'its secret does not fit';
}

function verifyHmac(delivery: Delivery, header: string, secrets: string[]): string | undefined {
	const { headers, rawBody, now, options, parameter } = delivery;
	const timestampHeader = textOrNull(options.timestampHeader)?.trim() ?? '';
	let signedBefore = '';
	if (timestampHeader !== '') {
		const timestamp = onlyValue(headers, timestampHeader);
		const stale = staleness(timestamp, now, maxAgeOf(options, MAX_AGE_SECONDS));
		if (stale !== undefined) return stale;
		signedBefore = `${timestamp}.`;
	}
	const prefix = textOrNull(options.signaturePrefix) ?? '';
	const given = signaturesIn(headers, header).flatMap((one) =>
		one.startsWith(prefix) ? one.slice(prefix.length) : [],
	);
	const algorithm = String(parameter('algorithm'));
	const encoding = String(parameter('encoding'));
	const fits = secrets.some((secret) => {
		const digest = createHmac(algorithm, secret).update(signedBefore).update(rawBody).digest();
		return spellings(digest, encoding).some((expected) => anySame(given, expected));
	});
	return fits ? undefined : 'its signature does not fit';
}

/** Hex may be written in either case. */
function spellings(digest: Buffer, encoding: string): string[] {
	if (encoding === 'base64' || encoding === 'base64url') return [digest.toString(encoding)];
	const hex = digest.toString('hex');
	return [hex, hex.toUpperCase()];
}

function toEvents(payload: IDataObject, { parameter }: Delivery): VendorEvent[] {
	const read = readerOf(payload, parameter);
	const messageId = read('messageId');
	const word = read('status');
	const direction = directionOf(read('direction'));
	const type = typeOf(word, direction);
	const occurredAt = read('occurredAt');
	const event: MessageEvent = messageEvent({
		eventId: read('eventId') ?? eventIdOf(payload, messageId, word ?? type),
		type,
		provider: textOrNull(parameter('provider', '')) ?? 'generic',
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
