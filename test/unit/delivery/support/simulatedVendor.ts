import type { RateLimit } from '../../../../nodes/delivery/pace/rateLimit';
import { type AccountRun, Account } from '../../../../nodes/delivery/pace/account';
import { backoffMs } from '../../../../nodes/delivery/pace/waitWhenTold';
import { VirtualClock } from './virtualClock';

/** How a vendor counts: takes a request that arrives now, or says how long until it would (ms). */
export type Counting = (now: number) => number;

/** Never more than so many in any stretch of time; what was refused does not count. */
export function slidingWindow({ requests, perMs }: RateLimit): Counting {
	const taken: number[] = [];
	return (now) => {
		while (taken.length > 0 && taken[0] <= now - perMs) taken.shift();
		if (taken.length >= requests) return taken[0] + perMs - now;
		taken.push(now);
		return 0;
	};
}

/** So many in each second or minute of the vendor's clock, which is some way into one at the start. */
export function fixedWindow({ requests, perMs }: RateLimit, startsAt = 0): Counting {
	let window = NaN;
	let taken = 0;
	return (now) => {
		const current = Math.floor((now + startsAt) / perMs);
		if (current !== window) taken = 0;
		window = current;
		if (taken >= requests) return (current + 1) * perMs - startsAt - now;
		taken++;
		return 0;
	};
}

/** Fills up evenly, to a burst at most. */
export function tokenBucket({ requests, perMs }: RateLimit, burst: number): Counting {
	let tokens = burst;
	let since = 0;
	return (now) => {
		tokens = Math.min(burst, tokens + ((now - since) * requests) / perMs);
		since = now;
		if (tokens < 1) return ((1 - tokens) * perMs) / requests;
		tokens--;
		return 0;
	};
}

export interface Sending {
	count: number;
	/** What the vendor documents. */
	documented: RateLimit;
	/** How the vendor counts in truth. */
	counting: Counting;
	/** What it says in Retry-After (seconds) for what it asks to wait (ms); undefined for nothing. */
	retryAfter?: (waitMs: number) => number | undefined;
	/** Says no to these requests, counted from 1, for another reason. */
	stray?: (request: number) => boolean;
	latencyMs?: number;
	/** By up to so much more, each on its own. */
	jitterMs?: number;
	/** What it costs to send one request; meanwhile no other leaves. */
	workMs?: number;
	maxInFlight?: number;
	random?: () => number;
	clock?: VirtualClock;
}

export interface Sent {
	/** From the first request to the last answer. */
	ms: number;
	/** How many requests were refused. */
	refused: number;
	/** When each request arrived that was taken. */
	takenAt: number[];
	/** When each request arrived that was refused. */
	refusedAt: number[];
}

export const wholeSeconds = (waitMs: number): number => Math.max(1, Math.ceil(waitMs / 1000));

/** Sends so many requests through an account to a vendor that counts in its own way. */
export async function send(sending: Sending): Promise<Sent> {
	const { clock = new VirtualClock(), maxInFlight = 16 } = sending;
	const account = new Account(() => clock.now, clock.nap);
	const run = account.open({ maxInFlight });
	const sent = await sendAll(run, clock, sending);
	run.close();
	return sent;
}

export async function sendAll(
	run: AccountRun,
	clock: VirtualClock,
	sending: Sending,
): Promise<Sent> {
	const { count, documented, counting, stray = () => false, latencyMs = 2, workMs = 0 } = sending;
	const { jitterMs = 0 } = sending;
	const { retryAfter = wholeSeconds, random = repeatable() } = sending;
	const sent: Sent = { ms: 0, refused: 0, takenAt: [], refusedAt: [] };
	const startedAt = clock.now;
	let requests = 0;
	let idleAt = 0;

	async function sendOne(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			const turn = { bucket: 'all', limit: documented, again: attempt > 1, maxWaitMs: 300_000 };
			const release = await run.queue(turn).granted;
			idleAt = Math.max(idleAt, clock.now) + workMs;
			await clock.nap(idleAt - clock.now + latencyMs / 2 + random() * jitterMs);
			const waitMs = stray(++requests) ? 1 : counting(clock.now);
			(waitMs === 0 ? sent.takenAt : sent.refusedAt).push(clock.now);
			await clock.nap(latencyMs / 2 + random() * jitterMs);
			if (waitMs > 0) {
				sent.refused++;
				const seconds = retryAfter(waitMs);
				run.tooMany('all');
				run.pause(seconds === undefined ? backoffMs(attempt, random()) : seconds * 1000, 'all');
			}
			release();
			if (waitMs === 0) return;
		}
	}
	await clock.until(Promise.all(Array.from({ length: count }, sendOne)));
	sent.ms = clock.now - startedAt;
	return sent;
}

/** The same numbers each time, from 0 to 1 (mulberry32). */
export function repeatable(seed = 1): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The most that fell into any stretch of this length, wherever it is cut. */
export function mostWithin(times: number[], ms: number): number {
	return Math.max(
		0,
		...times.map((start) => times.filter((time) => time >= start && time < start + ms).length),
	);
}
