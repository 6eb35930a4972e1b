import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { DeliveryFailure } from '../http/outcome';
import type { Follow } from './follow/follow';
import type { RunPlace } from './runPlace';

/** How a message ended for good: accepted with these results, or nobody knows. */
export type Remembered = (
	| {
			kind: 'accepted';
			results: IDataObject[];
			missing: IDataObject[];
			/** What has become of it since, where its delivery is waited for. */
			follow?: Follow;
	  }
	| { kind: 'unknown'; failure: DeliveryFailure }
) & {
	/** What is the same for two messages that say the same to the same person. */
	mark?: string;
};

/** How much is kept of one execution. */
export interface LedgerLimits {
	entries: number;
	/** Of results, as JSON. Beyond it the oldest keep their ids only. */
	bytes: number;
	/** Of one message's results; beyond it they are cut to what identifies the message. */
	bytesOfOne: number;
	/** How long an execution is remembered after its last run of one of our nodes (ms). */
	idleMs: number;
	/** Executions kept, however little they hold. */
	executions: number;
}

const LIMITS: LedgerLimits = {
	entries: 250_000,
	bytes: 48 * 1024 * 1024,
	bytesOfOne: 4096,
	idleMs: 60 * 60_000,
	executions: 5000,
};

/** What identifies a message, when there is no room for more. */
const IDENTIFYING = [
	'messageId',
	'provider',
	'channel',
	'recipient',
	'status',
	'providerStatus',
	'sentAs',
];

interface Kept {
	remembered: Remembered;
	bytes: number;
}

/** Everything that is remembered of one execution. */
class Book {
	/** In the order of their age, oldest first. */
	readonly entries = new Map<string, Kept>();

	bytes = 0;

	/** How often messages were refused or not sent. */
	readonly failures = new Map<string, number>();

	/** Runs that are going on. */
	inUse = 0;

	usedAt = 0;

	forgotten = 0;
}

/**
 * What has been sent, kept while n8n might run the same node of the same execution again: its Retry
 * On Fail repeats all items, also those that were accepted. It lives as long as the execution has
 * runs, and an hour more.
 */
export class Ledger {
	private readonly books = new Map<string, Book>();

	constructor(
		private readonly limits: LedgerLimits = LIMITS,
		private readonly now: () => number = () => performance.now(),
	) {}

	/** Opens the page of one run. It must be closed when the run is over. */
	open(place: RunPlace): LedgerPage {
		this.sweep();
		const book = this.books.get(place.executionId) ?? new Book();
		// To the end: the executions that were used last are kept longest.
		this.books.delete(place.executionId);
		this.books.set(place.executionId, book);
		book.inUse++;
		book.usedAt = this.now();
		return new LedgerPage(book, `${place.node} ${place.runIndex}`, this.limits, this.now);
	}

	/** How many executions are remembered. */
	get size(): number {
		return this.books.size;
	}

	private sweep(): void {
		const now = this.now();
		for (const [executionId, book] of this.books) {
			if (book.inUse > 0) continue;
			const isOld = now - book.usedAt > this.limits.idleMs;
			if (isOld || this.books.size > this.limits.executions) this.books.delete(executionId);
		}
	}
}

/** One run's view of the ledger. */
export class LedgerPage {
	constructor(
		private readonly book: Book,
		private readonly prefix: string,
		private readonly limits: LedgerLimits,
		private readonly now: () => number,
	) {}

	/** @param key of the message within the run, see `messageKey` */
	recall(key: string): Remembered | undefined {
		return this.book.entries.get(`${this.prefix} ${key}`)?.remembered;
	}

	keep(key: string, remembered: Remembered): void {
		const { book, limits } = this;
		const name = `${this.prefix} ${key}`;
		this.drop(name);
		const kept = sized(remembered, limits.bytesOfOne);
		book.entries.set(name, kept);
		book.bytes += kept.bytes;
		if (book.bytes > limits.bytes) this.slim();
		for (const [oldest] of book.entries) {
			if (book.entries.size <= limits.entries) break;
			this.drop(oldest);
			book.forgotten++;
		}
	}

	/** How often a message was refused, or could not be sent, so far. */
	failures(key: string): number {
		return this.book.failures.get(`${this.prefix} ${key}`) ?? 0;
	}

	failed(key: string): void {
		this.book.failures.set(`${this.prefix} ${key}`, this.failures(key) + 1);
	}

	/** How many messages of the execution had to be forgotten for want of room. */
	get forgotten(): number {
		return this.book.forgotten;
	}

	close(): void {
		this.book.inUse--;
		this.book.usedAt = this.now();
	}

	private drop(name: string): void {
		const known = this.book.entries.get(name);
		if (known === undefined) return;
		this.book.bytes -= known.bytes;
		this.book.entries.delete(name);
	}

	/** Makes room: half of what may be kept, so that it need not be done again at once. */
	private slim(): void {
		for (const kept of this.book.entries.values()) {
			if (this.book.bytes <= this.limits.bytes / 2) return;
			const cut = sized(kept.remembered, 0);
			this.book.bytes += cut.bytes - kept.bytes;
			Object.assign(kept, cut);
		}
	}
}

function sized(remembered: Remembered, mostBytes: number): Kept {
	if (remembered.kind === 'unknown') return { remembered, bytes: 0 };
	const { results, missing, follow } = remembered;
	const followBytes = follow === undefined ? 0 : JSON.stringify(follow).length;
	const bytes = bytesOf(results) + bytesOf(missing) + followBytes;
	if (bytes <= mostBytes) return { remembered, bytes };
	const cut = { ...remembered, results: results.map(identifying) };
	return { remembered: cut, bytes: followBytes };
}

function identifying(result: IDataObject): IDataObject {
	return Object.fromEntries(
		IDENTIFYING.filter((name) => name in result).map((name) => [name, result[name]]),
	);
}

function bytesOf(results: IDataObject[]): number {
	return results.length === 0 ? 0 : JSON.stringify(results).length;
}

/** Shared by all nodes of the process. */
export const ledger = new Ledger();

/**
 * What a message is recognised by within a run: its place, and what came in for it. Never what was
 * built of it: n8n evaluates expressions anew on each try.
 */
export function messageKey(itemIndex: number, entryIndex: number, input: unknown): string {
	const hash = createHash('sha256').update(textOf(input)).digest('base64');
	return `${itemIndex} ${entryIndex} ${hash}`;
}

/**
 * Anything as text, the same for the same. Between nodes an item may hold what JSON has no word for,
 * such as a BigInt, or itself.
 */
function textOf(input: unknown): string {
	try {
		return JSON.stringify(input) ?? '';
	} catch {
		const seen = new Set<unknown>();
		return JSON.stringify(input, (_key, value: unknown) => {
			if (typeof value === 'bigint') return `${value}n`;
			if (typeof value !== 'object' || value === null) return value;
			if (seen.has(value)) return 'seen before';
			seen.add(value);
			return value;
		});
	}
}
