import { type Batch, batchFlow, meetingFlow, postBatch } from '../../scripts/n8n/batchFlow.mjs';
import { perWorker, type RunningQueue, SOON_GONE, startQueue } from '../../scripts/n8n/queue.mjs';
import { until } from '../../scripts/run/until.mjs';
import type { ScriptedVendor } from '../engine/contract/scriptedVendor';
import { connections } from './support/n8n';
import { ended } from './support/queue';
import {
	countingVendor,
	type OnceVendor,
	onceNode,
	orders,
	sendBatches,
	timesReached,
	VENDORS,
} from './support/sendOnce';

/** Send Once Key on PostgreSQL and Redis, with two workers, which share nothing but the database. */

jest.setTimeout(240_000);

let queue: RunningQueue;
beforeAll(async () => {
	const { tarball } = connections();
	queue = await startQueue({ workers: 2, webhookProcessors: 1, tarball, env: SOON_GONE });
}, 300_000);
afterAll(async () => {
	await queue?.stop();
}, 60_000);

const open: ScriptedVendor[] = [];
afterAll(async () => {
	for (const vendor of open) await vendor.close();
});

/** A flow that sends to a vendor of its own. */
async function flowTo(
	description: OnceVendor,
	path: string,
	{ options = {}, flow = batchFlow }: { options?: object; flow?: typeof batchFlow } = {},
) {
	const vendor = countingVendor(description);
	open.push(vendor);
	const node = await onceNode(queue, description, await vendor.open(), options);
	const id = await queue.importWorkflow(flow(path, node));
	await queue.activateWorkflow(id);
	const send = async (batches: Batch[]) => await sendBatches(queue, id, path, batches);
	return { vendor, id, send };
}

const batch = (from: number, count: number): Batch => ({ recipients: orders(from, count) });
const expectAll = (endings: string[], ending: string, count: number) =>
	expect(endings).toEqual(Array(count).fill(ending));

it('20 executions at once on two workers send nobody twice, and none forgets another', async () => {
	const { vendor, send } = await flowTo(VENDORS.bird, 'once-20');
	// Each shares half of its orders with the next.
	const batches = Array.from({ length: 20 }, (_, at) => batch(at * 5, 10));
	const first = await send(batches);
	for (const ids of await perWorker(queue, first)) expect(ids).not.toEqual([]);
	expect([...vendor.reached].sort()).toEqual(orders(0, 105).map(({ phone }) => phone));
	const endings = first.flatMap((execution) => execution.endings);
	expect(endings.filter((one) => one === 'sent')).toHaveLength(105);
	// What the other worker had begun and not ended yet is unknown to this one.
	expect(first.flatMap(({ reasons }) => reasons)).toEqual([]);

	// All at once again: who asks while many others do may not get an answer, and sends nothing.
	const second = await send(batches);
	expect(second.flatMap(({ reasons }) => reasons)).toEqual([]);
	const again = second.flatMap((execution) => execution.endings);
	expect(again).toHaveLength(200);
	expect(again.filter((one) => one !== 'alreadySent' && one !== 'unknown')).toEqual([]);
	// Once all is quiet, everything is known.
	const [{ endings: last }] = await send([batch(0, 105)]);
	expectAll(last, 'alreadySent', 105);
	expect(vendor.reached).toHaveLength(105);
});

it.each([
	['an empty', 1],
	['a long', 4000],
])(
	'two workers that claim the same keys at once never both send, with %s history',
	async (_which, remembered) => {
		const ROUNDS = 8;
		const EXECUTIONS = 4;
		const ORDERS = 5;
		const path = `once-race-${remembered}`;
		const { vendor, send } = await flowTo(VENDORS.bird, path, { flow: meetingFlow });
		await send([{ ...batch(90_000, remembered), at: new Date().toISOString() }]);
		let met = 0;
		for (let round = 0; round < ROUNDS; round++) {
			const at = new Date(Date.now() + 700).toISOString();
			const same = { ...batch(round * ORDERS, ORDERS), at };
			const executions = await send(Array(EXECUTIONS).fill(same));
			const workers = await perWorker(queue, executions);
			if (workers.every((ids) => ids.length > 0)) met++;
			// Whoever is told that nobody knows, is not told that nothing was sent.
			for (const { order } of orders(round * ORDERS, ORDERS)) {
				expect(timesReached(vendor, order)).toBe(1);
			}
		}
		expect(met).toBeGreaterThan(0);
	},
);

it('forgets the oldest when the history is full, on whichever worker', async () => {
	const { vendor, send } = await flowTo(VENDORS.bird, 'once-full', {
		options: { onceHistory: 10 },
	});
	for (let from = 0; from < 40; from += 5) {
		const [{ endings }] = await send([batch(from, 5)]);
		expectAll(endings, 'sent', 5);
	}
	const [newest] = await send([batch(30, 10)]);
	expectAll(newest.endings, 'alreadySent', 10);
	const [oldest] = await send([batch(0, 5)]);
	expectAll(oldest.endings, 'sent', 5);
	expect(vendor.reached).toHaveLength(45);
});

describe('when a worker is killed while it sends', () => {
	const BATCHES = 3;
	const SIZE = 30;
	const PEOPLE = BATCHES * SIZE;
	const batches = Array.from({ length: BATCHES }, (_, at) => batch(at * SIZE, SIZE));
	const names = Object.keys(VENDORS);
	const flows: Record<string, Awaited<ReturnType<typeof flowTo>>> = {};
	let failed = 0;

	beforeAll(async () => {
		for (const name of names) {
			const options = { maxInFlight: 2 };
			flows[name] = await flowTo(VENDORS[name], `killed-${name}`, { options });
			flows[name].vendor.script = () => ({ kind: 'take-late', ms: 150 });
		}
		const posts = names.flatMap((name) =>
			batches.map(async (one) => await postBatch(queue.webhookUrl, `killed-${name}`, one)),
		);
		await Promise.all(posts);
		const isUnderWay = () =>
			names.every((name) => flows[name].vendor.reached.length >= PEOPLE / 4) ? true : undefined;
		await until(async () => isUnderWay(), {
			what: 'Some are accepted everywhere',
			timeoutMs: 60_000,
		});
		await queue.killWorker(0);
		for (const name of names) {
			const executions = await ended(queue, flows[name].id, BATCHES);
			failed += executions.filter(({ status }) => status !== 'success').length;
			flows[name].vendor.script = () => ({ kind: 'take' });
		}
	}, 240_000);

	it('n8n ends its executions as failed', () => {
		expect(failed).toBeGreaterThan(0);
	});

	let known = 0;
	let unknown = 0;

	it.each(names)(
		'%s: the same batches once more send nobody twice and lose nobody unsaid',
		async (name) => {
			const { vendor, send } = flows[name];
			for (const [at, one] of batches.entries()) {
				const [{ endings }] = await send([one]);
				expect(endings).toHaveLength(SIZE);
				for (const [index, ending] of endings.entries()) {
					const times = timesReached(vendor, at * SIZE + index);
					expect(times).toBeLessThanOrEqual(1);
					if (ending === 'sent' || ending === 'alreadySent') expect(times).toBe(1);
					else expect(ending).toBe('unknown');
				}
				known += endings.filter((ending) => ending === 'alreadySent').length;
				unknown += endings.filter((ending) => ending === 'unknown').length;
			}
		},
	);

	it('what was accepted a second before is known, and what nobody knows is said', () => {
		expect(known).toBeGreaterThan(0);
		expect(unknown).toBeGreaterThan(0);
	});
});
