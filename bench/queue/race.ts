import { setTimeout as sleep } from 'node:timers/promises';

import { meetingFlow, postBatch } from '../../scripts/n8n/batchFlow.mjs';
import { perWorker } from '../../scripts/n8n/queue.mjs';
import { type OnceRace, round as rounded } from '../figures';
import type { MeasuredNode } from '../n8n/flows';
import { type Bench, scaled } from '../scenario';
import { type ReadExecution, settled } from './executions';
import { batchOf, firstRecipient, type FreshQueue, numbers } from './queueSession';

const ROUNDS = 200;
const KEYS = 5;
/** With so many executions a round it is likely that each of two workers has one. */
const EXECUTIONS = 4;
const ROUND_EVERY_MS = 400;
/** So long before its moment a round is posted: it is on the workers by then, and waits. */
const AHEAD_MS = 1500;
/** Two that begin within this have met. */
const WITHIN_MS = 10;
const LATENCY_MS = 20;
const SETTLED_WITHIN_MS = 120_000;

/**
 * Lets the workers claim the same keys at the same moment, round for round, and counts who got two
 * messages.
 *
 * @param remembered so many keys the node remembers before
 */
export async function race(
	{ vendor, scale }: Bench,
	{ queue, activated, endedOf }: FreshQueue,
	path: string,
	node: MeasuredNode,
	remembered: number,
): Promise<OnceRace> {
	const id = await activated(meetingFlow(path, node));
	const now = () => new Date().toISOString();
	// Also with none, so that n8n has the row: two that make it at once would not get by.
	const before = numbers('+4917', 0, Math.max(1, remembered));
	await postBatch(queue.webhookUrl, path, { ...batchOf(before), at: now() });
	await settled(queue, [id], SETTLED_WITHIN_MS);

	await vendor.restart({ latencyMs: LATENCY_MS });
	const rounds = Array.from({ length: scaled(ROUNDS, scale) }, (_, at) =>
		numbers('+4915', at, KEYS),
	);
	const posts: Array<Promise<void>> = [];
	for (const keys of rounds) {
		const batch = { ...batchOf(keys), at: new Date(Date.now() + AHEAD_MS).toISOString() };
		for (let execution = 0; execution < EXECUTIONS; execution++) {
			posts.push(postBatch(queue.webhookUrl, path, batch));
		}
		await sleep(ROUND_EVERY_MS);
	}
	await Promise.all(posts);
	await settled(queue, [id], SETTLED_WITHIN_MS);

	const executions = await endedOf(id, 'Webhook', firstRecipient);
	const workers = (await perWorker(queue, executions)).map((ids) => new Set(ids));
	const met = rounds.filter((keys) => haveMet(workers, executions, keys[0]));
	const messages = await vendor.messages();
	const doubled = (keys: string[]) => keys.filter((key) => (messages[key] ?? 0) > 1).length;
	const doubledRounds = met.filter((keys) => doubled(keys) > 0).length;
	const lost = rounds.flat().filter((key) => !messages[key]);
	const isSaid = new Set(
		executions.filter(({ status }) => status !== 'success').map(({ key }) => key),
	);
	const silent = lost.filter((key) => !isSaid.has(rounds.find((keys) => keys.includes(key))?.[0]));
	return {
		rounds: met.length,
		withinMs: WITHIN_MS,
		keysInRound: KEYS,
		remembered,
		doubledRounds,
		doubledKeys: doubled(met.flat()),
		doubledPercent: rounded((doubledRounds / met.length) * 100, 2),
		lostReported: lost.length - silent.length,
		lostSilently: silent.length,
	};
}

/** Whether both workers began to send these keys at the same moment. */
function haveMet(workers: Array<Set<string>>, executions: ReadExecution[], key: string): boolean {
	const moments = workers.map((ids) =>
		executions
			.filter((execution) => execution.key === key && ids.has(execution.id))
			.flatMap(({ sendAt }) => sendAt ?? []),
	);
	const [first, second] = moments;
	return first.some((one) => second.some((other) => Math.abs(one - other) <= WITHIN_MS));
}
