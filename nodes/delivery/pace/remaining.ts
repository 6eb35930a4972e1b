import type { IDataObject } from 'n8n-workflow';

import { headerText, headerTime } from './header';
import type { RateLimit } from './rateLimit';

/** What the vendor says is left of its limit. */
export interface Remaining {
	limit?: number;
	remaining: number;
	/** When there is room again, in ms from now. */
	resetMs?: number;
}

/** From here on a number can only be a time in seconds, and from there on only one in ms. */
const EPOCH_SECONDS = 1e9;
const EPOCH_MS = 1e12;
/** What starts anew later than this is another kind of limit, which 429 tells of in good time. */
const LATEST_RESET_MS = 3_600_000;
/** Down to this share of the limit, nobody is slowed down. */
const NEARLY_USED_UP = 0.1;
/** Headers are advice: what they say holds back a request no longer than this. */
const LONGEST_GAP_MS = 60_000;

/**
 * Reads X-RateLimit-Limit, -Remaining and -Reset, or the same without X.
 *
 * @param headers with names in lower case
 * @param now ms since the epoch, for where the answer has no Date
 * @returns undefined where the vendor does not say, or what it says makes no sense.
 *   Source: the vendors' own pages (Reset, where there is one, in seconds since the epoch), and the
 *   IETF's draft-ietf-httpapi-ratelimit-headers (Reset in seconds from now).
 */
export function readRemaining(headers: IDataObject, now: number): Remaining | undefined {
	const said = (name: string) =>
		numberIn(headers[`x-ratelimit-${name}`]) ?? numberIn(headers[`ratelimit-${name}`]);
	const limit = said('limit');
	const remaining = said('remaining');
	if (remaining === undefined || limit === 0 || remaining > (limit ?? Infinity)) return undefined;
	const reset = said('reset');
	if (reset === undefined) return { limit, remaining };
	const resetMs = msUntil(reset, headerTime(headers.date) ?? now);
	return resetMs > LATEST_RESET_MS ? undefined : { limit, remaining, resetMs };
}

/** Lets what remains of a limit leave evenly until there is room again. */
export class EvenSpread {
	private gapMs = 0;

	private until = -Infinity;

	private lastLeftAt = -Infinity;

	/**
	 * @param documented what counts where the vendor says how much remains, but not of what and how long
	 */
	heard(now: number, said: Remaining, documented: RateLimit): void {
		const { remaining, resetMs = documented.perMs, limit = documented.requests } = said;
		if (remaining > NEARLY_USED_UP * limit) {
			this.until = -Infinity;
			return;
		}
		this.until = now + Math.min(resetMs, LONGEST_GAP_MS);
		this.gapMs = Math.min(resetMs / (remaining + 1), LONGEST_GAP_MS);
		if (remaining === 0) this.lastLeftAt = now;
	}

	leaves(now: number): void {
		this.lastLeftAt = now;
	}

	waitMs(now: number): number {
		return Math.max(0, Math.min(this.until, this.lastLeftAt + this.gapMs) - now);
	}
}

/** A whole number from 0, at the beginning as in "100, 100;w=60". */
function numberIn(header: unknown): number | undefined {
	const digits = /^(\d{1,15})(?:\.\d+)?\s*(?:[,;]|$)/.exec(headerText(header) ?? '')?.[1];
	return digits === undefined ? undefined : Number(digits);
}

function msUntil(reset: number, now: number): number {
	if (reset < EPOCH_SECONDS) return reset * 1000;
	return Math.max(0, (reset < EPOCH_MS ? reset * 1000 : reset) - now);
}
