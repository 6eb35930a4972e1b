import type { RateLimit } from './rateLimit';

/** Clocks are read in whole milliseconds, and the vendor's may run a little slower. */
const CLOCK_ERROR_MS = 5;
/**
 * A token bucket that lets a burst through at once and yet never more than `requests` in any
 * stretch of `perMs`, wherever it is cut, and as the vendor sees it: however long requests travel,
 * because a token comes back one period after its request was answered, and so had arrived.
 */
export class TokenBucket {
	/** Tokens whose requests are under way. */
	private out = 0;

	/** When the other tokens that were used come back (ms since the epoch), soonest first. */
	private backAt: number[] = [];

	private pausedUntil = 0;

	private limit: RateLimit;

	constructor(limit: RateLimit) {
		this.limit = limit;
	}

	/** Takes over another limit. What was used counts on. */
	setLimit(limit: RateLimit): void {
		this.limit = limit;
	}

	/** How long until a token can be taken; 0 when there is one, Infinity when one must be given back first. */
	waitMs(now: number): number {
		while (this.backAt.length > 0 && this.backAt[0] <= now) this.backAt.shift();
		const pause = this.pauseLeftMs(now);
		const missing = this.out + this.backAt.length - this.capacity + 1;
		if (missing <= 0) return pause;
		return Math.max(
			pause,
			missing > this.backAt.length ? Infinity : this.backAt[missing - 1] - now,
		);
	}

	take(): void {
		this.out++;
	}

	/** Gives back the token of a request that was answered, or given up, now. */
	giveBack(now: number): void {
		this.out--;
		const last = this.backAt[this.backAt.length - 1] ?? 0;
		this.backAt.push(Math.max(last, now + this.limit.perMs + CLOCK_ERROR_MS));
	}

	/** Gives out no token before this time. A pause is never shortened. */
	pauseUntil(time: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, time);
	}

	pauseLeftMs(now: number): number {
		return Math.max(0, this.pausedUntil - now);
	}

	/** Whether forgetting this bucket changes nothing. */
	isFull(now: number): boolean {
		const last = this.backAt[this.backAt.length - 1] ?? 0;
		return this.out === 0 && this.pausedUntil <= now && last <= now;
	}

	private get capacity(): number {
		return Math.max(1, Math.floor(this.limit.requests));
	}
}
