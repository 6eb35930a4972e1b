import type { IDataObject } from 'n8n-workflow';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** Without a floor, full jitter would now and then hammer a vendor that has just said no. */
const SHORTEST_BACKOFF_MS = 100;

/**
 * How long the vendor asks to wait, from its Retry-After header.
 *
 * @param headers with names in lower case
 * @param now ms since the epoch
 * @returns ms from now (0 for a date that has passed), undefined where the vendor does not say.
 *   Source: RFC 9110, section 10.2.3: seconds or an HTTP date.
 */
export function retryAfterMs(headers: IDataObject, now: number): number | undefined {
	const header = headers['retry-after'];
	const value = Array.isArray(header) ? header[0] : header;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
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

/** A length of time as people say it, such as "2 s", "5 min" or "1 h". */
export function inWords(ms: number): string {
	if (ms < 60_000) return `${Math.ceil(ms / 1000)} s`;
	if (ms < 3_600_000) return `${Math.ceil(ms / 60_000)} min`;
	return `${Math.round(ms / 360_000) / 10} h`;
}
