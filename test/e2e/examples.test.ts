import { join } from 'node:path';
import axios from 'axios';

import { SandboxClient } from '../../sandbox/client';
import { ROOT } from '../../scripts/root.mjs';
import { until } from '../../scripts/run/until.mjs';
import { importExample } from '../../scripts/start/import.mjs';
import {
	connections,
	type Execution,
	n8n,
	type N8nClient,
	outputOf,
	type Workflow,
} from './support/n8n';

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
	const quickly = (node: Workflow['nodes'][number]) => {
		if (node.name === 'Wait a Minute')
			Object.assign(node.parameters, { amount: 1, unit: 'seconds' });
	};

	/** Posts an order as the shop does, and gives the execution that it starts. */
	async function ordered(phone: string): Promise<Execution> {
		const workflowId = await imported(example, quickly);
		await client.activateWorkflow(workflowId);
		const order = { phone, name: 'Ana', order_id: '1042' };
		await axios.post(`${client.url}/webhook/order-confirmed`, order, { proxy: false });
		const started = await until(
			async () => (await client.executions({ workflowId })).find(({ mode }) => mode === 'webhook'),
			{ what: 'The webhook starts the workflow', timeoutMs: 20_000 },
		);
		return await client.finishedExecution(started.id);
	}

	it('is done when the message is delivered', async () => {
		const execution = await ordered('+12025550110');
		expect(execution.status).toBe('success');
		expect(json(execution, 'Send Template')).toMatchObject([{ recipient: '+12025550110' }]);
		expect(json(execution, 'Done')).toMatchObject([
			{ note: expect.stringMatching(/^Order 1042: (delivered|read) at look \d\.$/) },
		]);
		expect(await bird.messages()).toEqual([]);
	});

	it('escalates at once when the message fails', async () => {
		// The sandbox lets messages to this number fail.
		const execution = await ordered('+12025550135');
		expect(json(execution, 'Escalate by SMS')).toMatchObject([
			{ provider: 'bird', recipient: '+12025550135', reference: 'order-1042' },
		]);
		expect(execution.data.resultData.runData['Look Up Status'].length).toBeLessThan(5);
	});

	it('escalates after five looks when nothing is heard', async () => {
		const execution = await ordered('+12025550139');
		expect(json(execution, 'Escalate by SMS')).toMatchObject([{ recipient: '+12025550139' }]);
		expect(execution.data.resultData.runData['Look Up Status']).toHaveLength(5);
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
