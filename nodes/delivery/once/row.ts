import { type ICheckProcessedOptions, sleep } from 'n8n-workflow';

import type { ProcessedItems } from './once';

/** Marks in one call: reading and writing the row takes the same time for one as for thousands. */
const MOST_CHECKED = 5000;
/** n8n searches the whole row for each mark that it removes. */
const MOST_REMOVED = 200;
/** For a database that is busy, and for two processes that make the same row at once. */
const ATTEMPTS = 4;
const PAUSE_MS = 40;

interface Task {
	kind: 'check' | 'remove';
	items: ProcessedItems;
	marks: string[];
	/** How many marks the row may hold. */
	most: number;
	done(fresh: Set<unknown>): void;
	failed(error: unknown): void;
}

/**
 * The row in n8n's database that holds one node's marks. n8n reads it, changes it and writes it
 * back without a lock, so within a process everything goes through one queue: one call at a time,
 * and all that waits meanwhile goes along in the next.
 */
export class Row {
	private tasks: Task[] = [];

	private isWorking = false;

	/**
	 * Records marks.
	 *
	 * @param most how many the row may hold; the oldest are dropped
	 * @returns those that were not there
	 * @throws whatever the database throws
	 */
	async check(items: ProcessedItems, marks: string[], most: number): Promise<Set<unknown>> {
		const parts = await this.inParts('check', items, marks, MOST_CHECKED, most);
		return new Set(parts.flatMap((part) => [...part]));
	}

	/** @throws whatever the database throws */
	async remove(items: ProcessedItems, marks: string[]): Promise<void> {
		await this.inParts('remove', items, marks, MOST_REMOVED, 0);
	}

	private async inParts(
		kind: Task['kind'],
		items: ProcessedItems,
		marks: string[],
		size: number,
		most: number,
	): Promise<Array<Set<unknown>>> {
		const parts: Array<Promise<Set<unknown>>> = [];
		for (let start = 0; start < marks.length; start += size) {
			const part = marks.slice(start, start + size);
			parts.push(
				new Promise((done, failed) => {
					this.tasks.push({ kind, items, marks: part, most, done, failed });
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
			const { fresh, error } = await attempts(together);
			for (const { marks, done, failed } of together) {
				if (fresh) done(new Set(marks.filter((mark) => fresh.has(mark))));
				else failed(error);
			}
		}
		this.isWorking = false;
	}

	/** The tasks in front that one call can do. Equal marks in one call would all count as new. */
	private takeTogether(): Task[] {
		const [{ kind }] = this.tasks;
		const limit = kind === 'check' ? MOST_CHECKED : MOST_REMOVED;
		const marks = new Set<string>();
		let size = 0;
		const count = this.tasks.findIndex((task) => {
			size += task.marks.length;
			task.marks.forEach((mark) => marks.add(mark));
			const isFirst = size === task.marks.length;
			return task.kind !== kind || (!isFirst && (size > limit || marks.size < size));
		});
		return this.tasks.splice(0, count < 0 ? this.tasks.length : count);
	}
}

/** What came of one call, after as many attempts as it takes. */
type Outcome = { fresh: Set<unknown>; error?: undefined } | { fresh?: undefined; error: unknown };

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

async function call(tasks: Task[]): Promise<Set<unknown>> {
	const [{ kind, items }] = tasks;
	const marks = tasks.flatMap((task) => task.marks);
	const options: ICheckProcessedOptions = { mode: 'entries' };
	if (kind === 'remove') {
		await items.removeProcessed(marks, 'node', options);
		return new Set();
	}
	options.maxEntries = Math.max(...tasks.map(({ most }) => most));
	return new Set((await items.checkProcessedAndRecord(marks, 'node', options)).new);
}
