import type { IDataObject } from 'n8n-workflow';

import { headerText, headerTime } from './header';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** Without a floor, full jitter would now and then hammer a vendor that has just said no. */
const SHORTEST_BACKOFF_MS = 100;

/** A time that no vendor means, but that can still be counted and said. */
const LONGEST_MS = 366 * 86_400_000;

/**
 * How long the vendor asks to wait, from its Retry-After header.
 *
 * @param headers with names in lower case
 * @param now ms since the epoch, for a date in an answer that has no date of its own
 * @returns ms from now (0 for a date that has passed), undefined where the vendor does not say.
 *   Source: RFC 9110, section 10.2.3: seconds or an HTTP date.
 */
export function retryAfterMs(headers: IDataObject, now: number): number | undefined {
	const text = headerText(headers['retry-after']);
	if (text === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), LONGEST_MS);
	const date = headerTime(text);
	if (date === undefined) return undefined;
	// The vendor's clock may be another than ours.
	const vendorsNow = headerTime(headers.date) ?? now;
	return Math.min(Math.max(0, date - vendorsNow), LONGEST_MS);
}

/**
 * How long to wait where the vendor does not say: exponential with full jitter.
 *
 * @param attempt how many attempts have failed so far, from 1
 * @param random from 0 (included) to 1 (excluded)
 */
export function backoffMs(attempt: number, random: number = Math.random()): number {
	const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
	return Math.round(SHORTEST_BACKOFF_MS + random * (ceiling - SHORTEST_BACKOFF_MS));
}

/** A length of time as people say it, such as "2 s", "5 min", "1.5 h", "3 days" or "over a year". */
export function inWords(ms: number): string {
	const seconds = Number.isNaN(ms) ? 0 : Math.ceil(Math.max(0, ms) / 1000);
	const minutes = Math.ceil(seconds / 60);
	const hours = minutes / 60;
	if (seconds < 60) return `${seconds} s`;
	if (minutes < 60) return `${minutes} min`;
	if (hours < 48) return `${Math.round(10 * hours) / 10} h`;
	return ms < LONGEST_MS ? `${Math.round(hours / 24)} days` : 'over a year';
}
