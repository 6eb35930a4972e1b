import { type ICheckProcessedOptions, sleep } from 'n8n-workflow';

import type { ProcessedItems } from './once';

/** Marks in one call: reading and writing the row takes the same time for one as for thousands. */
const MOST_RECORDED = 5000;
/** n8n searches the whole row for each mark that it removes. */
const MOST_REMOVED = 200;
/** For a database that is busy, and for two processes that make the same row at once. */
const ATTEMPTS = 4;
const PAUSE_MS = 40;

/** So many calls back is looked for the quickest. */
const RECENT = 10;
/** How long another process may take between reading the row and writing it, by our own call. */
const PATIENCE = 2;
const SHORTEST_PAUSE_MS = 15;
const LONGEST_PAUSE_MS = 500;

/** What one record has come to. */
export interface Recorded {
	/** The marks that were not there. */
	fresh: Set<string>;
	/** How long the slowest call took: so long, others may have written what it has not read. */
	tookMs: number;
	/** How long a call takes at best: so long, whoever is not held up. */
	usualMs: number;
	/** Their place in the order in which this process adds marks: all of them are before it. */
	upTo: number;
}

/** How long it takes until a process that reads when we do has overwritten what we write. */
export function pauseAfter(tookMs: number): number {
	return Math.min(Math.max(tookMs * PATIENCE, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}

/** Whether a call took longer than others wait. */
export function wasHeldUp({ tookMs, usualMs }: Recorded): boolean {
	return tookMs > pauseAfter(usualMs);
}

interface Task {
	kind: 'record' | 'recordAndTrim' | 'remove';
	items: ProcessedItems;
	marks: string[];
	/** How many marks the row may hold afterwards. */
	most: number;
	done(part: Part): void;
	failed(error: unknown): void;
}

type Part = Omit<Recorded, 'usualMs'>;

/**
 * The row in n8n's database that holds one node's marks. n8n reads it, changes it and writes it
 * back without a lock, so within a process everything goes through one queue: one call at a time,
 * and all of a kind that waits meanwhile goes along in the next.
 */
export class Row {
	private tasks: Task[] = [];

	private isWorking = false;

	/** How long the last calls took. */
	private recentMs: number[] = [];

	/** Marks that this process has added. */
	private added = 0;

	/** Of those, so many of the first were dropped as the oldest of a full row. */
	private dropped = 0;

	/** Whether all that was added up to a place has been dropped since, as the oldest of a full row. */
	hasDropped(upTo: number): boolean {
		return upTo <= this.dropped;
	}

	/** How long the last call took. */
	get lastMs(): number {
		return this.recentMs.at(-1) ?? 0;
	}

	/**
	 * Records marks.
	 *
	 * @param most how many marks the row may hold: the oldest are dropped. Without it none is, so
	 *   that an answer and what it is about cannot be dropped apart.
	 * @throws whatever the database throws
	 */
	async record(items: ProcessedItems, marks: string[], most?: number): Promise<Recorded> {
		const kind = most === undefined ? 'record' : 'recordAndTrim';
		const parts = await this.inParts({ kind, items, marks, most: most ?? 0 }, MOST_RECORDED);
		return {
			fresh: new Set(parts.flatMap(({ fresh }) => [...fresh])),
			tookMs: Math.max(0, ...parts.map(({ tookMs }) => tookMs)),
			usualMs: Math.min(...this.recentMs),
			upTo: Math.max(0, ...parts.map(({ upTo }) => upTo)),
		};
	}

	/** @throws whatever the database throws */
	async remove(items: ProcessedItems, marks: string[]): Promise<void> {
		await this.inParts({ kind: 'remove', items, marks, most: 0 }, MOST_REMOVED);
	}

	private async inParts(task: Omit<Task, 'done' | 'failed'>, size: number): Promise<Part[]> {
		const parts: Array<Promise<Part>> = [];
		for (let start = 0; start < task.marks.length; start += size) {
			const marks = task.marks.slice(start, start + size);
			parts.push(
				new Promise((done, failed) => {
					this.tasks.push({ ...task, marks, done, failed });
				}),
			);
		}
		void this.work();
		return await Promise.all(parts);
	}

	private async work(): Promise<void> {
		if (this.isWorking) return;
		this.isWorking = true;
		while (this.tasks.length > 0) {
			const together = this.takeTogether();
			const startedAt = performance.now();
			const { fresh, error } = await attempts(together);
			const tookMs = performance.now() - startedAt;
			this.recentMs = [...this.recentMs, tookMs].slice(-RECENT);
			this.added += fresh?.size ?? 0;
			if (fresh && together[0].kind === 'recordAndTrim') {
				this.dropped = Math.max(this.dropped, this.added - mostOf(together));
			}
			const upTo = this.added;
			for (const { marks, done, failed } of together) {
				if (!fresh) failed(error);
				else done({ fresh: new Set(marks.filter((mark) => fresh.has(mark))), tookMs, upTo });
			}
		}
		this.isWorking = false;
	}

	/** What one call can do. Equal marks in one call would all count as new, so they wait. */
	private takeTogether(): Task[] {
		const [{ kind }] = this.tasks;
		const limit = kind === 'remove' ? MOST_REMOVED : MOST_RECORDED;
		const together: Task[] = [];
		const marks = new Set<string>();
		this.tasks = this.tasks.filter((task) => {
			const isFirst = together.length === 0;
			const fits = task.kind === kind && marks.size + task.marks.length <= limit;
			if (!isFirst && (!fits || task.marks.some((mark) => marks.has(mark)))) return true;
			for (const mark of task.marks) marks.add(mark);
			together.push(task);
			return false;
		});
		return together;
	}
}

/** What came of one call, after as many attempts as it takes. */
type Outcome = { fresh: Set<string>; error?: undefined } | { fresh?: undefined; error: unknown };

async function attempts(tasks: Task[]): Promise<Outcome> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await call(tasks).then(
			(fresh) => ({ fresh }),
			(error: unknown) => ({ error }),
		);
		if ('fresh' in outcome || attempt >= ATTEMPTS) return outcome;
		await sleep(PAUSE_MS * attempt * (0.5 + Math.random()));
	}
}

async function call(tasks: Task[]): Promise<Set<string>> {
	const [{ kind, items }] = tasks;
	const marks = tasks.flatMap((task) => task.marks);
	const options: ICheckProcessedOptions = { mode: 'entries' };
	if (kind === 'remove') {
		await items.removeProcessed(marks, 'node', options);
		return new Set();
	}
	if (kind === 'recordAndTrim') options.maxEntries = mostOf(tasks);
	const { new: fresh } = await items.checkProcessedAndRecord(marks, 'node', options);
	return new Set(fresh as string[]);
}

function mostOf(tasks: Task[]): number {
	return Math.max(...tasks.map(({ most }) => most));
}
