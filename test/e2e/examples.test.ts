import { join } from 'node:path';
import axios from 'axios';

import { SandboxClient } from '../../sandbox/client';
import { ROOT } from '../../scripts/root.mjs';
import { until } from '../../scripts/run/until.mjs';
import { importExample } from '../../scripts/start/import.mjs';
import { linkSentTo, press } from './support/answerPage';
import {
	connections,
	type Execution,
	n8n,
	type N8nClient,
	outputOf,
	type Workflow,
} from './support/n8n';
import { StubModel } from './support/stubModel';

/** The examples across vendors; each vendor's own are run by the tests of the vendor. */

jest.setTimeout(120_000);

const { url } = connections().sandbox;
const bird = new SandboxClient(url, 'bird');
const sent = new SandboxClient(url, 'sent');
const votel = new SandboxClient(url, 'votel');

let client: N8nClient;
beforeAll(async () => void (client = await n8n()));

let id: string | undefined;
beforeEach(async () => {
	for (const vendor of [bird, sent, votel]) await vendor.reset();
});
afterEach(async () => {
	if (id !== undefined) await client.deleteWorkflow(id);
	id = undefined;
});

async function imported(name: string, change?: (node: Workflow['nodes'][number]) => void) {
	const file = join(ROOT, 'examples', `${name}.json`);
	({ id } = await importExample(file, client, connections().sandbox.vendors, change));
	return id;
}

const json = (execution: Execution, node: string) =>
	outputOf(execution, node).map((item) => item.json);

const ORDERS = 'Orders of the Last 15 Minutes';
const orderId = ({ order_id: id }: Record<string, unknown>) => id;

const recipients = async (vendor: SandboxClient) =>
	(await vendor.messages()).map(({ recipient }) => recipient).sort();

describe('fall back to a second vendor', () => {
	it('sends by the second what the first has not taken, and nothing that may have arrived', async () => {
		const workflow = await imported('fall-back-to-second-vendor');
		await bird.fault({ fault: '422', operationId: 'sendMessage' });
		await bird.fault({ fault: 'reset-after', operationId: 'sendMessage' });
		const execution = await client.runWorkflow(workflow);
		expect(execution.status).toBe('success');

		const [looked] = json(execution, 'Look First');
		expect(looked).toMatchObject({
			details: { provider: 'bird', outcome: 'unknown' },
			note: expect.stringContaining('unknown whether the message was accepted'),
		});
		const bySent = json(execution, 'Send by Sent');
		expect(bySent).toHaveLength(1);

		// Whoever was looked at is in Bird's list already; nobody is in both.
		const all = ['+14155550102', '+31612345601', '+447700900103'];
		const [taken, fallen] = [await recipients(bird), await recipients(sent)];
		expect([...taken, ...fallen].sort()).toEqual(all);
		expect(taken).toContain(looked.phone);
		expect(fallen).toEqual([bySent[0].recipient]);
	});

	it('needs no second vendor when all goes well', async () => {
		const execution = await client.runWorkflow(await imported('fall-back-to-second-vendor'));
		expect(json(execution, 'Taken By').map(({ note }) => note)).toEqual([
			'bird has taken the message to +31612345601.',
			'bird has taken the message to +14155550102.',
			'bird has taken the message to +447700900103.',
		]);
		expect(await sent.messages()).toEqual([]);
	});
});

describe('webhook in, template out, wait for delivered, else escalate', () => {
	const example = 'wait-for-delivered-else-escalate';
	/** Nothing that is awaited here takes minutes. */
	const shortly = ({ name, parameters }: Workflow['nodes'][number]) => {
		if (name !== 'Send Template') return;
		parameters.options = { ...(parameters.options as object), waitForDelivery: 4 };
	};

	/** Posts an order as the shop does, and gives the execution that it starts. */
	async function ordered(phone: string): Promise<Execution> {
		const workflowId = await imported(example, shortly);
		await client.activateWorkflow(workflowId);
		const order = { phone, name: 'Ana', order_id: '1042' };
		await axios.post(`${client.url}/webhook/order-confirmed`, order, { proxy: false });
		const started = await until(
			async () => (await client.executions({ workflowId })).find(({ mode }) => mode === 'webhook'),
			{ what: 'The webhook starts the workflow', timeoutMs: 20_000 },
		);
		return await client.finishedExecution(started.id);
	}

	it('takes three nodes', async () => {
		const names: string[] = [];
		await imported(example, ({ name, type }) => {
			if (!type.endsWith('.stickyNote')) names.push(name);
		});
		expect(names).toEqual(['Order Confirmed', 'Send Template', 'Escalate by SMS']);
	});

	// The sandbox lets some numbers be read by WhatsApp, and messages to others come to grief.
	it.each([
		['delivered', '+12025550110'],
		['delivered or read', '+447700900001'],
	])('is done when the message is %s', async (_what, phone) => {
		const execution = await ordered(phone);
		expect(execution.status).toBe('success');
		expect(json(execution, 'Send Template')).toMatchObject([
			{ recipient: phone, status: expect.stringMatching(/^(delivered|read)$/), final: true },
		]);
		expect(await bird.messages()).toEqual([]);
		expect(await sent.messages()).toHaveLength(1);
	});

	it.each([
		['fails', '+12025550135', 'failed'],
		['is filtered', '+12025550133', 'rejected'],
		['is blocked', '+12025550134', 'rejected'],
		['is canceled', '+12025550110', 'canceled'],
		['is not heard of', '+12025550139', 'sent'],
	])('escalates when the message %s', async (_what, phone, status) => {
		if (status === 'canceled') {
			await sent.delays({ ROUTED: null });
			void until(async () => (await sent.messages())[0]?.messageId, {
				what: 'There is a message',
				timeoutMs: 30_000,
			}).then(async (messageId) => await sent.advance({ messageId, status: 'CANCELLED' }));
		}
		const execution = await ordered(phone);
		expect(execution.status).toBe('success');
		expect(json(execution, 'Escalate by SMS')).toMatchObject([
			{ provider: 'bird', recipient: phone, reference: 'order-1042' },
		]);
		const [failed] = outputOf(execution, 'Send Template', 1);
		expect(failed.json).toMatchObject({
			details: { outcome: 'undelivered', delivery: { status, final: status !== 'sent' } },
		});
		expect(await sent.messages()).toHaveLength(1);
	});
});

describe('confirm each order once', () => {
	const example = 'confirm-each-order-once';

	it('run again over an overlapping window, it confirms what is new and nobody twice', async () => {
		const workflow = await imported(example);
		const first = await client.runWorkflow(workflow);
		expect(first.status).toBe('success');
		const confirmed = json(first, 'Confirmed Now');
		expect(confirmed.map(({ recipient }) => recipient).sort()).toEqual(await recipients(bird));
		expect(confirmed).toHaveLength(5);

		const second = await client.runWorkflow(workflow);
		expect(second.status).toBe('success');
		// A new order may have come in meanwhile.
		const orders = new Set([first, second].flatMap((run) => json(run, ORDERS).map(orderId)));
		expect((await recipients(bird)).length).toBe(orders.size);
		expect(new Set(await recipients(bird)).size).toBe(orders.size);
		expect(json(second, 'Confirmed Now')).toHaveLength(orders.size - 5);
		expect(json(second, 'Confirm Order')).toHaveLength(5);
	});

	it('says what nobody knows, and does not send it again; what was refused it sends next time', async () => {
		const workflow = await imported(example);
		await bird.fault({ fault: 'reset-after', operationId: 'sendMessage' });
		await bird.fault({ fault: '422', operationId: 'sendMessage' });
		const first = await client.runWorkflow(workflow);
		expect(json(first, 'Look First')).toMatchObject([{ details: { outcome: 'unknown' } }]);
		const [{ order_id: refused }] = json(first, 'Not Confirmed');
		expect(await recipients(bird)).toHaveLength(4);

		const second = await client.runWorkflow(workflow);
		const [unknown] = json(second, 'Look First');
		expect(unknown).toMatchObject({
			details: { code: 'begun_before' },
			note: expect.stringContaining('Send Once Again'),
		});
		const confirmed = json(second, 'Confirmed Now').map(({ reference }) => reference);
		expect(confirmed).toContain(`order-${refused}`);
		const all = await recipients(bird);
		expect(new Set(all).size).toBe(all.length);
	});
});

describe('keep a list of opt-outs, and write to nobody on it', () => {
	it('who writes STOP is kept in a data table, and the next bulk leaves them out', async () => {
		await bird.settings({ allowInsecureWebhookUrls: true });
		const workflow = await imported('keep-opt-outs');
		await client.activateWorkflow(workflow);
		const channelId = '11111111-0000-4000-8000-000000000001';
		const heard = async (from: string, text: string, count: number) => {
			await bird.simulate('inbound', { channelId, from, text });
			return await until(
				async () => {
					const all = await client.executions({ workflowId: workflow });
					const started = all.filter(({ mode }) => mode === 'webhook');
					return started.length >= count ? started[0].id : undefined;
				},
				{ what: 'The trigger starts the workflow', timeoutMs: 20_000 },
			).then(async (one) => await client.finishedExecution(one));
		};
		expect((await heard('+14155550102', 'Stop!', 1)).status).toBe('success');
		expect((await heard('+447700900103', 'Stop by tomorrow', 2)).status).toBe('success');

		const execution = await client.runWorkflow(workflow, 'Run by Hand');
		expect(execution.status).toBe('success');
		expect(json(execution, 'Get Opt-Outs')).toMatchObject([
			{ phone: '+14155550102', said: 'Stop!' },
		]);
		expect(json(execution, 'Send to All')).toMatchObject([
			{ total: 3, accepted: 2, notSent: 1, keptBack: 1, successRatePercent: 100 },
		]);
		expect(await recipients(bird)).toEqual(['+31612345601', '+447700900103']);
	});
});

describe('nightly bulk from a table, with a summary by email', () => {
	it('sends to each number once, tells by email, and tells nobody twice', async () => {
		const workflow = await imported('nightly-bulk-with-summary');
		const execution = await client.runWorkflow(workflow);
		expect(execution.status).toBe('success');
		expect(json(execution, 'Send to All')).toMatchObject([
			{ total: 5, accepted: 3, duplicates: 1, notSent: 1, successRatePercent: 75 },
		]);
		expect(await recipients(bird)).toEqual(['+14155550102', '+31612345601', '+447700900103']);
		const [email] = await votel.messages();
		expect(email).toMatchObject({ recipient: 'operations@example.com' });
		expect(email.content).toMatchObject({
			subject: 'Nightly messages: 3 of 5 accepted',
			content: expect.stringMatching(
				/^Accepted: 3\nDuplicates: 1\nRejected: 0\nNot sent: 1\n[^]*\n1 × invalid_input: .*"no phone"/,
			),
		});

		const nextNight = await client.runWorkflow(workflow);
		expect(json(nextNight, 'Not Told Yet')).toEqual([]);
		expect(await bird.messages()).toHaveLength(3);
	});
});

describe('ask by SMS before a refund', () => {
	async function wanted(act: (link: string) => Promise<void>): Promise<Execution> {
		const workflow = await imported('sent-ask-before-refund');
		await client.activateWorkflow(workflow);
		const refund = { order_id: '1042', amount: '39.90 EUR', reason: 'It arrived broken' };
		await axios.post(`${client.url}/webhook/refund-wanted`, refund, { proxy: false });
		const link = await linkSentTo(sent);
		const [{ content }] = await sent.messages();
		expect(JSON.stringify(content)).toContain('Refund 39.90 EUR for order 1042?');
		await act(link);
		const { id } = await until(async () => (await client.executions({ workflowId: workflow }))[0], {
			what: 'n8n lists the execution that was answered',
			timeoutMs: 10_000,
		});
		const finished = await client.finishedExecution(id);
		await client.deactivateWorkflow(workflow);
		return finished;
	}

	it('refunds when the person says so', async () => {
		const execution = await wanted(async (link) => await press(link, 'Refund'));
		expect(json(execution, 'Refund')).toEqual([{ refunded: '1042' }]);
		expect(json(execution, 'Keep')).toEqual([]);
	});

	it('keeps the money otherwise, and knows why', async () => {
		const why = 'Ask for a photo first 📷';
		const execution = await wanted(async (link) => await press(link, 'Keep', why));
		expect(json(execution, 'Keep')).toEqual([{ kept: '1042', why }]);
	});
});

describe('an agent that sends only what a person approves', () => {
	const aelyst = new SandboxClient(url, 'aelyst');
	const text = 'Hello Ana, your order 1042 is on its way.';
	let model: StubModel;
	let openAi: { id: string; name: string };
	beforeAll(async () => {
		model = await StubModel.start();
		[openAi] = await client.importCredentials([model.credential]);
	});
	afterAll(async () => await model.stop());
	beforeEach(async () => await aelyst.reset());

	/** The example with a model that does as it is told, started by hand instead of by a chat. */
	async function asked(label: string, words?: string): Promise<string> {
		const workflow = await imported('aelyst-agent-asks-first', (node) => {
			if (node.name === 'Chat') {
				Object.assign(node, {
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					parameters: {},
				});
			}
			if (node.name === 'Agent') {
				Object.assign(node.parameters, { promptType: 'define', text: 'Tell Ana.' });
			}
			if (node.name === 'Model') {
				node.parameters.model = { __rl: true, mode: 'id', value: 'main' };
				node.credentials = { openAiApi: { id: openAi.id, name: openAi.name } };
			}
		});
		const toolParameters = { To: '+60 12-123 3112', Text: text };
		model.script({
			main: [
				[{ tool: 'WhatsApp_to_Customer', args: { toolParameters, hitlParameters: {} } }],
				'Done.',
			],
		});
		const started = await client.startWorkflow(workflow);
		const link = await linkSentTo(aelyst);
		expect(await aelyst.messages()).toHaveLength(1);
		await press(link, label, words);
		const { status } = await client.finishedExecution(started);
		expect(status).toBe('success');
		return model.outcomes('main')[0].text;
	}

	it('sends it when the person says so', async () => {
		await asked('Send it');
		const messages = await aelyst.messages();
		expect(messages.map(({ content }) => JSON.stringify(content))).toEqual([
			expect.stringMatching(new RegExp(`Send this to .*${text}.*webhook-waiting`)),
			expect.stringContaining(text),
		]);
	});

	it('sends nothing otherwise, and the model is told why', async () => {
		expect(await asked('Do not send', 'Say sorry first')).toContain('Say sorry first');
		expect(await aelyst.messages()).toHaveLength(1);
	});
});
