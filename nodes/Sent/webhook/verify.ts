import { createHmac } from 'node:crypto';

import { textOrNull } from '../../message/messageResult';
import { maxAgeOf } from '../../webhook/maxAge';
import { headerValues, onlyValue, sameSecret, sameText, staleness } from '../../webhook/signature';
import type { Delivery } from '../../webhook/webhookVendor';

/** Source: docs.sent.dm, webhook-security. */
export const MAX_AGE_SECONDS = 300;
const SIGNATURE = /(?:^|[\s,])v1,([A-Za-z0-9+/=]+)(?=$|[\s,])/g;
const MAX_SIGNATURES = 10;

/**
 * Source: docs.sent.dm, webhook-security: HMAC-SHA256 over id, time and the raw body, keyed with the
 * decoded secret.
 */
export function verify(delivery: Delivery): string | undefined {
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
