import { postBatch } from '../../scripts/n8n/batchFlow.mjs';
import { N8N_1_VERSION } from '../../scripts/n8n/install.mjs';
import { perWorker, type RunningQueue, SOON_GONE, startQueue } from '../../scripts/n8n/queue.mjs';
import { until } from '../../scripts/run/until.mjs';
import { SandboxClient } from '../../sandbox/client';
import { connections, outputOf } from './support/n8n';
import { activated, birdSend, ended, inTheMidst, numbers, post, sentSend } from './support/queue';
import {
	countingVendor,
	endingOf,
	onceNode,
	orders,
	timesReached,
	VENDORS,
} from './support/sendOnce';

const BATCHES = 6;
const SIZE = 8;
/** A batch takes four times as long. */
const LATENCY_MS = 1000;
const ALL = Array.from({ length: BATCHES }, (_, batch) => numbers(batch, SIZE)).flat();

jest.setTimeout(180_000);

/**
 * Unlike n8n 2, n8n 1 gives the executions of a worker that is gone to another one, from their
 * start on, unless QUEUE_WORKER_MAX_STALLED_COUNT is 0.
 */
describe('n8n 1 in queue mode, when a worker is killed while it sends', () => {
	let queue: RunningQueue;
	let bird: SandboxClient;
	let sent: SandboxClient;
	let executions: Record<'bird' | 'sent' | 'once', Awaited<ReturnType<typeof ended>>>;
	/** Knows no idempotency keys: what is sent once, is so by n8n's memory. */
	const once = countingVendor(VENDORS.bird);

	beforeAll(async () => {
		const { sandbox, tarball } = connections();
		bird = new SandboxClient(sandbox.url, 'bird');
		sent = new SandboxClient(sandbox.url, 'sent');
		for (const vendor of [bird, sent]) {
			await vendor.reset();
			await vendor.limit({ requests: null });
			await vendor.latency(LATENCY_MS);
		}
		queue = await startQueue({ version: N8N_1_VERSION, tarball, env: SOON_GONE });
		const options = { maxInFlight: 2, requestsPerSecond: 100 };
		once.script = () => ({ kind: 'take-late', ms: LATENCY_MS });
		const onceSend = await onceNode(queue, VENDORS.bird, await once.open(), options);
		const workflows = {
			bird: await activated(queue, 'bird', await birdSend(queue, options)),
			sent: await activated(queue, 'sent', await sentSend(queue, options)),
			once: await activated(queue, 'once', onceSend),
		};
		for (let batch = 0; batch < BATCHES; batch++) {
			const phones = numbers(batch, SIZE);
			await Promise.all([
				post(queue, 'bird', { phones }),
				post(queue, 'sent', { phones }),
				postBatch(queue.webhookUrl, 'once', { recipients: orders(batch * SIZE, SIZE) }),
			]);
		}
		await until(
			async () => {
				const begun = JSON.stringify((await bird.messages()).map(({ request }) => request));
				const ofBird = await inTheMidst(queue, workflows.bird);
				const isSending = [
					ofBird.some((id) => begun.includes(`"text":"${id}"`)),
					(await sent.messages()).length > 0,
					(await inTheMidst(queue, workflows.sent)).length > 0,
					once.reached.length > 0,
					(await inTheMidst(queue, workflows.once)).length > 0,
				];
				return isSending.every(Boolean) ? true : undefined;
			},
			{ what: 'The first worker sends through all flows', timeoutMs: 60_000 },
		);
		await queue.killWorker(0);
		once.script = () => ({ kind: 'take' });
		await Promise.all([bird.latency(0), sent.latency(0)]);
		executions = {
			bird: await ended(queue, workflows.bird, BATCHES),
			sent: await ended(queue, workflows.sent, BATCHES),
			once: await ended(queue, workflows.once, BATCHES),
		};
	}, 300_000);
	afterAll(async () => {
		await queue?.stop();
		await once.close();
	}, 60_000);

	it('another worker runs its executions again, and nothing is lost', async () => {
		const all = [...executions.bird, ...executions.sent];
		expect(all.map(({ status }) => status)).toEqual(Array(2 * BATCHES).fill('success'));
		const [killed, other] = await perWorker(queue, all);
		expect(killed.filter((id) => other.includes(id))).not.toEqual([]);
		for (const vendor of [bird, sent]) {
			const recipients = (await vendor.messages()).map(({ recipient }) => recipient);
			expect([...new Set(recipients)].sort()).toEqual(ALL);
		}
	});

	it('a vendor that knows idempotency keys takes nothing twice, whoever sends it', async () => {
		expect(await sent.duplicates()).toEqual([]);
	});

	it('with a Send Once Key nobody gets it twice, and who may have got nothing is said', async () => {
		const [killed, other] = await perWorker(queue, executions.once);
		expect(killed.filter((id) => other.includes(id))).not.toEqual([]);
		const outputs = await Promise.all(
			executions.once.map(async ({ id }) => outputOf(await queue.finishedExecution(id), 'Send')),
		);
		expect(outputs.flat()).toHaveLength(BATCHES * SIZE);
		const unknown = outputs.flat().filter((item) => endingOf(item) === 'unknown').length;
		expect(unknown).toBeGreaterThan(0);
		const times = orders(0, BATCHES * SIZE).map(({ order }) => timesReached(once, order));
		expect(Math.max(...times)).toBe(1);
		expect(times.filter((count) => count === 0).length).toBeLessThanOrEqual(unknown);
		expect(new Set(outputs.flat().map(endingOf))).not.toContain('not_sent');
	});

	it('others take again what the killed worker had sent, and only that', async () => {
		const [killed, other] = await perWorker(queue, executions.bird);
		const repeated = killed.filter((id) => other.includes(id));
		const duplicates = await bird.duplicates();
		expect(duplicates).not.toEqual([]);
		expect(duplicates.length).toBeLessThanOrEqual(repeated.length * SIZE);
		for (const { count } of duplicates) expect(count).toBe(2);
	});
});
