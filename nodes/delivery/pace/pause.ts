/** A vendor that means milliseconds and says seconds must not stop an account for weeks. */
const LONGEST_PAUSE_MS = 3_600_000;
/** Who may not wait at all must not ask without end a vendor that has said no. */
const SOONEST_TRIAL_MS = 1000;

/** The time for which a vendor asked to send nothing. */
export class Pause {
	private until = -Infinity;

	private toldAt = -Infinity;

	/** Whether one request is to find out if the pause is over, or is on its way to. */
	private trial: 'none' | 'due' | 'out' = 'none';

	/** Whether the vendor has said no to the trial. */
	private refused = false;

	/**
	 * The vendor asks to wait from now on. A pause is never shortened, except by what the vendor says
	 * while a request is out to ask anew.
	 */
	begin(now: number, ms: number): void {
		const asked = now + Math.min(Math.max(0, ms || 0), LONGEST_PAUSE_MS);
		this.until = this.trial === 'out' ? asked : Math.max(this.until, asked);
		this.saidNo(now);
	}

	/** The vendor says no without a time. */
	saidNo(now: number): void {
		this.toldAt = now;
		this.refused = true;
	}

	leftMs(now: number): number {
		return Math.max(0, this.until - now);
	}

	/** How long the next request has to wait: not at all when it is to find out. */
	waitMs(now: number): number {
		return this.trial === 'due' ? 0 : this.leftMs(now);
	}

	/** Whether somebody is to find out if it is over, so that nobody is turned away before. */
	get isTried(): boolean {
		return this.trial !== 'none';
	}

	/**
	 * Whether the pause is too long for a request that comes now. Once it has lasted as long as the
	 * request may wait, one request is let through to find out instead.
	 */
	isTooLong(now: number, maxWaitMs: number): boolean {
		if (this.isTried || this.leftMs(now) <= maxWaitMs) return false;
		if (now - this.toldAt < Math.max(maxWaitMs, SOONEST_TRIAL_MS)) return true;
		this.trial = 'due';
		return false;
	}

	/**
	 * A request leaves.
	 *
	 * @returns whether it is the one that finds out
	 */
	begun(now: number): boolean {
		if (this.trial !== 'due') return false;
		this.trial = this.leftMs(now) > 0 ? 'out' : 'none';
		this.refused = false;
		return this.trial === 'out';
	}

	/** The request that was to find out is over: unless the vendor said no again, so is the pause. */
	triedOut(): void {
		this.trial = 'none';
		if (!this.refused) this.until = -Infinity;
	}
}
