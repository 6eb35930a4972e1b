import { type IDataObject, sleep } from 'n8n-workflow';

import { Alarms } from './alarms';
import { Fifo } from './fifo';
import { distinct, Lane, type Waiting } from './lane';
import { Pause } from './pause';
import { readRemaining } from './remaining';
import { TokenBucket } from './tokenBucket';
import type { RateLimit } from './rateLimit';

/** The account looks again at least this often, so that no timer outlives its queue for long. */
const LONGEST_NAP_MS = 1000;
const FIRST_SWEEP = 256;
/** What left in the last second counts for a limit that comes later. */
const REMEMBER_MS = 1000;

export interface RunSettings {
	/** The user's Requests per Second: of the whole account, over all its buckets. */
	limit?: RateLimit;
	maxInFlight: number;
}

export interface TurnRequest {
	/** What shares the documented limit, such as one path or all writes. */
	bucket: string;
	/** The vendor's documented limit. */
	limit: RateLimit;
	/** Goes before everything that waits: for a request that has had its turn before. */
	again?: boolean;
	/** A pause that is longer than this is not waited for. */
	maxWaitMs: number;
}

/** A place in the queue. */
export interface Turn {
	/**
	 * Resolves when the request may leave, with the function that must be called when it is over.
	 * Rejects with what `leave` was given, or with PauseTooLong.
	 */
	readonly granted: Promise<() => void>;
	/** Gives up the place. Does nothing once the turn was granted. */
	leave(reason: Error): void;
}

/** One execution's share of an account. What the vendor says is told before the turn is given back. */
export interface AccountRun {
	/** Queues for the right to send one request. */
	queue(request: TurnRequest): Turn;
	/**
	 * The vendor asked to wait: the whole account does, or only one bucket. A pause is never
	 * shortened, lasts an hour at most, and is tried out once it has lasted as long as a request may
	 * wait.
	 */
	pause(ms: number, bucket?: string): void;
	/** The vendor answered a request with 429. What it takes is learned when the turn is given back. */
	tooMany(bucket: string): void;
	/** Takes note of what an answer says is left of the limit. Header names are in lower case. */
	heard(bucket: string, headers: IDataObject): void;
	/** The run is over, and its settings hold no longer. What is on its way still counts. */
	close(): void;
}

/** The vendor's pause is longer than this request may wait. */
export class PauseTooLong extends Error {
	constructor(readonly retryAfterMs: number) {
		super('The pause is longer than the request may wait');
		this.name = 'PauseTooLong';
	}
}

/**
 * One account at one vendor, as this process sees it: a lane for each documented limit, a limit of
 * the user's over all of them and a cap on the requests in flight. Every execution of the process
 * that uses the account shares it, and of what they ask for the strictest holds while they run.
 */
export class Account {
	lastUsed = 0;

	private readonly runs = new Map<object, RunSettings>();

	private maxInFlight = 1;

	private inFlight = 0;

	private waiting = 0;

	/** Nobody who waits has less patience than this. */
	private leastPatienceMs = Infinity;

	/** Holds the limits of users, over all lanes. */
	private readonly bucket = new TokenBucket(REMEMBER_MS);

	private heldToDocumented = true;

	private readonly pause = new Pause();

	private readonly lanes = new Map<string, Lane>();

	private sweepAt = FIRST_SWEEP;

	/** Lanes that may have somebody to let through; each gives way to the others after one. */
	private readonly ready = new Fifo<Lane>();

	/** Lanes that have to wait. */
	private readonly alarms = new Alarms<Lane>();

	private wakeAt = Infinity;

	/**
	 * @param now a monotonic clock in ms, which nobody sets back
	 * @param nap waits so many ms
	 */
	constructor(
		private readonly now: () => number = () => performance.now(),
		private readonly nap: (ms: number) => Promise<void> = sleep,
	) {}

	/** Begins a run. Its settings count for the account until it is closed. */
	open(settings: RunSettings): AccountRun {
		const run = {};
		this.lastUsed = this.now();
		this.runs.set(run, settings);
		this.settle();
		return {
			queue: (request) => this.queue(run, request),
			pause: (ms, bucket) => this.hold(ms, bucket),
			tooMany: (bucket) => this.saidNo(bucket),
			heard: (bucket, headers) => this.heard(bucket, headers),
			close: () => this.close(run),
		};
	}

	/** Whether forgetting this account changes nothing. */
	isIdle(): boolean {
		const now = this.now();
		return (
			this.runs.size + this.inFlight + this.waiting === 0 &&
			this.pause.leftMs(now) === 0 &&
			this.bucket.isFull(now) &&
			[...this.lanes.values()].every((lane) => lane.isIdle(now))
		);
	}

	private close(run: object): void {
		if (!this.runs.delete(run)) return;
		this.lastUsed = this.now();
		for (const lane of this.lanes.values()) lane.forgetRun(run);
		this.settle();
	}

	/** Of the settings of all open runs, the strictest holds. What still waits keeps to the last. */
	private settle(): void {
		const settings = [...this.runs.values()];
		if (settings.length === 0) return;
		const limits = settings.flatMap(({ limit }) => (limit ? [limit] : []));
		this.maxInFlight = settings.reduce((least, run) => Math.min(least, run.maxInFlight), Infinity);
		this.heldToDocumented = limits.length < settings.length;
		this.bucket.setLimits(distinct(limits));
		this.wakeAll();
		this.pump();
	}

	private queue(run: object, { bucket, limit, again, maxWaitMs }: TurnRequest): Turn {
		const now = this.now();
		this.lastUsed = now;
		if (!this.runs.has(run)) return refused(new Error('Nothing is sent after the end of a run'));
		const lane = this.lane(bucket);
		lane.limitFor(run, limit);
		for (const pause of [this.pause, lane.pause]) {
			if (pause.isTooLong(now, maxWaitMs)) return refused(new PauseTooLong(pause.leftMs(now)));
		}
		let leave: Turn['leave'] = () => undefined;
		const granted = new Promise<() => void>((grant, refuse) => {
			const waiting: Waiting = { maxWaitMs, grant, refuse, gone: false };
			lane.add(waiting, again === true);
			this.waiting++;
			this.leastPatienceMs = Math.min(this.leastPatienceMs, maxWaitMs);
			leave = (reason) => this.turnAway(lane, waiting, reason);
		});
		if (lane.size === 1 || lane.pause.isTried) this.wake(lane);
		this.pump();
		return { granted, leave };
	}

	private hold(ms: number, bucket?: string): void {
		const now = this.now();
		if (bucket === undefined) {
			this.pause.begin(now, ms);
			this.turnAwayAllImpatient(now);
		} else {
			const lane = this.lane(bucket);
			lane.pause.begin(now, ms);
			this.turnAwayImpatient(lane, lane.pause, now);
		}
	}

	private saidNo(bucket: string): void {
		const now = this.now();
		this.pause.saidNo(now);
		this.lanes.get(bucket)?.saidNo(now);
	}

	private heard(bucket: string, headers: IDataObject): void {
		const said = readRemaining(headers, Date.now());
		if (said) this.lane(bucket).heard(this.now(), said);
	}

	private lane(name: string): Lane {
		const known = this.lanes.get(name);
		if (known) return known;
		if (this.lanes.size >= this.sweepAt) this.sweep();
		const lane = new Lane();
		this.lanes.set(name, lane);
		return lane;
	}

	/** Some vendors limit each path on its own; forgets the paths that no longer matter. */
	private sweep(): void {
		const now = this.now();
		for (const [name, lane] of this.lanes) {
			if (lane.isIdle(now)) this.lanes.delete(name);
		}
		this.sweepAt = Math.max(FIRST_SWEEP, 2 * this.lanes.size);
	}

	/** Lets through what may go now, one from each lane in turn, and comes back for the rest. */
	private pump(): void {
		const now = this.now();
		this.wakeDue(now);
		while (this.inFlight < this.maxInFlight) {
			const waitMs = Math.max(this.pause.waitMs(now), this.bucket.waitMs(now));
			if (waitMs > 0) {
				if (this.waiting > 0) this.comeBackIn(waitMs);
				return;
			}
			const lane = this.ready.take();
			if (!lane) break;
			this.serve(lane, now);
		}
		if (this.waiting > 0) this.comeBackIn(this.alarms.soonest - now);
	}

	/** Lets one through from this lane, or sees when it is to be looked at again. */
	private serve(lane: Lane, now: number): void {
		lane.isReady = false;
		const waiting = lane.first();
		if (!waiting) return;
		const waitMs = lane.waitMs(now, this.heldToDocumented);
		if (waitMs === 0) {
			this.grant(lane, waiting, now);
			if (lane.size > 0) this.wake(lane);
		} else if (waitMs < Infinity && now + waitMs < lane.alarmAt) {
			lane.alarmAt = now + waitMs;
			this.alarms.set(lane.alarmAt, lane);
		}
	}

	private grant(lane: Lane, waiting: Waiting, now: number): void {
		const findsOut = this.pause.begun(now);
		const left = lane.leaves(now);
		this.bucket.take();
		this.inFlight++;
		this.gone(lane, waiting);
		let over = false;
		waiting.grant(() => {
			if (over) return;
			over = true;
			this.inFlight--;
			const end = this.now();
			this.lastUsed = end;
			this.bucket.giveBack(end);
			lane.comesBack(left, end, Math.max(this.pause.leftMs(end), lane.pause.leftMs(end)));
			if (left.findsOut) this.turnAwayImpatient(lane, lane.pause, end);
			if (findsOut) {
				this.pause.triedOut();
				this.turnAwayAllImpatient(end);
			}
			this.wake(lane);
			this.pump();
		});
	}

	private turnAwayAllImpatient(now: number): void {
		if (this.leastPatienceMs >= this.pause.leftMs(now)) return;
		for (const lane of this.lanes.values()) this.turnAwayImpatient(lane, this.pause, now);
	}

	/** Tells all at once that may not wait as long as the pause, unless somebody is out to end it. */
	private turnAwayImpatient(lane: Lane, pause: Pause, now: number): void {
		if (pause.isTried) return;
		const leftMs = pause.leftMs(now);
		for (const waiting of lane.impatient(leftMs)) {
			this.turnAway(lane, waiting, new PauseTooLong(leftMs));
		}
	}

	private turnAway(lane: Lane, waiting: Waiting, reason: Error): void {
		if (waiting.gone) return;
		this.gone(lane, waiting);
		waiting.refuse(reason);
	}

	private gone(lane: Lane, waiting: Waiting): void {
		waiting.gone = true;
		lane.removed();
		if (--this.waiting === 0) this.leastPatienceMs = Infinity;
	}

	private wake(lane: Lane): void {
		if (lane.isReady || lane.size === 0) return;
		lane.isReady = true;
		this.ready.add(lane);
	}

	private wakeAll(): void {
		for (const lane of this.lanes.values()) this.wake(lane);
	}

	private wakeDue(now: number): void {
		for (let due = this.alarms.takeDue(now); due; due = this.alarms.takeDue(now)) {
			// It may have been set anew for an earlier time.
			if (due.time !== due.sleeper.alarmAt) continue;
			due.sleeper.alarmAt = Infinity;
			this.wake(due.sleeper);
		}
	}

	/** Infinity stands for something that comes back first, and then looks itself. */
	private comeBackIn(ms: number): void {
		if (ms === Infinity) return;
		const napMs = Math.min(Math.ceil(ms), LONGEST_NAP_MS);
		const wakeAt = this.now() + napMs;
		if (wakeAt >= this.wakeAt) return;
		this.wakeAt = wakeAt;
		void this.nap(napMs).then(() => {
			if (this.wakeAt === wakeAt) this.wakeAt = Infinity;
			this.pump();
		});
	}
}

function refused(reason: Error): Turn {
	return { granted: Promise.reject(reason), leave: () => undefined };
}
