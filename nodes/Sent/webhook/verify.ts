import { createHmac } from 'node:crypto';

import { textOrNull } from '../../message/messageResult';
import { maxAgeOf } from '../../webhook/maxAge';
import { headerValues, onlyValue, sameSecret, sameText, staleness } from '../../webhook/signature';
import type { Delivery } from '../../webhook/webhookVendor';
import { TOKEN_PARAMETER, webhookTokenOf } from '../webhookToken';

/** Source: docs.sent.dm, webhook-security. */
export const MAX_AGE_SECONDS = 300;
const SIGNATURE = /(?:^|[\s,])v1,([A-Za-z0-9+/=]+)(?=$|[\s,])/g;
const MAX_SIGNATURES = 10;

/**
 * Source: docs.sent.dm, webhook-security: HMAC-SHA256 over id, time and the raw body, keyed with the
 * decoded secret.
 */
export async function verify(delivery: Delivery): Promise<string | undefined> {
	const { headers, rawBody, now, remembered, options } = delivery;
	const given = headerValues(headers, 'x-webhook-signature').join(',');
	if (given === '') return await verifyV1(delivery);
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

/**
 * What API v1 sends to a message's own webhookUrl is not signed: only the token in the URL tells. Who
 * brings none does not make n8n look up the credential.
 */
async function verifyV1({ query, credentials }: Delivery): Promise<string | undefined> {
	const given = query[TOKEN_PARAMETER];
	if (typeof given !== 'string' || given === '') {
		return 'it has neither a signature nor one token in its URL';
	}
	const expected = webhookTokenOf(await credentials());
	if (expected === undefined) {
		return 'it has no signature, and the credential has no Webhook Token of at least 16 characters';
	}
	return sameSecret(given, expected) ? undefined : 'the token in its URL does not fit';
}
