import { SandboxClient } from '../../../sandbox/client';
import { connections, n8n } from '../support/n8n';
import type { ToolCall } from '../support/stubModel';
import { said, resultsIn } from './said';
import { type SendingNode, sendingNodes } from './tools';
import { type Talk, type Way, Ways } from './ways';

const WORKFLOW = 'Call n8n Workflow Tool';

/** Each way in which n8n has a model call a node; the README names them with these versions. */
const WAYS: Array<[string, (ways: Ways) => Way]> = [
	['AI Agent 3.1', (ways) => ways.agent(3.1)],
	['AI Agent 2.2', (ways) => ways.agent(2.2)],
	['AI Agent 1.9', (ways) => ways.agent(1.9)],
	['AI Agent Tool 3 of AI Agent 3.1', (ways) => ways.subAgent(3.1, 3)],
	['AI Agent Tool 2.2 of AI Agent 2.2', (ways) => ways.subAgent(2.2, 2.2)],
	['MCP Server Trigger 2', (ways) => ways.mcp(2)],
	[`${WORKFLOW} 2.2 of AI Agent 3.1`, (ways) => ways.workflowTool(3.1)],
];

const ONE = 'Your order 1042 has shipped 📦';
const TWO = ['Pick-up code: 0815', 'Pick-up code: 4711'];

jest.setTimeout(120_000);

let ways: Ways;
beforeAll(async () => void (ways = await Ways.open(await n8n())));
afterAll(async () => await ways.close());

const sandboxOf = ({ vendor }: SendingNode) => new SandboxClient(connections().sandbox.url, vendor);

/** The messages that the vendor has taken and that say so. */
async function taken(node: SendingNode, text: string): Promise<number> {
	const messages = await sandboxOf(node).messages();
	return messages.filter(({ content }) => JSON.stringify(content).includes(text)).length;
}

const call = ({ name }: SendingNode, To: string, Text: string): ToolCall => ({
	tool: name,
	args: { To, Text },
});

/** All that the model is told of its calls of a tool with this text. */
const told = ({ outcomes }: Talk, { name }: SendingNode, text: string) =>
	outcomes.filter(({ tool, args }) => tool === name && args.Text === text);

describe.each(WAYS)('%s', (way, open) => {
	let talk: Talk;
	beforeAll(async () => {
		for (const node of sendingNodes) await sandboxOf(node).reset();
		talk = await open(ways)([
			sendingNodes.map((node) => call(node, node.to, ONE)),
			sendingNodes.flatMap((node) => TWO.map((text) => call(node, node.to, text))),
			sendingNodes.map((node) => call(node, node.nobody, 'Hello')),
		]);
	});

	it('goes well', () => {
		if (talk.execution) expect(talk.execution.status).toBe('success');
		expect(talk.outcomes).toHaveLength(4 * sendingNodes.length);
	});

	describe.each(sendingNodes)('$vendor', (node) => {
		const { vendor, recipient, complaint } = node;

		it('is described to the model, with what it takes', () => {
			const tool = talk.tools.find(
				({ name }) => name === (way.startsWith(WORKFLOW) ? 'send' : node.name),
			);
			expect(tool?.description).toMatch(/send/i);
			expect(Object.keys(tool?.parameters.properties ?? {})).toEqual(
				way.startsWith(WORKFLOW) ? ['vendor', 'to', 'text'] : ['To', 'Text'],
			);
		});

		it('sends one message for one call, and the model gets its result', async () => {
			const [{ text }] = told(talk, node, ONE);
			expect(resultsIn(text)).toMatchObject([
				{ provider: vendor, recipient, status: expect.any(String) },
			]);
			expect(await taken(node, ONE)).toBe(1);
		});

		it('sends two messages for two calls in one turn', async () => {
			for (const text of TWO) {
				expect(resultsIn(told(talk, node, text)[0].text)).toMatchObject([{ provider: vendor }]);
				expect(await taken(node, text)).toBe(1);
			}
		});

		it('tells the model what is wrong with a call, and what to do', async () => {
			const [{ text }] = told(talk, node, 'Hello');
			expect(said(text)).toContain(complaint.field);
			expect(said(text)).toContain(node.nobody);
			// Of what fails in a workflow, n8n hands on the message only, not the description.
			if (!way.startsWith(WORKFLOW)) expect(said(text)).toMatch(complaint.cure);
			expect(await taken(node, 'Hello')).toBe(0);
		});
	});
});

describe('an answer that is lost', () => {
	const [node] = sendingNodes;
	const once = call(node, node.to, ONE);
	const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

	beforeEach(async () => {
		await sandboxOf(node).reset();
		await sandboxOf(node).fault({ fault: 'reset-after', operationId: 'sendMessage' });
	});

	it.each<[string, () => Way]>([
		['AI Agent 3.1', () => ways.agent(3.1, retrying)],
		['AI Agent 2.2', () => ways.agent(2.2, retrying)],
		['AI Agent 1.9', () => ways.agent(1.9, retrying)],
		['MCP Server Trigger 2', () => ways.mcp(2, retrying)],
	])('sends no second message by Retry On Fail: %s', async (_way, open) => {
		const { outcomes } = await open()([[once]]);
		expect(said(outcomes[0].text)).toMatch(/unknown whether the message was accepted/);
		expect(await taken(node, ONE)).toBe(1);
	});

	it.each([2.2, 1.9])('sends none when the model calls again: AI Agent %s', async (version) => {
		const { outcomes } = await ways.agent(version)([[once], [once]]);
		expect(outcomes).toHaveLength(2);
		for (const { text } of outcomes) expect(said(text)).toMatch(/unknown/);
		expect(await taken(node, ONE)).toBe(1);
	});
});
