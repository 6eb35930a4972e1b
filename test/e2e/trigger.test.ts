import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import axios from 'axios';

import { until } from '../../scripts/run/until.mjs';
import { sign } from '../../sandbox/vendors/bird/webhooks';
import {
	type Execution,
	n8n,
	type N8nClient,
	n8nLog,
	outputOf,
	sandbox,
	sandboxCredentialData,
	type Workflow,
} from './support/n8n';

const EXAMPLE = join(__dirname, '../../examples/send-then-branch-on-status.json');
const TRIGGER = 'n8n-nodes-unified-messaging.messageStatusTrigger';

let client: N8nClient;
beforeAll(async () => void (client = await n8n()));

interface Target {
	url: string;
	secret: string;
}

const targets = async (vendor: string): Promise<Target[]> =>
	(await sandbox().get('/webhooks', { params: { vendor } })).data.targets;

const advance = async (vendor: string, to: object = {}) =>
	void (await sandbox().post('/advance', { vendor, ...to }));

async function prepare(vendor: string, settings: object): Promise<void> {
	await sandbox().post('/reset', { vendor });
	await sandbox().put('/settings', { vendor, autoAdvance: false, ...settings });
}

/** The vendor's credential in n8n, for the nodes of a workflow. */
async function credentialsOf(type: string) {
	const [{ id, name }] = await client.importCredentials([
		{ name: `${type} of the trigger`, type, data: sandboxCredentialData(type) },
	]);
	return { [type]: { id, name } };
}

/** The executions that webhooks have started, oldest first, once there are so many. */
async function startedBy(workflowId: string, count: number): Promise<Execution[]> {
	const ids = await until(
		async () => {
			const all = await client.executions({ workflowId });
			const started = all.filter(({ mode }) => mode === 'webhook').map(({ id }) => id);
			return started.length >= count ? started.reverse() : undefined;
		},
		{ what: `${count} executions are started by webhooks`, timeoutMs: 20_000 },
	);
	expect(ids).toHaveLength(count);
	return await Promise.all(ids.map(async (id) => await client.finishedExecution(id)));
}

const json = (execution: Execution, node: string) =>
	outputOf(execution, node).map((item) => item.json);

describe('Bird', () => {
	let workflow: Workflow;
	let id: string;

	beforeEach(async () => {
		await prepare('bird', { allowInsecureWebhookUrls: true });
		workflow = JSON.parse(await readFile(EXAMPLE, 'utf8')) as Workflow;
		const credentials = await credentialsOf('birdChannelsApi');
		for (const node of workflow.nodes) {
			if (node.credentials) node.credentials = credentials;
			if (node.webhookId) node.webhookId = randomUUID();
		}
		id = await client.importWorkflow(workflow);
	});
	afterEach(async () => await client.deleteWorkflow(id));

	const send = async () => {
		const execution = await client.runWorkflow(id, 'Run by Hand');
		return String(json(execution, 'Send Message')[0].messageId);
	};

	it('the example branches on what became of the message', async () => {
		await client.activateWorkflow(id);
		const { webhookId } = workflow.nodes.find(({ type }) => type === TRIGGER);
		expect(await targets('bird')).toEqual([
			expect.objectContaining({
				url: `${client.url}/webhook/${webhookId}/webhook`,
				details: expect.objectContaining({ event: 'sms.outbound' }),
			}),
		]);

		const delivered = await send();
		for (let step = 0; step < 3; step++) await advance('bird', { messageId: delivered });
		const [first] = await startedBy(id, 1);
		expect(json(first, 'Message Ended')).toEqual([
			expect.objectContaining({
				messageId: delivered,
				status: 'delivered',
				reference: 'order-1042',
			}),
		]);
		expect(json(first, 'Close the Order')).toMatchObject([
			{ note: expect.stringMatching(/^order-1042 reached \+31612345601 at 20/) },
		]);

		const failed = await send();
		await advance('bird', { messageId: failed, status: 'delivery_failed' });
		const [, second] = await startedBy(id, 2);
		expect(json(second, 'Message Ended')).toMatchObject([{ messageId: failed, status: 'failed' }]);
		expect(json(second, 'Call Instead')).toMatchObject([
			{ note: expect.stringContaining('did not reach +31612345601: details: unknown subscriber') },
		]);

		// Bird tells it once more.
		await advance('bird', { messageId: failed, status: 'delivery_failed' });
		const [, , third] = await startedBy(id, 3);
		expect(json(third, 'Message Ended')).toEqual([
			expect.objectContaining({ eventId: json(second, 'Message Ended')[0].eventId }),
		]);
		expect(json(third, 'Drop Repeated Events')).toEqual([]);
		expect(json(third, 'Call Instead')).toEqual([]);

		await client.deactivateWorkflow(id);
		expect(await targets('bird')).toEqual([]);
	});

	it('what becomes of many messages in the same moment is told of each, by the example too', async () => {
		await client.activateWorkflow(id);
		const messages: string[] = [];
		for (let count = 0; count < 8; count++) messages.push(await send());
		await advance('bird', { status: 'delivered' });
		const executions = await startedBy(id, messages.length);
		const closed = executions.flatMap((execution) => json(execution, 'Close the Order'));
		expect(closed.map(({ messageId }) => messageId).sort()).toEqual([...messages].sort());
		await client.deactivateWorkflow(id);
	});

	it('only what Bird has signed starts a flow, and it may be odd', async () => {
		await client.activateWorkflow(id);
		const [{ url, secret }] = await targets('bird');
		const post = async (body: string, headers: object = {}) =>
			await axios.post(url, body, {
				headers: { 'content-type': 'application/json', ...headers },
				validateStatus: () => true,
				proxy: false,
			});
		const signed = (body: string) => {
			const time = String(Math.floor(Date.now() / 1000));
			return {
				'messagebird-request-timestamp': time,
				'messagebird-signature': sign(secret, url, time, Buffer.from(body)),
			};
		};
		const event = `{"service":"channels","event":"sms.outbound","payload":{"id":"m1","status":"delivered"}}`;
		const odd = event.replace('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":1},');
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

		expect(await post(event)).toMatchObject({ status: 401, data: 'Unauthorized' });
		expect(await post(odd, signed(event))).toMatchObject({ status: 401, data: 'Unauthorized' });
		expect(await post(deep)).toMatchObject({ status: 401, data: 'Unauthorized' });
		expect(await post(deep, signed(deep))).toMatchObject({ status: 400, data: 'Bad Request' });
		const other = event.replace('delivered', 'sent');
		expect(await post(other, signed(other))).toMatchObject({ status: 200, data: '' });
		expect(await post(odd, signed(odd))).toMatchObject({ status: 200, data: '' });

		const [execution] = await startedBy(id, 1);
		expect(execution.status).toBe('success');
		expect(json(execution, 'Message Ended')).toMatchObject([{ messageId: 'm1' }]);
		const log = await n8nLog();
		expect(log).toMatch(/Message Ended answered a webhook with 401: it has no signature/);
		expect(log).not.toContain(secret);
		await client.deactivateWorkflow(id);
	});

	it('listens for a test event beside the active workflow', async () => {
		await client.activateWorkflow(id);
		const workflowData = (await client.http.get(`/rest/workflows/${id}`)).data.data;
		await client.http.post(`/rest/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name: 'Message Ended' },
		});
		const urls = async () => (await targets('bird')).map(({ url }) => url).sort();
		const both = await urls();
		expect(both).toHaveLength(2);
		expect(both[0].replace('/webhook-test/', '/webhook/')).toBe(
			both[1].replace('/webhook-test/', '/webhook/'),
		);

		const messageId = await send();
		await advance('bird', { messageId, status: 'delivered' });
		const [production] = await startedBy(id, 1);
		expect(json(production, 'Message Ended')).toMatchObject([{ messageId }]);
		const received = await until(
			async () => {
				const byHand = (await client.executions({ workflowId: id })).filter(
					({ mode }) => mode === 'manual',
				);
				const whole = await Promise.all(byHand.map(async (one) => await client.execution(one.id)));
				const tests = whole.filter(({ data }) => data?.resultData.runData['Message Ended']);
				return tests.length > 0 ? tests : undefined;
			},
			{ what: 'The test event is received', timeoutMs: 20_000 },
		);
		expect(received.map((test) => json(test, 'Message Ended'))).toMatchObject([[{ messageId }]]);
		const left = await until(async () => ((await urls()).length === 1 ? await urls() : undefined), {
			what: 'The test webhook is removed',
			timeoutMs: 20_000,
		});
		expect(left[0]).toContain('/webhook/');
		await client.deactivateWorkflow(id);
		expect(await urls()).toEqual([]);
	});
});

it('Sent: registers, runs once for each chosen status of the message, and is gone again', async () => {
	await prepare('sent', {});
	const credentials = await credentialsOf('sentDmApi');
	const id = await client.importWorkflow({
		name: 'Sent statuses',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'send',
				name: 'Send Message',
				type: 'n8n-nodes-unified-messaging.sent',
				typeVersion: 1,
				position: [200, 0],
				credentials,
				parameters: {
					resource: 'message',
					operation: 'send',
					recipients: '+12025550111',
					text: 'Hello',
				},
			},
			{
				id: 'trigger',
				name: 'Status',
				type: TRIGGER,
				typeVersion: 1.1,
				position: [0, 200],
				webhookId: randomUUID(),
				credentials,
				parameters: {
					vendor: 'sent',
					events: ['message.status'],
					statuses: ['sent', 'delivered'],
					outputs: 'perStatus',
				},
			},
			...['Sent', 'Delivered'].map((name, at) => ({
				id: name,
				name,
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 200 + 100 * at],
				parameters: {},
			})),
		],
		connections: {
			Start: { main: [[{ node: 'Send Message', type: 'main', index: 0 }]] },
			Status: {
				main: ['Sent', 'Delivered'].map((node) => [{ node, type: 'main', index: 0 }]),
			},
		},
		settings: { executionOrder: 'v1' },
	});
	try {
		await client.activateWorkflow(id);
		expect(await targets('sent')).toHaveLength(1);
		const sending = await client.runWorkflow(id, 'Start');
		const [{ messageId }] = json(sending, 'Send Message');
		// One after the other: Sent does not promise their order.
		await advance('sent', { messageId, status: 'ROUTED' });
		await advance('sent', { messageId, status: 'SENT' });
		await startedBy(id, 1);
		await advance('sent', { messageId, status: 'DELIVERED' });
		const executions = await startedBy(id, 2);
		expect(executions.map((execution) => json(execution, 'Sent'))).toMatchObject([
			[{ messageId, status: 'sent' }],
			[],
		]);
		expect(executions.map((execution) => json(execution, 'Delivered'))).toMatchObject([
			[],
			[{ messageId, status: 'delivered' }],
		]);
		await client.deactivateWorkflow(id);
		expect(await targets('sent')).toEqual([]);
	} finally {
		await client.deleteWorkflow(id);
	}
});

it('the credential of a hand-made webhook is tested by the node', async () => {
	const test = async (secret: string) =>
		await client.testCredential('messageWebhookSecretApi', { secret });
	expect(await test('a key')).toMatchObject({ status: 'OK' });
	expect(await test(' a key')).toMatchObject({ status: 'Error' });
});
