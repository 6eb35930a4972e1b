import { randomUUID } from 'node:crypto';
import { sleep } from 'n8n-workflow';

import { witness } from './marks';
import type { ProcessedItems } from './once';
import { pauseAfter, type Row } from './row';

const ATTEMPTS = 5;

/** Where marks stand, and who is told of those that mean nothing any more. */
export interface Marks {
	row: Row;
	items: ProcessedItems;
	/** They are removed some time. */
	isUseless(marks: string[]): void;
}

/**
 * Removes marks together with a witness, again and again until the witness is gone: another process
 * may write the row back as it was before. At last it gives up, and what should have gone stays.
 *
 * @throws whatever the database throws
 */
export async function takeBack(place: Marks, marks: string[]): Promise<void> {
	if (marks.length === 0) return;
	const { row, items } = place;
	const mark = newWitness(place);
	await row.record(items, [mark]);
	for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
		await row.remove(items, [...marks, mark]);
		await sleep(pauseAfter(row.lastMs));
		const { fresh } = await row.record(items, [mark]);
		if (fresh.has(mark)) break;
	}
}

export function newWitness({ isUseless }: Marks): string {
	const mark = witness(randomUUID());
	isUseless([mark]);
	return mark;
}
