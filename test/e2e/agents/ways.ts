import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Execution, N8nClient, Workflow } from '../support/n8n';
import { type Outcome, StubModel, type ToolCall, type ToolDefinition } from '../support/stubModel';
import { Flow } from './flow';
import { subWorkflow } from './subWorkflow';
import { type SendingNode, SendingNodes, sendingNodes } from './tools';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const MANUAL = 'n8n-nodes-base.manualTrigger';

/** What came of a model's calls in one way of calling a tool. */
export interface Talk {
	/** What n8n offered it. */
	tools: ToolDefinition[];
	/** Each call with what the model was told of it. */
	outcomes: Outcome[];
	/** Where the way has one: how n8n saw it. */
	execution?: Execution;
}

/** How a model comes to call our nodes. Its turns follow each other; the calls of one do not. */
export type Way = (turns: ToolCall[][]) => Promise<Talk>;

/** All ways in which n8n has a model call a node, on one n8n and one stub model. */
export class Ways {
	private readonly workflows: string[] = [];

	private constructor(
		private readonly client: N8nClient,
		private readonly model: StubModel,
		private readonly openAi: object,
		readonly nodes: SendingNodes,
	) {}

	static async open(client: N8nClient): Promise<Ways> {
		const model = await StubModel.start();
		const [{ id, name, type }] = await client.importCredentials([model.credential]);
		return new Ways(client, model, { [type]: { id, name } }, await SendingNodes.prepare(client));
	}

	async close(): Promise<void> {
		await this.model.stop();
		for (const id of this.workflows) await this.client.deleteWorkflow(id);
	}

	/** An AI Agent with our five nodes as its tools, set as wished. */
	agent(version: number, settings?: IDataObject): Way {
		const flow = this.started(`AI Agent ${version}`);
		this.drawAgent(flow, 'Agent', `${LANGCHAIN}.agent`, version, 'main');
		this.drawTools(flow, 'Agent', settings);
		return this.talking(flow.chain('Start', 'Agent').workflow, 'main');
	}

	/** An AI Agent whose only tool is another agent, which has our five nodes. */
	subAgent(version: number, toolVersion: number): Way {
		const flow = this.started(`AI Agent Tool ${toolVersion} of AI Agent ${version}`);
		this.drawAgent(flow, 'Agent', `${LANGCHAIN}.agent`, version, 'main');
		this.drawAgent(flow, 'Messenger', `${LANGCHAIN}.agentTool`, toolVersion, 'sub');
		this.drawTools(flow, 'Messenger');
		flow.connect('Messenger', 'Agent', 'ai_tool');
		const { workflow } = flow.chain('Start', 'Agent');
		const delegated: ToolCall[] = [{ tool: 'Messenger', args: {} }];
		return async (turns) => {
			this.model.script({ main: [delegated, 'Done.'], sub: [...turns, 'Done.'] });
			return await this.heard(workflow, 'sub');
		};
	}

	/** An AI Agent with one tool: a workflow in which our nodes stand. */
	workflowTool(version: number): Way {
		return async (turns) => {
			const id = await subWorkflow(this.nodes, this.client);
			this.workflows.push(id);
			const inputs = ['vendor', 'to', 'text'];
			const value = Object.fromEntries(inputs.map((key) => [key, `={{ $fromAI('${key}') }}`]));
			const schema = inputs.map((key) => ({ id: key, displayName: key, type: 'string' }));
			const flow = this.started('Call n8n Workflow Tool');
			this.drawAgent(flow, 'Agent', `${LANGCHAIN}.agent`, version, 'main');
			flow
				.add('send', `${LANGCHAIN}.toolWorkflow`, 2.2, {
					description: 'Sends a message through a vendor',
					workflowId: { __rl: true, mode: 'id', value: id },
					workflowInputs: { mappingMode: 'defineBelow', value, schema },
				})
				.connect('send', 'Agent', 'ai_tool');
			flow.chain('Start', 'Agent');
			const asked = turns.map((calls) =>
				calls.map(({ tool, args: { To: to, Text: text } }) => ({
					tool: 'send',
					args: { vendor: tool, to, text },
				})),
			);
			this.model.script({ main: [...asked, 'Done.'] });
			const talk = await this.heard(flow.workflow, 'main');
			const outcomes = talk.outcomes.map(({ args, text }) => ({
				...{ tool: String(args.vendor), text },
				args: { To: args.to, Text: args.text },
			}));
			return { ...talk, outcomes };
		};
	}

	/**
	 * An AI Agent whose one tool, the first of our nodes, runs only when a person agrees, who is
	 * asked through `reviewer`. `review` is what the person does meanwhile.
	 */
	reviewed(version: number, reviewer: SendingNode, review: () => Promise<void>): Way {
		const [gated] = sendingNodes;
		const flow = this.started(`Human review through ${reviewer.vendor}`);
		this.drawAgent(flow, 'Agent', `${LANGCHAIN}.agent`, version, 'main');
		flow
			.put(this.nodes.asTool(gated), this.nodes.asReviewer(reviewer))
			.connect(gated.name, 'Reviewer', 'ai_tool')
			.connect('Reviewer', 'Agent', 'ai_tool')
			.chain('Start', 'Agent');
		return async (turns) => {
			const wrapped = turns.map((calls) =>
				calls.map(({ tool, args }) => ({
					tool,
					args: { toolParameters: args, hitlParameters: {} },
				})),
			);
			this.model.script({ main: [...wrapped, 'Done.'] });
			const started = await this.client.startWorkflow(await this.imported(flow.workflow));
			await review();
			const execution = await this.client.finishedExecution(started);
			return { tools: this.model.tools('main'), outcomes: this.model.outcomes('main'), execution };
		};
	}

	/** An AI Agent with one tool: a question to a person, who is asked through `node`. */
	asking(version: number, node: SendingNode, answer: () => Promise<void>): Way {
		const flow = this.started(`A question through ${node.vendor}`);
		this.drawAgent(flow, 'Agent', `${LANGCHAIN}.agent`, version, 'main');
		const { parameters, ...reviewer } = this.nodes.asReviewer(node);
		flow
			.put({
				...reviewer,
				type: reviewer.type.replace('HitlTool', 'Tool'),
				parameters: { ...parameters, message: 'May I?' },
			})
			.connect('Reviewer', 'Agent', 'ai_tool')
			.chain('Start', 'Agent');
		return async (turns) => {
			this.model.script({ main: [...turns, 'Done.'] });
			const started = await this.client.startWorkflow(await this.imported(flow.workflow));
			await answer();
			const execution = await this.client.finishedExecution(started);
			return { tools: this.model.tools('main'), outcomes: this.model.outcomes('main'), execution };
		};
	}

	/** A real MCP client at an MCP Server Trigger. */
	mcp(version: number, settings?: IDataObject): Way {
		const path = `messages-${randomUUID()}`;
		const flow = new Flow('MCP Server Trigger').listen(
			'Messages',
			`${LANGCHAIN}.mcpTrigger`,
			version,
			{ authentication: 'none', path },
		);
		this.drawTools(flow, 'Messages', settings);
		return async (turns) => {
			const id = await this.imported(flow.workflow);
			await this.client.activateWorkflow(id);
			const mcp = new Client({ name: 'test', version: '1.0.0' });
			try {
				await mcp.connect(
					new StreamableHTTPClientTransport(new URL(`${this.client.url}/mcp/${path}`)),
				);
				const { tools } = await mcp.listTools();
				const outcomes: Outcome[] = [];
				for (const calls of turns) {
					outcomes.push(...(await Promise.all(calls.map((call) => called(mcp, call)))));
				}
				return {
					tools: tools.map(({ name, description = '', inputSchema }) => ({
						...{ name, description },
						parameters: inputSchema as ToolDefinition['parameters'],
					})),
					outcomes,
				};
			} finally {
				await mcp.close();
				await this.client.deactivateWorkflow(id);
			}
		};
	}

	private started(name: string): Flow {
		return new Flow(name).add('Start', MANUAL, 1);
	}

	private drawAgent(flow: Flow, name: string, type: string, version: number, model: string): void {
		const chat = `Model of ${name}`;
		flow
			.add(name, type, version, {
				...(version < 2 && { agent: 'toolsAgent' }),
				...(type.endsWith('Tool') && { toolDescription: 'Sends messages' }),
				promptType: 'define',
				text: 'Tell them.',
				options: {},
			})
			.put({
				...{ id: chat, name: chat, type: `${LANGCHAIN}.lmChatOpenAi`, typeVersion: 1.2 },
				position: [0, 200],
				parameters: { model: { __rl: true, mode: 'id', value: model }, options: {} },
				credentials: this.openAi,
			})
			.connect(chat, name, 'ai_languageModel');
	}

	private drawTools(flow: Flow, agent: string, settings: IDataObject = {}): void {
		for (const node of sendingNodes) {
			flow.put({ ...this.nodes.asTool(node), ...settings }).connect(node.name, agent, 'ai_tool');
		}
	}

	private talking(workflow: Workflow, model: string): Way {
		return async (turns) => {
			this.model.script({ [model]: [...turns, 'Done.'] });
			return await this.heard(workflow, model);
		};
	}

	private async heard(workflow: Workflow, model: string): Promise<Talk> {
		const execution = await this.client.runWorkflow(await this.imported(workflow));
		return { tools: this.model.tools(model), outcomes: this.model.outcomes(model), execution };
	}

	private async imported(workflow: Workflow): Promise<string> {
		const id = await this.client.importWorkflow(workflow);
		this.workflows.push(id);
		return id;
	}
}

async function called(mcp: Client, call: ToolCall): Promise<Outcome> {
	const { content } = await mcp.callTool({ name: call.tool, arguments: call.args });
	return { ...call, text: (content as Array<{ text?: string }>).map(({ text }) => text).join('') };
}
