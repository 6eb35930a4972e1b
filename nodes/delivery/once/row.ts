import { type ICheckProcessedOptions, sleep } from 'n8n-workflow';

import { withLock } from './lock';
import type { OncePlace } from './once';

/** Marks in one call: reading and writing the row takes the same time for one as for thousands. */
const MOST_RECORDED = 5000;
/** n8n searches the whole row for each mark that it removes. */
const MOST_REMOVED = 200;
/** For a database that is busy. */
const ATTEMPTS = 4;
const PAUSE_MS = 40;

/** Between two calls, in which another process gets its turn. */
const GAP_MS = 8;

interface Task {
	kind: 'record' | 'recordAndTrim' | 'remove';
	place: OncePlace;
	marks: string[];
	/** How many marks the row may hold afterwards. */
	most: number;
	done(fresh: Set<string>): void;
	failed(error: unknown): void;
}

/**
 * The row in n8n's database that holds one node's marks. n8n reads it, changes it and writes it back.
 * Within a process everything goes through one queue: one call at a time, and all of a kind that waits
 * meanwhile goes along in the next. Between processes there is a lock.
 */
export class Row {
	private tasks: Task[] = [];

	private isWorking = false;

	/**
	 * Records marks.
	 *
	 * @param most how many marks the row may hold: the oldest are dropped. Without it none is, so
	 *   that an answer and what it is about cannot be dropped apart.
	 * @returns the marks that were not there
	 * @throws whatever the database throws
	 */
	async record(place: OncePlace, marks: string[], most?: number): Promise<Set<string>> {
		const kind = most === undefined ? 'record' : 'recordAndTrim';
		const parts = await this.inParts({ kind, place, marks, most: most ?? 0 }, MOST_RECORDED);
		return new Set(parts.flatMap((fresh) => [...fresh]));
	}

	/** @throws whatever the database throws */
	async remove(place: OncePlace, marks: string[]): Promise<void> {
		await this.inParts({ kind: 'remove', place, marks, most: 0 }, MOST_REMOVED);
	}

	private async inParts(
		task: Omit<Task, 'done' | 'failed'>,
		size: number,
	): Promise<Array<Set<string>>> {
		const parts: Array<Promise<Set<string>>> = [];
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
			try {
				const { lock } = together[0].place;
				const fresh = await withLock(lock, async () => await attempts(together));
				for (const { marks, done } of together)
					done(new Set(marks.filter((mark) => fresh.has(mark))));
			} catch (error) {
				for (const { failed } of together) failed(error);
			}
			if (this.tasks.length > 0) await sleep(GAP_MS);
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

/** @throws the last error, after as many attempts as it takes */
async function attempts(tasks: Task[]): Promise<Set<string>> {
	for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
		try {
			return await call(tasks);
		} catch {
			await sleep(PAUSE_MS * attempt * (0.5 + Math.random()));
		}
	}
	return await call(tasks);
}

async function call(tasks: Task[]): Promise<Set<string>> {
	const [{ kind, place }] = tasks;
	const marks = tasks.flatMap((task) => task.marks);
	const options: ICheckProcessedOptions = { mode: 'entries' };
	if (kind === 'remove') {
		await place.items.removeProcessed(marks, 'node', options);
		return new Set();
	}
	if (kind === 'recordAndTrim') options.maxEntries = Math.max(...tasks.map(({ most }) => most));
	const { new: fresh } = await place.items.checkProcessedAndRecord(marks, 'node', options);
	return new Set(fresh as string[]);
}
