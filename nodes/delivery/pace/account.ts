import { sleep } from 'n8n-workflow';

import { TokenBucket } from './tokenBucket';
import type { RateLimit } from './rateLimit';

/** A pump looks again at least this often, so that no timer outlives its queue for long. */
const LONGEST_NAP_MS = 1000;
const FIRST_SWEEP = 256;

export interface TurnRequest {
	/** What shares the limit, such as one path or all writes. */
	bucket: string;
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

/** The vendor's pause is longer than this request may wait. */
export class PauseTooLong extends Error {
	constructor(readonly retryAfterMs: number) {
		super('The pause is longer than the request may wait');
		this.name = 'PauseTooLong';
	}
}

interface Waiting {
	maxWaitMs: number;
	grant(release: () => void): void;
	refuse(reason: Error): void;
	gone: boolean;
}

/** Everything that waits for tokens of one bucket, first in, first out. */
class Lane {
	readonly again: Waiting[] = [];

	private fresh: Waiting[] = [];

	private head = 0;

	constructor(readonly bucket: TokenBucket) {}

	add(waiting: Waiting, again: boolean): void {
		(again ? this.again : this.fresh).push(waiting);
	}

	/** The one whose turn it is; those that left are dropped on the way. */
	first(): Waiting | undefined {
		while (this.again.length > 0 && this.again[0].gone) this.again.shift();
		if (this.again.length > 0) return this.again[0];
		while (this.head < this.fresh.length && this.fresh[this.head].gone) this.head++;
		if (this.head === this.fresh.length) {
			this.fresh = [];
			this.head = 0;
		}
		return this.fresh[this.head];
	}

	removeFirst(): void {
		if (this.again.length > 0) this.again.shift();
		else this.head++;
	}

	/** All that wait, for the rare case that a long pause turns some of them away. */
	all(): Waiting[] {
		return [...this.again, ...this.fresh.slice(this.head)].filter((waiting) => !waiting.gone);
	}
}

/**
 * One account at one vendor, as this process sees it: a token bucket for each documented limit and
 * a cap on the requests in flight. Every execution of the process that uses the account shares it.
 */
export class Account {
	private readonly lanes = new Map<string, Lane>();

	/** Those where somebody waits, so that many that are empty cost nothing. */
	private readonly busy = new Set<Lane>();

	private inFlight = 0;

	private maxInFlight = 1;

	private sweepAt = FIRST_SWEEP;

	private wakeAt = Infinity;

	lastUsed = 0;

	constructor(private readonly now: () => number = Date.now) {}

	setMaxInFlight(maxInFlight: number): void {
		this.maxInFlight = Math.max(1, Math.floor(maxInFlight));
	}

	/** Queues for the right to send one request. */
	queue(request: TurnRequest): Turn {
		this.lastUsed = this.now();
		const lane = this.lane(request.bucket, request.limit);
		let waiting: Waiting | undefined;
		const granted = new Promise<() => void>((resolve, reject) => {
			waiting = { maxWaitMs: request.maxWaitMs, grant: resolve, refuse: reject, gone: false };
			lane.add(waiting, request.again === true);
		});
		this.busy.add(lane);
		this.pump();
		return {
			granted,
			leave: (reason) => {
				if (waiting) refuse(waiting, reason);
			},
		};
	}

	/** Holds back everything in a bucket, because the vendor asked for it. */
	pause(bucket: string, limit: RateLimit, ms: number): void {
		this.lane(bucket, limit).bucket.pauseUntil(this.now() + ms);
		this.pump();
	}

	open({ limit, maxInFlight }: { limit?: RateLimit; maxInFlight: number }): AccountRun {
		this.setMaxInFlight(maxInFlight);
		return new AccountRun(this, limit);
	}

	isIdle(): boolean {
		return this.inFlight === 0 && [...this.lanes.values()].every((lane) => !lane.first());
	}

	private lane(name: string, limit: RateLimit): Lane {
		const known = this.lanes.get(name);
		if (known) {
			known.bucket.setLimit(limit);
			return known;
		}
		if (this.lanes.size >= this.sweepAt) this.sweep();
		const lane = new Lane(new TokenBucket(limit));
		this.lanes.set(name, lane);
		return lane;
	}

	/** Some vendors limit each path on its own; forgets the paths that no longer matter. */
	private sweep(): void {
		const now = this.now();
		for (const [name, lane] of this.lanes) {
			if (!lane.first() && lane.bucket.isFull(now)) this.lanes.delete(name);
		}
		this.sweepAt = Math.max(FIRST_SWEEP, 2 * this.lanes.size);
	}

	/** Lets through what may go now, one from each lane in turn, and comes back for the rest. */
	private pump(): void {
		const now = this.now();
		let soonest = Infinity;
		let granted = true;
		while (granted) {
			granted = false;
			soonest = Infinity;
			for (const lane of this.busy) {
				if (this.inFlight >= this.maxInFlight) return;
				const waiting = lane.first();
				if (!waiting) {
					this.busy.delete(lane);
					continue;
				}
				const waitMs = lane.bucket.waitMs(now);
				if (waitMs > 0) {
					this.turnAway(lane, now);
					if (lane.first()) soonest = Math.min(soonest, waitMs);
				} else {
					lane.removeFirst();
					this.grant(waiting, lane.bucket);
					granted = true;
				}
			}
		}
		if (soonest < Infinity) this.comeBackIn(soonest);
	}

	private turnAway(lane: Lane, now: number): void {
		const pauseLeft = lane.bucket.pauseLeftMs(now);
		if (pauseLeft === 0) return;
		for (const waiting of lane.all()) {
			if (pauseLeft > waiting.maxWaitMs) refuse(waiting, new PauseTooLong(pauseLeft));
		}
	}

	private grant(waiting: Waiting, bucket: TokenBucket): void {
		bucket.take();
		this.inFlight++;
		waiting.gone = true;
		let over = false;
		waiting.grant(() => {
			if (over) return;
			over = true;
			this.inFlight--;
			this.lastUsed = this.now();
			bucket.giveBack(this.lastUsed);
			this.pump();
		});
	}

	private comeBackIn(ms: number): void {
		const nap = Math.min(Math.ceil(ms), LONGEST_NAP_MS);
		const wakeAt = this.now() + nap;
		if (wakeAt >= this.wakeAt) return;
		this.wakeAt = wakeAt;
		void sleep(nap).then(() => {
			if (this.wakeAt === wakeAt) this.wakeAt = Infinity;
			this.pump();
		});
	}
}

function refuse(waiting: Waiting, reason: Error): void {
	if (waiting.gone) return;
	waiting.gone = true;
	waiting.refuse(reason);
}

const FORGET_ACCOUNT_AFTER_MS = 10 * 60_000;
const accounts = new Map<string, Account>();

/**
 * The account with this key (base URL and a hash of the credentials), shared by all executions of
 * the process. Accounts that nobody has used for ten minutes are forgotten.
 */
export function accountOf(key: string): Account {
	const now = Date.now();
	for (const [name, account] of accounts) {
		if (name !== key && now - account.lastUsed > FORGET_ACCOUNT_AFTER_MS && account.isIdle()) {
			accounts.delete(name);
		}
	}
	const account = accounts.get(key) ?? new Account();
	account.lastUsed = now;
	accounts.set(key, account);
	return account;
}

export class AccountRun {
	private lanes = new Map<string, RateLimit>();
	constructor(
		private account: Account,
		private limit?: RateLimit,
	) {}
	queue(r: TurnRequest): Turn {
		const limit = this.limit ?? r.limit;
		this.lanes.set(r.bucket, limit);
		return this.account.queue({ ...r, limit });
	}
	pause(ms: number, bucket?: string): void {
		for (const [n, l] of this.lanes) if (!bucket || n === bucket) this.account.pause(n, l, ms);
	}
	tooMany(_bucket: string): void {}
	heard(_bucket: string, _headers: object): void {}
	close(): void {}
}
