import { Fifo } from './fifo';
import { type Departure, LearnedPace } from './learnedPace';
import { Pause } from './pause';
import { EvenSpread, type Remaining } from './remaining';
import { TokenBucket } from './tokenBucket';
import type { RateLimit } from './rateLimit';

/** Slows down nobody before nothing remains. */
const NOT_DOCUMENTED: RateLimit = { requests: 0, perMs: 1000 };

/** A request that waits for its turn. */
export interface Waiting {
	maxWaitMs: number;
	grant(release: () => void): void;
	refuse(reason: Error): void;
	/** Set once it was granted, turned away or given up. */
	gone: boolean;
}

/** A request that left. */
export interface Left {
	departure: Departure;
	findsOut: boolean;
}

/** Everything that shares one of the vendor's limits: who waits, first in, first out, and what holds. */
export class Lane {
	/** How many wait. */
	size = 0;

	/** Whether it stands in line for the next free place. */
	isReady = false;

	/** When it is woken to look again. */
	alarmAt = Infinity;

	readonly pause = new Pause();

	/** Requests that had their turn before. */
	private readonly again = new Fifo<Waiting>();

	private readonly fresh = new Fifo<Waiting>();

	/** No waiting request has less patience than this. */
	private leastPatienceMs = Infinity;

	private readonly bucket = new TokenBucket();

	/** The documented limit, as each run that is open knows it: it may depend on the user's plan. */
	private readonly documented = new Map<object, RateLimit>();

	private readonly learned = new LearnedPace();

	private readonly spread = new EvenSpread();

	/** How many that the vendor said no to are still to be given back. */
	private refusals = 0;

	/** The documented limit as it was last named. */
	private limit: RateLimit | undefined;

	/** Takes over what a run that is open knows of the documented limit. The strictest holds. */
	limitFor(run: object, limit: RateLimit): void {
		const known = this.documented.get(run);
		if (known?.requests === limit.requests && known.perMs === limit.perMs) return;
		this.documented.set(run, limit);
		this.limit = limit;
		this.bucket.setLimits(distinct(this.documented.values()));
	}

	/** A run is over: its limit holds no longer, if there is another. */
	forgetRun(run: object): void {
		if (!this.documented.delete(run) || this.documented.size === 0) return;
		this.bucket.setLimits(distinct(this.documented.values()));
	}

	add(waiting: Waiting, again: boolean): void {
		(again ? this.again : this.fresh).add(waiting);
		this.size++;
		this.leastPatienceMs = Math.min(this.leastPatienceMs, waiting.maxWaitMs);
	}

	/** The one whose turn it is; those that are gone are dropped on the way. */
	first(): Waiting | undefined {
		for (const queue of [this.again, this.fresh]) {
			while (queue.size > 0 && queue.at(0)!.gone) queue.take();
			if (queue.size > 0) return queue.at(0);
		}
		return undefined;
	}

	/** Called for each that is gone, whatever became of it. */
	removed(): void {
		if (--this.size > 0) return;
		this.again.clear();
		this.fresh.clear();
		this.leastPatienceMs = Infinity;
	}

	/** All that may not wait so long. */
	impatient(ms: number): Waiting[] {
		if (this.leastPatienceMs >= ms) return [];
		const all = [...this.again, ...this.fresh].filter(({ gone }) => !gone);
		return all.filter(({ maxWaitMs }) => maxWaitMs < ms);
	}

	/** How long until the next may leave; Infinity when one has to come back first. */
	waitMs(now: number, heldToDocumented: boolean): number {
		return Math.max(
			this.pause.waitMs(now),
			heldToDocumented ? this.bucket.waitMs(now) : 0,
			this.learned.waitMs(now),
			this.spread.waitMs(now),
		);
	}

	leaves(now: number): Left {
		this.bucket.take();
		this.spread.leaves(now);
		return { departure: this.learned.leaves(now), findsOut: this.pause.begun(now) };
	}

	/** The vendor said no to one of those that left and are about to come back. */
	saidNo(now: number): void {
		this.refusals++;
		this.pause.saidNo(now);
	}

	/** @param pauseMs how long the vendor asked to wait in all */
	comesBack({ departure, findsOut }: Left, now: number, pauseMs: number): void {
		this.bucket.giveBack(now);
		if (findsOut) this.pause.triedOut();
		if (this.refusals > 0) {
			this.refusals--;
			this.learned.refused(now, departure, pauseMs);
		} else {
			this.learned.passed(now, departure);
		}
	}

	heard(now: number, said: Remaining): void {
		this.spread.heard(now, said, this.limit ?? NOT_DOCUMENTED);
	}

	/** Whether forgetting this lane changes nothing. */
	isIdle(now: number): boolean {
		return (
			this.size === 0 &&
			this.bucket.isFull(now) &&
			this.learned.isIdle(now) &&
			this.pause.leftMs(now) === 0 &&
			this.spread.waitMs(now) === 0
		);
	}
}

export function distinct(limits: Iterable<RateLimit>): RateLimit[] {
	const byValue = new Map<string, RateLimit>();
	for (const limit of limits) byValue.set(`${limit.requests} ${limit.perMs}`, limit);
	return [...byValue.values()];
}
