import { batchFlow, postBatch } from '../../scripts/n8n/batchFlow.mjs';
import { type OnceCost, type OnceFigures, round } from '../figures';
import { birdBulk, birdSend, type MeasuredNode } from '../n8n/flows';
import { type Bench, scaled } from '../scenario';
import { settled } from './executions';
import { batchOf, type FreshQueue, numbers, withFreshQueue } from './queueSession';
import { race } from './race';

const BATCH = 50;
/** As many as the node remembers by default. */
const BULK = 10_000;
const REPEATS = 5;
const LATENCY_MS = 20;
const SETTLED_WITHIN_MS = 120_000;
const FREE = { requestsPerSecond: 1_000_000 };

/** What Send Once Key costs in queue mode, and what two workers do that meet. */
export async function measureOnce(bench: Bench): Promise<OnceFigures> {
	return await withFreshQueue(bench, async (fresh) => {
		const { accounts } = fresh;
		await bench.vendor.restart({ latencyMs: LATENCY_MS });
		const full = scaled(BULK, bench.scale);
		const onceSend = birdSend(accounts, { ...FREE, onceKey: '=order-{{ $json.phone }}' });
		const onceBulk = birdBulk(accounts, {
			options: { ...FREE, onceKey: 'order-[[phone]]' },
		});
		return {
			batch: await cost(fresh, 'batch', BATCH, full, birdSend(accounts, FREE), onceSend),
			bulk: await cost(fresh, 'bulk', full, full, birdBulk(accounts, { options: FREE }), onceBulk),
			race: await race(bench, fresh, 'race', onceSend, 0),
			raceWithFullHistory: await race(bench, fresh, 'race-full', onceSend, full),
		};
	});
}

/** Runs a node without and with a key in turn. Each recipient comes once, so every key is new. */
async function cost(
	fresh: FreshQueue,
	path: string,
	recipients: number,
	remembered: number,
	without: MeasuredNode,
	withKey: MeasuredNode,
): Promise<OnceCost> {
	const ids: Record<'without' | 'with', string> = {
		without: await fresh.activated(batchFlow(`${path}-without`, without)),
		with: await fresh.activated(batchFlow(`${path}-with`, withKey)),
	};
	const times: Record<'without' | 'with', number[]> = { without: [], with: [] };
	const prefix = path === 'bulk' ? '+4916' : '+4915';
	for (const way of ['without', 'with'] as const) {
		await timeOf(fresh, ids[way], `${path}-${way}`, numbers('+4917', 0, remembered));
	}
	for (let repeat = 0; repeat < REPEATS; repeat++) {
		for (const way of ['without', 'with'] as const) {
			const list = numbers(prefix, repeat, recipients);
			times[way].push(await timeOf(fresh, ids[way], `${path}-${way}`, list));
		}
	}
	const [seconds, secondsWithKey] = [middle(times.without), middle(times.with)];
	return {
		recipients,
		seconds: round(seconds),
		secondsWithKey: round(secondsWithKey),
		addedPercent: round((secondsWithKey / seconds - 1) * 100, 1),
	};
}

/** How long the sending node takes for these recipients, in seconds. */
async function timeOf(
	{ queue }: FreshQueue,
	workflowId: string,
	path: string,
	recipients: string[],
): Promise<number> {
	await postBatch(queue.webhookUrl, path, batchOf(recipients));
	await settled(queue, [workflowId], SETTLED_WITHIN_MS);
	const [{ id }] = await queue.executions({ workflowId });
	const { status, data } = await queue.finishedExecution(id);
	const [run] = data.resultData.runData.Send ?? [];
	if (!run || status !== 'success') throw new Error(`The flow ${path} has ended as ${status}`);
	return run.executionTime / 1000;
}

const middle = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
