import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureN8n, N8N_1_VERSION, N8N_VERSION } from '../../scripts/n8n/install.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { until } from '../../scripts/run/until.mjs';
import { SandboxClient } from '../../sandbox/client';
import { connections, n8n, outputOf, sandboxCredentialData, type N8nClient } from './support/n8n';
import { nodeNames, PACKAGE } from './support/package';
import { examples, expectToRun } from './support/examples';
import { statusFlow } from './support/statusFlow';

/** Sent's order_confirmation in the sandbox. */
const TEMPLATE = '7ba7b820-9dad-11d1-80b4-00c04fd430c8';

/** The names by which the compiled package reaches into n8n-workflow. */
async function imported(): Promise<string[]> {
	const files = await readdir(join(ROOT, 'dist'), { recursive: true });
	const scripts = files.filter((file) => file.endsWith('.js'));
	const texts = await Promise.all(
		scripts.map((file) => readFile(join(ROOT, 'dist', file), 'utf8')),
	);
	const names = texts.flatMap((text) =>
		[...text.matchAll(/n8n_workflow_1\.(\w+)/g)].map(([, name]) => name),
	);
	return [...new Set(names)];
}

jest.setTimeout(120_000);

/** In n8n 1 no workflow can make a data table. */
const isForOneToo = (file: string) => file !== 'keep-opt-outs.json';

describe.each([N8N_1_VERSION, N8N_VERSION])('n8n %s', (version) => {
	let client: N8nClient;
	const { url, vendors } = connections().sandbox;
	const bird = new SandboxClient(url, 'bird');
	const channel = {
		__rl: true,
		mode: 'id',
		value: sandboxCredentialData('birdChannelsApi').smsChannelId,
	};

	/** A credential for the sandbox, as a node refers to it. */
	async function imports(type: string) {
		const data = sandboxCredentialData(type);
		const [{ id, name }] = await client.importCredentials([{ name: type, type, data }]);
		return { [type]: { id, name } };
	}

	/** A flow that sends one SMS through Bird. */
	const sending = async () => ({
		name: 'One message',
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
				name: 'Send',
				type: `${PACKAGE.name}.bird`,
				typeVersion: 1,
				position: [220, 0],
				credentials: await imports('birdChannelsApi'),
				parameters: {
					channelId: channel,
					recipient: '+31620011001',
					text: 'Hello',
				},
			},
		],
		connections: { Start: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
	});

	beforeAll(async () => {
		client = await n8n(version);
		for (const { name } of vendors) await new SandboxClient(url, name).reset();
	}, 240_000);

	it('is that version', async () => {
		const { data } = await client.http.get('/rest/settings');
		expect(data.data.versionCli).toBe(version);
	});

	it('has loaded all nodes, those for AI agents too', async () => {
		const loaded = (await client.nodeTypes()).map(({ name }) => name);
		expect(loaded).toEqual(expect.arrayContaining(nodeNames));
		const tools = nodeNames
			.filter((name) => !name.endsWith('Trigger'))
			.map((name) => `${name}Tool`);
		expect(loaded).toEqual(expect.arrayContaining(tools));
	});

	it('exports all that the package imports from n8n-workflow', async () => {
		const { node, program } = await ensureN8n(version);
		const exported = execFileSync(
			node,
			['-p', 'JSON.stringify(Object.keys(require("n8n-workflow")))'],
			{ cwd: join(program, '../..'), encoding: 'utf8' },
		);
		expect(JSON.parse(exported)).toEqual(expect.arrayContaining(await imported()));
	});

	it('tests credentials, those that are wrong too', async () => {
		const data = sandboxCredentialData('birdChannelsApi');
		expect(await client.testCredential('birdChannelsApi', data)).toMatchObject({ status: 'OK' });
		const wrong = await client.testCredential('birdChannelsApi', { ...data, accessKey: 'wrong' });
		expect(wrong.status).toBe('Error');
	});

	it('lists what can be picked, and the variables of a template', async () => {
		const ask = async (what: string, node: string, body: object) => {
			const answer = await client.http.post(`/rest/dynamic-node-parameters/${what}`, {
				nodeTypeAndVersion: { name: `${PACKAGE.name}.${node}`, version: 1 },
				...body,
			});
			return answer.data.data;
		};
		const channels = await ask('resource-locator-results', 'bird', {
			path: 'parameters.channelId',
			methodName: 'searchChannels',
			credentials: await imports('birdChannelsApi'),
			currentNodeParameters: { resource: 'message', operation: 'send' },
		});
		expect(channels.results[0]).toMatchObject({
			name: expect.any(String),
			value: expect.any(String),
		});
		const fields = await ask('resource-mapper-fields', 'sent', {
			path: 'parameters.variables',
			methodName: 'getTemplateVariables',
			credentials: await imports('sentDmApi'),
			currentNodeParameters: {
				resource: 'message',
				operation: 'sendTemplate',
				template: { __rl: true, mode: 'id', value: TEMPLATE },
			},
		});
		expect(fields.fields.map(({ id }: { id: string }) => id)).toEqual(['name', 'order_id']);
	});

	it('sends a message and a bulk, and says what was refused', async () => {
		const message = {
			resource: 'message',
			channelId: channel,
			bodyType: 'text',
			text: 'Hello [[name]]',
		};
		const node = { type: `${PACKAGE.name}.bird`, typeVersion: 1, onError: 'continueRegularOutput' };
		const credentials = await imports('birdChannelsApi');
		const workflow = {
			name: 'Compatibility',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
				{
					name: 'People',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: {
						jsCode:
							'return ["+31620011001", "+31620011002", "none"].map((phone, index) => ({ json: { phone, name: "No. " + index } }));',
					},
				},
				{
					...node,
					name: 'Send',
					credentials,
					parameters: { ...message, operation: 'send', recipient: '={{ $json.phone }}' },
				},
				{
					...node,
					name: 'Bulk',
					credentials,
					parameters: { ...message, operation: 'bulkSend', recipientField: 'phone' },
				},
			].map((each, index) => ({ id: String(index), position: [index * 200, 0], ...each })),
			connections: {
				Start: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
				People: {
					main: [
						[
							{ node: 'Send', type: 'main', index: 0 },
							{ node: 'Bulk', type: 'main', index: 0 },
						],
					],
				},
			},
			settings: { executionOrder: 'v1' },
		};
		const execution = await client.runWorkflow(workflow);
		expect(execution.status).toBe('success');
		for (const operation of ['Send', 'Bulk']) {
			const items = outputOf(execution, operation);
			expect(items.map(({ json }) => json)).toMatchObject([
				{ provider: 'bird', recipient: '+31620011001', status: 'accepted' },
				{ provider: 'bird', recipient: '+31620011002', status: 'accepted' },
				{ error: expect.stringContaining('none'), details: { outcome: 'not_sent' } },
			]);
			expect(items.map(({ pairedItem }) => pairedItem)).toMatchObject([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
		}
		expect(await bird.messages()).toMatchObject([
			{ content: { text: { text: 'Hello [[name]]' } } },
			{ content: { text: { text: 'Hello [[name]]' } } },
			{ content: { text: { text: 'Hello No. 0' } } },
			{ content: { text: { text: 'Hello No. 1' } } },
		]);
	});

	it('starts a flow for a signed webhook, and for no other', async () => {
		await bird.reset();
		await bird.settings({ allowInsecureWebhookUrls: true, autoAdvance: false });
		const id = await client.importWorkflow(statusFlow(await imports('birdChannelsApi')));
		await client.activateWorkflow(id);
		const [{ url: hook }] = (await bird.webhooks()).targets;
		const forged = client.http.post(hook, { payload: { status: 'delivered' } });
		await expect(forged).rejects.toThrow('401');

		await client.runWorkflow(await sending());
		await bird.advance({ status: 'delivered' });
		const execution = await until(
			async () => (await client.executions({ workflowId: id, status: ['success'] }))[0],
			{ what: 'The flow is started', timeoutMs: 30_000 },
		);
		const [{ json }] = outputOf(await client.finishedExecution(execution.id), 'Status');
		expect(json).toMatchObject({ provider: 'bird', status: 'delivered' });
		await client.deactivateWorkflow(id);
		expect((await bird.webhooks()).targets).toEqual([]);
	});

	const runnable = version === N8N_1_VERSION ? examples.filter(isForOneToo) : examples;
	it.each(runnable)('runs the example %s', async (file) => {
		await expectToRun(file, client);
	});
});
