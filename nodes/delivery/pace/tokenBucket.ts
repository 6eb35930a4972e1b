import { Fifo } from './fifo';
import type { RateLimit } from './rateLimit';

/** The vendor's clock may run a little slower, and may be read in whole milliseconds. */
const CLOCK_ERROR_MS = 5;
/** More than so many are remembered only as far as a limit needs them. */
const MOST_REMEMBERED = 10_000;

/**
 * A token bucket that lets a burst through at once and yet never more than `requests` in any
 * stretch of `perMs`, wherever it is cut, and as the vendor sees it: however long requests travel,
 * because a token comes back one period after its request was answered, and so had arrived.
 *
 * It may have to keep several limits at once, of which the strictest holds at any time, or none.
 * Times are those of a monotonic clock, in ms.
 */
export class TokenBucket {
	/** Tokens whose requests are under way. */
	private out = 0;

	/** When the requests of the other tokens were answered. */
	private readonly answered = new Fifo<number>();

	private limits: readonly RateLimit[] = [];

	private most = MOST_REMEMBERED;

	/** @param rememberMs for so long at least it knows what was used, for limits to come */
	constructor(private rememberMs = 0) {}

	/** Takes over other limits. What was used counts on. */
	setLimits(limits: readonly RateLimit[]): void {
		this.limits = limits;
		for (const limit of limits) {
			this.remember(limit.perMs);
			this.most = Math.max(this.most, capacity(limit));
		}
	}

	/** Knows from now on for at least so long what was used. */
	remember(ms: number): void {
		this.rememberMs = Math.max(this.rememberMs, ms);
	}

	/** How long until a token can be taken; 0 when there is one, Infinity when one must be given back first. */
	waitMs(now: number): number {
		this.forget(now);
		return this.limits.reduce((wait, limit) => Math.max(wait, this.waitFor(limit, now)), 0);
	}

	take(): void {
		this.out++;
	}

	/** Gives back the token of a request that was answered, or given up, now. */
	giveBack(now: number): void {
		this.out--;
		this.answered.add(Math.max(now, this.answered.at(this.answered.size - 1) ?? now));
		if (this.answered.size > this.most) this.answered.take();
	}

	/** Gives back a token that was not used. */
	cancel(): void {
		this.out--;
	}

	/** How many of the requests that were answered within the last so many ms. */
	usedWithin(ms: number, now: number): number {
		let count = 0;
		const { answered } = this;
		while (count < answered.size && answered.at(answered.size - 1 - count)! > now - ms) count++;
		return count;
	}

	/** When the first of these was answered. */
	firstWithin(ms: number, now: number): number | undefined {
		return this.answered.at(this.answered.size - this.usedWithin(ms, now));
	}

	/** Whether forgetting this bucket changes nothing. */
	isFull(now: number): boolean {
		this.forget(now);
		return this.out === 0 && this.answered.size === 0;
	}

	private waitFor(limit: RateLimit, now: number): number {
		// The youngest token that must be back before another one can be taken.
		const index = this.answered.size + this.out - capacity(limit);
		if (index < 0) return 0;
		const answeredAt = this.answered.at(index);
		if (answeredAt === undefined) return Infinity;
		return Math.max(0, answeredAt + limit.perMs + CLOCK_ERROR_MS - now);
	}

	private forget(now: number): void {
		const old = now - this.rememberMs - CLOCK_ERROR_MS;
		while (this.answered.size > 0 && this.answered.at(0)! <= old) this.answered.take();
	}
}

function capacity({ requests }: RateLimit): number {
	return Math.max(1, Math.floor(requests));
}
