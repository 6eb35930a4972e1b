import type { IDataObject } from 'n8n-workflow';

import { SandboxClient } from '../../../sandbox/client';
import { until } from '../../../scripts/run/until.mjs';
import { connections, n8n, outputOf } from '../support/n8n';
import type { Execution, N8nClient, Workflow } from '../support/n8n';
import { Flow } from './flow';
import { said } from './said';
import { type SendingNode, SendingNodes, sendingNodes } from './tools';
import { subWorkflow } from './subWorkflow';

/** What n8n's editor and its settings of a node do with each of our nodes. */

const TEXT = 'Your order 1042 has shipped 📦';

jest.setTimeout(60_000);

let client: N8nClient;
let nodes: SendingNodes;
const imported: string[] = [];
beforeAll(async () => {
	client = await n8n();
	nodes = await SendingNodes.prepare(client);
});
beforeEach(async () => {
	for (const node of sendingNodes) await sandboxOf(node).reset();
});
afterAll(async () => {
	for (const id of imported) await client.deleteWorkflow(id);
});

const sandboxOf = ({ vendor }: SendingNode) => new SandboxClient(connections().sandbox.url, vendor);

const taken = async (node: SendingNode) => (await sandboxOf(node).messages()).length;

async function imports(workflow: Workflow): Promise<string> {
	const id = await client.importWorkflow(workflow);
	imported.push(id);
	return id;
}

const run = async (workflow: Workflow) => await client.runWorkflow(await imports(workflow));

const resultsOf = (execution: Execution, node: string, output = 0) =>
	outputOf(execution, node, output).map(({ json }) => json);

/** Orders to tell people of, each with a text of its own. */
const people = ({ to }: SendingNode, count: number) =>
	Array.from({ length: count }, (_, index) => ({ to, text: `${TEXT} (${index + 1})` }));

/** A flow that starts by hand and has items. */
const flowOf = (items: IDataObject[]) =>
	new Flow('Ways to run a node')
		.add('Start', 'n8n-nodes-base.manualTrigger', 1)
		.add('People', 'n8n-nodes-base.code', 2, {
			jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));`,
		})
		.chain('Start', 'People');

/** The flow with the node at its end, set as wished. */
const ending = (node: SendingNode, items: IDataObject[], settings: IDataObject = {}) =>
	flowOf(items)
		.put({ ...nodes.asNode(node), ...settings })
		.add('After', 'n8n-nodes-base.noOp', 1)
		.chain('People', node.name, 'After').workflow;

/** As the editor runs one step: with what the steps before it gave last time. */
async function runStep(id: string, nodeName: string, before?: Execution, more: object = {}) {
	const answer = await client.http.post(`/rest/workflows/${id}/run`, {
		destinationNode: { nodeName, mode: 'inclusive' },
		...(before
			? { runData: before.data.resultData.runData, dirtyNodeNames: [] }
			: { triggerToStartFrom: { name: 'Start' } }),
		...more,
	});
	return await client.finishedExecution(answer.data.data.executionId);
}

describe.each(sendingNodes)('$vendor', (node) => {
	const { vendor, recipient, name } = node;

	it('is executed as a step in the editor, with what came before it', async () => {
		const id = await imports(ending(node, people(node, 2)));
		const before = await runStep(id, 'People');
		expect(await taken(node)).toBe(0);
		const execution = await runStep(id, name, before);
		expect(execution.status).toBe('success');
		expect(resultsOf(execution, name)).toMatchObject([
			{ provider: vendor, recipient },
			{ provider: vendor, recipient },
		]);
		expect(execution.data.resultData.runData).not.toHaveProperty('After');
		expect(await taken(node)).toBe(2);
	});

	it('is executed as a tool in the editor', async () => {
		const flow = flowOf([{}])
			.add('Agent', '@n8n/n8n-nodes-langchain.agent', 3.1, { promptType: 'define', text: 'Go.' })
			.put(nodes.asTool(node))
			.connect(name, 'Agent', 'ai_tool')
			.chain('People', 'Agent');
		const query = { [name]: { To: node.to, Text: TEXT } };
		const execution = await runStep(await imports(flow.workflow), name, undefined, {
			agentRequest: { query, tool: { name } },
		});
		expect(execution.data.resultData.error?.message).toBeUndefined();
		expect(said(JSON.stringify(execution.data.resultData.runData[name]))).toContain(recipient);
		expect(await taken(node)).toBe(1);
	});

	it('sends nothing when its data is pinned, and takes pinned data from the node before', async () => {
		const pinned = ending(node, people(node, 2));
		const answer = [{ json: { messageId: 'pinned' } }];
		const execution = await run({ ...pinned, pinData: { [name]: answer } });
		expect(resultsOf(execution, 'After')).toEqual([{ messageId: 'pinned' }]);
		expect(await taken(node)).toBe(0);

		const [json] = people(node, 1);
		await run({ ...pinned, pinData: { People: [{ json }] } });
		expect(await taken(node)).toBe(1);
	});

	it('sends to each item of Loop Over Items, once', async () => {
		const { workflow } = flowOf(people(node, 3))
			.add('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} })
			.put(nodes.asNode(node))
			.add('After', 'n8n-nodes-base.noOp', 1)
			.chain('People', 'Loop', 'After')
			.connect('Loop', name, 'main', 1)
			.connect(name, 'Loop');
		const execution = await run(workflow);
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData[name]).toHaveLength(3);
		expect(resultsOf(execution, 'After')).toMatchObject(Array(3).fill({ provider: vendor }));
		expect(await taken(node)).toBe(3);
		expect(await sandboxOf(node).duplicates()).toEqual([]);
	});

	it('sends one message when it is to be executed once', async () => {
		const execution = await run(ending(node, people(node, 3), { executeOnce: true }));
		expect(resultsOf(execution, name)).toMatchObject([{ provider: vendor, recipient }]);
		expect(await taken(node)).toBe(1);
	});

	it('gives no more than its results when it is to output data always', async () => {
		const execution = await run(ending(node, people(node, 2), { alwaysOutputData: true }));
		expect(resultsOf(execution, name)).toHaveLength(2);
	});

	it('sends nothing when it is disabled, and passes the items on', async () => {
		const items = people(node, 2);
		const execution = await run(ending(node, items, { disabled: true }));
		expect(resultsOf(execution, 'After')).toEqual(items);
		expect(await taken(node)).toBe(0);
	});

	it('tells the error workflow what is wrong', async () => {
		const listening = new Flow('Told of errors')
			.add('Error', 'n8n-nodes-base.errorTrigger', 1)
			.add('Told', 'n8n-nodes-base.noOp', 1)
			.chain('Error', 'Told').workflow;
		const errorWorkflow = await imports(listening);
		await client.activateWorkflow(errorWorkflow);
		const path = `error-${vendor}`;
		const failing = new Flow('Fails', { errorWorkflow })
			.listen('Called', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST', options: {} })
			.put(nodes.asNode(node, node.nobody, 'Hello'))
			.chain('Called', name).workflow;
		const id = await imports(failing);
		await client.activateWorkflow(id);
		try {
			await client.http.post(`/webhook/${path}`, {});
			const { id: told } = await until(
				async () => (await client.executions({ workflowId: errorWorkflow }))[0],
				{ what: 'The error workflow starts', timeoutMs: 20_000 },
			);
			const [{ execution }] = resultsOf(await client.finishedExecution(told), 'Told') as Array<{
				execution: { lastNodeExecuted: string; error: { message: string } };
			}>;
			expect(execution.lastNodeExecuted).toBe(name);
			expect(execution.error.message).toContain(node.complaint.field);
			expect(await taken(node)).toBe(0);
		} finally {
			await client.deactivateWorkflow(id);
			await client.deactivateWorkflow(errorWorkflow);
		}
	});
});

it('outputs an empty item for an empty list when it is to output data always', async () => {
	const bird = nodes.asNode(sendingNodes[0]);
	const { channelId } = bird.parameters;
	const list = { ...bird, parameters: { resource: 'message', operation: 'list', channelId } };
	const flow = (settings: IDataObject) =>
		flowOf([{}])
			.put({ ...list, ...settings })
			.chain('People', bird.name).workflow;
	expect(resultsOf(await run(flow({})), bird.name)).toEqual([]);
	expect(resultsOf(await run(flow({ alwaysOutputData: true })), bird.name)).toEqual([{}]);
});

it('each node sends in a sub-workflow, and the caller gets the result', async () => {
	const id = await subWorkflow(nodes, client);
	imported.push(id);
	const orders = sendingNodes.map(({ name, to }) => ({ vendor: name, to, text: TEXT }));
	const keys = ['vendor', 'to', 'text'];
	const { workflow } = flowOf(orders)
		.add('Send', 'n8n-nodes-base.executeWorkflow', 1.2, {
			mode: 'each',
			workflowId: { __rl: true, mode: 'id', value: id },
			workflowInputs: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(keys.map((key) => [key, `={{ $json.${key} }}`])),
				schema: keys.map((key) => ({ id: key, displayName: key, type: 'string' })),
			},
			options: { waitForSubWorkflow: true },
		})
		.chain('People', 'Send');
	const execution = await run(workflow);
	expect(resultsOf(execution, 'Send')).toMatchObject(
		sendingNodes.map(({ vendor: provider, recipient }) => ({ provider, recipient })),
	);
	for (const node of sendingNodes) expect(await taken(node)).toBe(1);
});
