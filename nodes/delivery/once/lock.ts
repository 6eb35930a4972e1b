import { randomUUID } from 'node:crypto';
import { type ICheckProcessedOptions, sleep } from 'n8n-workflow';

import type { LockRow } from './once';

const HELD = 'held';
const OPTIONS: ICheckProcessedOptions = { mode: 'entries' };

/** Between two looks at a lock that somebody has: short at first, since it is held for moments. */
const SHORTEST_WAIT_MS = 4;
const LONGEST_WAIT_MS = 100;
const WAIT_GROWS_BY = 1.3;
/** From then on whoever waits watches whether it is still the same hold, and looks less often: a look can wipe out the mark of another who waits. */
const WATCHED_AFTER_MS = 3000;
const WATCHING_WAIT_MS = 600;
/** A hold that lasts so long is one of a process that was killed. */
const ABANDONED_AFTER_MS = 10_000;
/** Whoever has held it for longer may not have it any more. */
const LONGEST_HOLD_MS = 8000;
/** Beyond this too many others are in the way. */
const GIVE_UP_AFTER_MS = 60_000;
/** How SQLite, PostgreSQL and MySQL say that the row is there already: somebody else was quicker. */
const IS_THERE = /unique constraint|duplicate (key|entry)/i;
/** So many other errors in a row, for so long, are not told: a database may be busy. */
const MOST_ERRORS = 4;
const ERRORS_FOR_MS = 1000;

/**
 * Does what no other process may do at the same time.
 *
 * n8n offers no lock, but it makes a row once only: the database refuses a second one. So the lock is a
 * row, and whoever makes it has the lock until it is removed. A process that is killed meanwhile leaves
 * it: whoever waits marks the row, and breaks the lock when the mark has been there for ten seconds.
 *
 * @param lock a row that is used for nothing else
 * @throws what the database throws, and when the lock was not to be had or was held for too long: then
 *   others may have done the same at the same time
 */
export async function withLock<T>(lock: LockRow, work: () => Promise<T>): Promise<T> {
	const acquiredAt = await acquire(lock);
	const isOurs = () => performance.now() - acquiredAt < LONGEST_HOLD_MS;
	try {
		const done = await work();
		if (!isOurs()) throw new Error('it took too long');
		return done;
	} finally {
		// What cannot be removed is broken by the next who wants it.
		if (isOurs()) await lock.clearAllProcessedItems('node', OPTIONS).catch(() => undefined);
	}
}

/** @returns since when it may be held (ms) */
async function acquire(lock: LockRow): Promise<number> {
	const startedAt = performance.now();
	let waitMs = SHORTEST_WAIT_MS;
	let errors: number[] = [];
	let watch = newWatch();
	for (;;) {
		const askedAt = performance.now();
		const waitedMs = askedAt - startedAt;
		const isWatching = waitedMs > WATCHED_AFTER_MS;
		const marks = isWatching ? [HELD, watch.mark] : [HELD];
		const looking = lock.checkProcessedAndRecord(marks, 'node', OPTIONS);
		const isTaken = await looking.then(
			() => false,
			(error) => IS_THERE.test(String(error)),
		);
		const isPatient = isTaken || errors.length < MOST_ERRORS || askedAt - errors[0] < ERRORS_FOR_MS;
		const looked = await (isPatient ? looking.catch(() => undefined) : looking);
		errors = looked || isTaken ? [] : [...errors, askedAt];
		if (looked?.new.includes(HELD)) return askedAt;
		if (looked?.new.includes(watch.mark)) watch = { ...watch, since: performance.now() };
		if (performance.now() - watch.since > ABANDONED_AFTER_MS) {
			await lock.clearAllProcessedItems('node', OPTIONS);
			watch = newWatch();
			continue;
		}
		if (waitedMs > GIVE_UP_AFTER_MS) throw new Error('other processes write to it all the time');
		// Not in step with others who wait.
		await sleep((isWatching ? WATCHING_WAIT_MS : waitMs) * (0.5 + Math.random()));
		waitMs = Math.min(waitMs * WAIT_GROWS_BY, LONGEST_WAIT_MS);
	}
}

/** A mark that stays for as long as one hold lasts, and since when it has been seen. */
function newWatch(): { mark: string; since: number } {
	return { mark: `watched:${randomUUID()}`, since: Number.POSITIVE_INFINITY };
}
