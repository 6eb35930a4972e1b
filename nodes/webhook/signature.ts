import { createHash, timingSafeEqual } from 'node:crypto';

import type { Headers } from './webhookVendor';

/** More candidates than any rotation needs; the rest of a header costs nothing then. */
const MAX_CANDIDATES = 10;

/** A unix time in seconds, until the year 33658. */
const UNIX_SECONDS = /^\d{1,12}$/;

/**
 * All values of a header: in any case, as text or as an array. Node joins the lines of a header that
 * was sent several times with commas.
 */
export function headerValues(headers: Headers, name: string): string[] {
	const wanted = name.toLowerCase();
	return Object.keys(headers)
		.filter((key) => key.toLowerCase() === wanted)
		.flatMap((key) => headers[key] ?? []);
}

/** The value of a header that may be sent several times only if it says the same each time. */
export function onlyValue(headers: Headers, name: string): string | undefined {
	const values = headerValues(headers, name).flatMap((value) => value.split(','));
	const distinct = new Set(values.map((value) => value.trim()));
	const [value] = distinct;
	return distinct.size === 1 && value !== '' ? value : undefined;
}

/** The signatures in a header: during a rotation there may be several, of which one has to fit. */
export function signaturesIn(headers: Headers, name: string): string[] {
	return headerValues(headers, name)
		.flatMap((value) => value.split(/[\s,]+/))
		.filter((value) => value !== '')
		.slice(0, MAX_CANDIDATES);
}

/**
 * Whether two texts are the same, told in a time that does not depend on where they differ. Signatures
 * are compared as text, because decoding forgives changed bits.
 */
export function sameText(given: string, expected: string): boolean {
	const a = Buffer.from(given);
	const b = Buffer.from(expected);
	return a.length === b.length && timingSafeEqual(a, b);
}

/** The same for a secret, whose length must not be told either. */
export function sameSecret(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}

/** Whether any of the signatures is the expected one. All are compared, whichever fits. */
export function anySame(given: string[], expected: string): boolean {
	return given.reduce((found, one) => sameText(one, expected) || found, false);
}

/**
 * Why a timestamp is not taken, or undefined when it is. It is part of what was signed, so only the
 * vendor can have set it; the window bounds how long a recorded request can be replayed.
 *
 * @param maxAgeSeconds 0 takes any time
 */
export function staleness(
	timestamp: string | undefined,
	now: number,
	maxAgeSeconds: number,
): string | undefined {
	if (timestamp === undefined) return 'it has no timestamp';
	if (!UNIX_SECONDS.test(timestamp)) return 'its timestamp is not a unix time';
	const age = Math.abs(now / 1000 - Number(timestamp));
	if (maxAgeSeconds === 0 || age <= maxAgeSeconds) return undefined;
	return `its timestamp is ${Math.round(age)} seconds away, more than Max Age allows`;
}
