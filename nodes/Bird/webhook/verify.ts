import { createHash, createHmac } from 'node:crypto';

import { textOrNull } from '../../message/messageResult';
import { maxAgeOf } from '../../webhook/maxAge';
import { anySame, onlyValue, signaturesIn, staleness } from '../../webhook/signature';
import type { Delivery } from '../../webhook/webhookVendor';

/**
 * Bird repeats what was not taken for 8 hours, with the timestamp of the first attempt.
 * Source: docs.bird.com, api/notifications-api, and what others have seen.
 */
export const MAX_AGE_SECONDS = 24 * 60 * 60;

/**
 * Source: docs.bird.com, verifying-a-webhook-subscription: HMAC-SHA256 with the signing key as it is,
 * over the time, the registered URL and the SHA-256 of the body as raw bytes.
 */
export function verify({
	headers,
	rawBody,
	now,
	remembered,
	options,
}: Delivery): string | undefined {
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
