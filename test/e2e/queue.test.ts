import axios from 'axios';
import { perWorker, type RunningQueue, SOON_GONE, startQueue } from '../../scripts/n8n/queue.mjs';
import { until } from '../../scripts/run/until.mjs';
import { SandboxClient } from '../../sandbox/client';
import { linkSentTo, press } from './support/answerPage';
import { connections, type Execution, outputOf } from './support/n8n';
import { statusFlow } from './support/statusFlow';
import {
	birdCredentials,
	birdSend,
	ended,
	inTheMidst,
	numbers,
	post,
	run,
	sentSend,
} from './support/queue';

jest.setTimeout(120_000);

let queue: RunningQueue;
let bird: SandboxClient;
let sent: SandboxClient;

beforeAll(async () => {
	const { sandbox, tarball } = connections();
	bird = new SandboxClient(sandbox.url, 'bird');
	sent = new SandboxClient(sandbox.url, 'sent');
	queue = await startQueue({ workers: 2, webhookProcessors: 1, tarball, env: SOON_GONE });
}, 300_000);
afterAll(async () => {
	await queue?.stop();
}, 60_000);

const textOf = ({ content }: { content: unknown }): string =>
	(content as { text: { text: string } }).text.text;

const messageIdOf = (execution: Execution) =>
	outputOf(execution, 'Status')[0]?.json.messageId as string;

/** The most of these moments that lie in any stretch of so many milliseconds. */
const mostWithin = (ms: number, moments: number[]): number =>
	Math.max(
		...moments.map((start) => moments.filter((at) => at >= start && at < start + ms).length),
	);

describe('while all workers run', () => {
	beforeEach(() => bird.reset());

	it('takes webhooks on the webhook processor and sends on the workers', async () => {
		await bird.latency(200);
		const workflowId = await run(queue, 'orders', await birdSend(queue), 20, 1);
		const executions = await ended(queue, workflowId, 20);

		expect(executions.map(({ status }) => status)).toEqual(Array(20).fill('success'));
		const [first, second] = await perWorker(queue, executions);
		expect(first).not.toEqual([]);
		expect(second).not.toEqual([]);
		const messages = await bird.messages();
		expect(messages.map(textOf).sort()).toEqual([...first, ...second].sort());
		expect(messages.map(({ recipient }) => recipient).sort()).toEqual(
			Array.from({ length: 20 }, (_, batch) => numbers(batch, 1)[0]),
		);

		const atMain = axios.post(`${queue.url}/webhook/orders`, {}, { proxy: false });
		await expect(atMain).rejects.toMatchObject({ response: { status: 404 } });
	});

	it('paces each worker by itself', async () => {
		const workflowId = await run(
			queue,
			'paced',
			await birdSend(queue, { requestsPerSecond: 4 }),
			6,
			5,
		);
		const executions = await ended(queue, workflowId, 6);

		const messages = await bird.messages();
		expect(messages).toHaveLength(30);
		for (const ids of await perWorker(queue, executions)) {
			const arrivals = messages
				.filter((message) => ids.includes(textOf(message)))
				.map(({ arrivedAt }) => arrivedAt);
			expect(mostWithin(1000, arrivals)).toBeLessThanOrEqual(4);
		}
	});

	it('sends each message once when the vendor refuses both workers for a while', async () => {
		await bird.limit({ rule: 'POST', requests: 8, perMs: 1000, retryAfter: 1 });
		const workflowId = await run(queue, 'limited', await birdSend(queue), 8, 5);
		const executions = await ended(queue, workflowId, 8);

		expect(executions.map(({ status }) => status)).toEqual(Array(8).fill('success'));
		expect((await bird.stats()).rejected429).toBeGreaterThan(0);
		expect((await bird.messages()).map(({ recipient }) => recipient).sort()).toEqual(
			Array.from({ length: 8 }, (_, batch) => numbers(batch, 5)).flat(),
		);
	});
});

it('a question is answered through the webhook processor, and any worker goes on', async () => {
	await bird.reset();
	const { parameters, ...node } = await birdSend(queue);
	const question = {
		...node,
		parameters: { ...parameters, operation: 'sendAndWait', message: 'May I?' },
	};
	const workflowId = await run(queue, 'asked', question, 1, 1);
	const link = await linkSentTo(bird);
	expect(link).toMatch(new RegExp(`^${queue.webhookUrl}/webhook-waiting/`));
	const execution = async () => (await queue.executions({ workflowId }))[0];
	await until(async () => ((await execution()).status === 'waiting' ? true : undefined), {
		...{ what: 'The execution waits', timeoutMs: 20_000 },
	});
	await press(link, 'Approve');
	const { id } = await execution();
	const [item] = outputOf(await queue.finishedExecution(id), 'Send');
	expect(item.json).toMatchObject({ provider: 'bird', data: { approved: true } });
	expect(item.json.messageId).toBe((await bird.messages())[0].messageId);
});

it('signed webhooks are judged on the webhook processor and run on the workers', async () => {
	await bird.reset();
	await bird.settings({ allowInsecureWebhookUrls: true, stepMs: 10 });
	const credentials = await birdCredentials(queue);
	const trigger = await queue.importWorkflow(statusFlow(credentials));
	await queue.activateWorkflow(trigger);
	const { targets } = await bird.webhooks();
	expect(targets.map(({ url }) => url)).toEqual([
		expect.stringMatching(new RegExp(`^${queue.webhookUrl}/webhook/`)),
	]);

	await run(queue, 'told', await birdSend(queue), 10, 1);
	// A vendor tells again what n8n has not answered in time, as on a busy machine.
	const told = await until(
		async () => {
			const executions = await ended(queue, trigger, 10);
			const all = await Promise.all(executions.map(async ({ id }) => await queue.execution(id)));
			return new Set(all.map(messageIdOf)).size === 10 ? all : undefined;
		},
		{ what: 'All statuses have arrived', timeoutMs: 60_000 },
	);
	expect(new Set(told.map(({ status }) => status))).toEqual(new Set(['success']));
	expect((await perWorker(queue, told)).flat()).toHaveLength(told.length);
	const messages = await bird.messages();
	expect([...new Set(told.map(messageIdOf))].sort()).toEqual(
		messages.map(({ messageId }) => messageId).sort(),
	);

	const forged = { service: 'channels', event: 'sms.outbound', payload: { status: 'delivered' } };
	const answer = axios.post(targets[0].url, forged, { proxy: false });
	await expect(answer).rejects.toMatchObject({ response: { status: 401 } });
	expect(await queue.webhookProcessors[0].log()).toContain('answered a webhook with 401');

	await queue.deactivateWorkflow(trigger);
	const { targets: left, deliveries } = await bird.webhooks();
	expect(left).toEqual([]);
	// Nothing but what the vendor has told has started the flow.
	const tellings = deliveries.filter(({ body }) => body.includes('"status":"delivered"'));
	const started = await queue.executions({ workflowId: trigger });
	expect(started.length).toBeGreaterThanOrEqual(told.length);
	expect(started.length).toBeLessThanOrEqual(tellings.length);
});

describe('when a worker is killed while it sends', () => {
	const BATCHES = 8;
	const SIZE = 10;
	const all = Array.from({ length: BATCHES }, (_, batch) => numbers(batch, SIZE));
	let workflowId: string;
	let executions: Awaited<ReturnType<typeof ended>>;
	let accepted: string[];

	const failed = () => executions.filter(({ status }) => status !== 'success');

	beforeAll(async () => {
		await sent.reset();
		await sent.limit({ requests: null });
		await sent.latency(1000);
		const node = await sentSend(queue, {
			maxInFlight: 2,
			requestsPerSecond: 100,
			idempotencyKey: '=shipped-{{ $json.phone.slice(1) }}',
		});
		workflowId = await run(queue, 'killed', node, BATCHES, SIZE);
		await until(
			async () => {
				const isSending = (await inTheMidst(queue, workflowId)).length > 0;
				return isSending && (await sent.messages()).length >= SIZE ? true : undefined;
			},
			{ what: 'The first worker sends', timeoutMs: 60_000 },
		);
		await queue.killWorker(0);
		executions = await ended(queue, workflowId, BATCHES);
		accepted = (await sent.messages()).map(({ recipient }) => recipient);
	}, 240_000);

	it('n8n ends its executions as failed, and the others are not concerned', async () => {
		const [killed, other] = await perWorker(queue, executions);
		const ids = failed().map(({ id }) => id);
		expect(ids.length).toBeGreaterThan(0);
		expect(killed).toEqual(expect.arrayContaining(ids));
		expect(other).not.toEqual(expect.arrayContaining(ids));
		for (const id of ids) {
			const { status, data } = await queue.execution(id);
			expect(status).toBe('error');
			expect(data.resultData.error?.message).toContain('will no longer retry');
			// n8n cannot say what had been sent.
			expect(data.resultData.runData).toEqual({});
		}
	});

	it('no message is sent twice, and what is missing is in the failed executions', async () => {
		expect(new Set(accepted).size).toBe(accepted.length);
		const succeeded = await Promise.all(
			executions
				.filter(({ status }) => status === 'success')
				.map(async ({ id }) => outputOf(await queue.execution(id), 'Send')),
		);
		const reported = succeeded.flat().map(({ json }) => json.recipient);
		expect(accepted).toEqual(expect.arrayContaining(reported));
		expect(reported).toHaveLength((BATCHES - failed().length) * SIZE);
	});

	it('a retry in n8n sends nothing, because n8n has kept nothing to repeat', async () => {
		const [{ id }] = failed();
		// n8n does not always answer when a retry has ended as soon as it has begun, so the list is asked.
		const asked = new AbortController();
		const { signal } = asked;
		const answer = queue.http
			.post(`/rest/executions/${id}/retry`, { loadWorkflow: false }, { signal })
			.catch(() => undefined);
		const retried = await until(
			async () =>
				(await queue.executions({ workflowId })).find(
					({ retryOf, status }) => retryOf === id && status !== 'new' && status !== 'running',
				),
			{ what: 'The retry ends', timeoutMs: 60_000 },
		);
		expect(retried.status).toBe('error');
		asked.abort();
		await answer;
		expect(await sent.messages()).toHaveLength(accepted.length);
	});

	it('the same batches once more send exactly what is missing, by their idempotency keys', async () => {
		await sent.latency(0);
		await Promise.all(all.map((phones) => post(queue, 'killed', { phones })));
		await until(
			async () =>
				(await queue.executions({ workflowId })).length > 2 * BATCHES ? true : undefined,
			{ what: 'All batches are taken', timeoutMs: 60_000 },
		);
		await ended(queue, workflowId, 2 * BATCHES + 1);
		const messages = await sent.messages();
		expect(messages.map(({ recipient }) => recipient).sort()).toEqual(all.flat());
	});
});
