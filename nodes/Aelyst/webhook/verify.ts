import { createHmac } from 'node:crypto';

import { secretsIn } from '../../webhook/secrets';
import { anySame, signaturesIn } from '../../webhook/signature';
import type { Delivery } from '../../webhook/webhookVendor';

/**
 * Source: guides/webhooks of developers.aelyst.ai names the header; verifiers of respond.io in use show
 * the base64 of HMAC-SHA256 with the key as it is. Some show it over the raw body, some over the body
 * as JavaScript writes it, so the second is tried where the first does not fit.
 */
export async function verify({
	headers,
	rawBody,
	credentials,
}: Delivery): Promise<string | undefined> {
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
