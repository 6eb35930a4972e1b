import { randomUUID } from 'node:crypto';
import { sleep } from 'n8n-workflow';

import { accepted, asked, begun, witness } from './marks';
import type { ProcessedItems } from './once';
import type { Row } from './row';

/** What is known of a key: nobody has begun and it is ours now, it was accepted, or it was begun. */
export type Standing = 'ours' | 'accepted' | 'begun';

/** Beyond this the database is too busy with other processes to tell who may send. */
const ATTEMPTS = 5;
/** How long another process may take between reading the row and writing it, by our own call. */
const PATIENCE = 2;
const SHORTEST_PAUSE_MS = 15;
const LONGEST_PAUSE_MS = 500;

interface Claim {
	row: Row;
	items: ProcessedItems;
	/** Whether this process itself has seen that the key was accepted. */
	isKnown(key: string): boolean;
	/** Marks that mean nothing any more, to be removed some time. */
	isUseless(marks: string[]): void;
}

/**
 * Claims keys, so that nobody else sends what they stand for.
 *
 * Another process may write the row back as it was before ours was in it. So each claim has a
 * witness beside it, and is only ours once the witness is still there after a while. If it is gone,
 * so is the claim, and whoever has the key in the row now has it.
 *
 * @throws whatever the database throws, and when it is impossible to tell
 */
export async function claim(claim: Claim, keys: string[]): Promise<Map<string, Standing>> {
	const { row, items } = claim;
	const standings = new Map<string, Standing>();
	let open = keys;
	for (let attempt = 1; open.length > 0; attempt++) {
		if (attempt > ATTEMPTS) {
			throw new Error('other processes write to it all the time');
		}
		const mark = witness(randomUUID());
		const startedAt = performance.now();
		const fresh = await row.record(items, [...open.map(begun), mark]);
		const tookMs = performance.now() - startedAt;
		claim.isUseless([mark]);
		const taken = open.filter((key) => !fresh.has(begun(key)));
		open = open.filter((key) => fresh.has(begun(key)));
		for (const [key, standing] of await ask(claim, taken)) standings.set(key, standing);
		if (open.length === 0) break;
		await sleep(Math.min(Math.max(tookMs * PATIENCE, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS));
		const isLost = (await row.record(items, [mark])).has(mark);
		if (isLost) continue;
		for (const key of open) standings.set(key, 'ours');
		break;
	}
	return standings;
}

/** Tells accepted from begun. What the question itself records is taken back. */
async function ask(claim: Claim, keys: string[]): Promise<Map<string, Standing>> {
	const { row, items, isKnown } = claim;
	const standings = new Map<string, Standing>();
	for (const key of keys) if (isKnown(key)) standings.set(key, 'accepted');
	const others = keys.filter((key) => !isKnown(key));
	const fresh = await row.record(
		items,
		others.flatMap((key) => [asked(key), accepted(key)]),
	);
	for (const key of others) {
		const isSure = fresh.has(asked(key)) && !fresh.has(accepted(key));
		standings.set(key, isSure ? 'accepted' : 'begun');
	}
	// First what was never true, so that nothing can be taken for accepted that is not.
	const begunOnly = others.filter((key) => standings.get(key) === 'begun');
	await row.remove(items, begunOnly.map(accepted));
	await row.remove(items, others.map(asked));
	return standings;
}
