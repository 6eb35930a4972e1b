import { createHmac } from 'node:crypto';

import { textOrNull } from '../../message/messageResult';
import { maxAgeOf } from '../maxAge';
import { secretsIn } from '../secrets';
import {
	anySame,
	headerValues,
	onlyValue,
	sameSecret,
	signaturesIn,
	staleness,
} from '../signature';
import type { Delivery } from '../webhookVendor';
import { MAX_AGE_SECONDS } from './fields';

/**
 * Checks the secret or the signature where the user says that it stands.
 *
 * @returns why the request is not taken
 */
export async function verify(delivery: Delivery): Promise<string | undefined> {
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
