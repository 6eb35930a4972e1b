import { inspect } from 'node:util';
import type {
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IGetNodeParameterOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodeType,
	IRunExecutionData,
	Workflow,
} from 'n8n-workflow';
import { additionalData } from '../support/additional-data';
import type { Installation } from '../support/installation';
import { core, n8nWorkflow, prepareContainer, stored } from '../support/n8n';
import { SOURCE, standIns } from '../support/stand-ins';

const NODE = 'Node';
const TYPE = 'test.fields';

const field = (name: string, type: INodeProperties['type'], more: object = {}) =>
	({ displayName: name, name, type, default: '', ...more }) as INodeProperties;

/** A node with a field of every kind that our nodes have. */
const nodeType = {
	description: {
		name: 'fields',
		displayName: 'Fields',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			field('text', 'string'),
			field('more', 'string'),
			field('count', 'number'),
			field('options', 'collection', {
				default: {},
				options: [field('reference', 'string'), field('test', 'boolean')],
			}),
			field('actions', 'fixedCollection', {
				default: {},
				typeOptions: { multipleValues: true },
				options: [
					{
						name: 'action',
						displayName: 'Action',
						values: [field('label', 'string'), field('url', 'string')],
					},
				],
			}),
			field('channel', 'resourceLocator', {
				default: { mode: 'list', value: '' },
				modes: [
					{ name: 'id', displayName: 'ID', type: 'string' },
					{
						name: 'url',
						displayName: 'URL',
						type: 'string',
						extractValue: { type: 'regex', regex: 'channels/([a-z0-9]+)' },
					},
				],
			}),
			field('variables', 'resourceMapper', {
				default: {},
				typeOptions: { resourceMapper: { mode: 'add', resourceMapperMethod: 'none' } },
			}),
		],
	},
} as unknown as INodeType;

const types: Record<string, INodeType> = { ...standIns, [TYPE]: nodeType };
const source = { id: 'items', name: 'Items', type: SOURCE } as INode;
const node = { id: 'node', name: NODE, type: TYPE } as INode;

/** One workflow in n8n's engine, whose node gets other fields and items for each case. */
export class Desk {
	/** How often n8n's evaluator was asked for a field of the node since it was opened. */
	evaluations = 0;

	private constructor(private readonly workflow: Workflow) {}

	static async open(): Promise<Desk> {
		await prepareContainer('memory');
		const common = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
		const workflow = new n8nWorkflow.Workflow({
			id: 'workflow-1',
			name: 'Welcome',
			nodes: stored([source, node].map((one) => ({ ...common, ...one }))),
			connections: { Items: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			active: true,
			nodeTypes: {
				getByName: (type: string) => types[type],
				getByNameAndVersion: (type: string) => types[type],
				getKnownTypes: () => ({}),
			},
			settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' },
		});
		return new Desk(workflow);
	}

	/** Runs with one of n8n's engines for expressions in place of the usual one. */
	async withEngine(engine: 'quickjs', test: () => Promise<void> | void): Promise<void> {
		const { Expression } = n8nWorkflow;
		await Expression.initExpressionEngine({
			engine,
			bridgeTimeout: 5000,
			bridgeMemoryLimit: 128,
			poolSize: 1,
			maxCodeCacheSize: 1024,
		});
		try {
			await this.workflow.expression.acquireIsolate();
			await test();
		} finally {
			await this.workflow.expression.releaseIsolate();
			await Expression.disposeExpressionEngine();
			Expression.setExpressionEngine('legacy');
		}
	}

	/** What n8n hands to a node for all its items. */
	items(parameters: IDataObject, items: INodeExecutionData[]): IExecuteFunctions {
		const { run, inputData, executeData, data, active } = this.prepare(parameters, items);
		const context = new core.ExecuteContext(
			this.workflow,
			active,
			data,
			'trigger',
			run,
			0,
			items,
			inputData,
			executeData,
			[],
		);
		return this.counted(context);
	}

	/** What n8n's routing engine hands to a pagination for one item of a tool: $json is the agent's. */
	tool(parameters: IDataObject, agents: INodeExecutionData[], input: INodeExecutionData[]) {
		const { run, executeData, data, active } = this.prepare(parameters, agents);
		const context = new core.ExecuteSingleContext(
			this.workflow,
			active,
			data,
			'trigger',
			run,
			0,
			agents,
			{ main: [input] },
			0,
			executeData,
		);
		return Object.create(context, {
			makeRoutingRequest: { value: () => [] },
		}) as IExecutePaginationFunctions;
	}

	private prepare(parameters: IDataObject, items: INodeExecutionData[]) {
		const active = this.workflow.getNode(NODE) as INode;
		active.parameters = parameters as INodeParameters;
		const inputData = { main: [items] };
		const run: IRunExecutionData = n8nWorkflow.createRunExecutionData({
			resultData: {
				runData: {
					Items: [
						{
							startTime: 0,
							executionTime: 0,
							executionIndex: 0,
							executionStatus: 'success',
							source: [],
							data: inputData,
						},
					],
				},
			},
		});
		const data = additionalData({} as Installation, { executionId: '4711' });
		data.variables = { shop: 'Bücher & mehr', empty: '', count: '3' };
		const executeData = {
			node: active,
			data: inputData,
			source: { main: [{ previousNode: 'Items' }] },
		};
		return { run, inputData, executeData, data, active };
	}

	private counted(context: IExecuteFunctions): IExecuteFunctions {
		const { getNodeParameter } = context as { getNodeParameter: (...args: unknown[]) => unknown };
		const counting = (...args: unknown[]) => {
			const [, , , options] = args as [string, number, unknown, IGetNodeParameterOptions?];
			if (options?.rawExpressions !== true) this.evaluations++;
			return getNodeParameter(...args);
		};
		return Object.create(context, { getNodeParameter: { value: counting } }) as IExecuteFunctions;
	}
}

/** What comes of reading, so that two outcomes can be told apart by looking at them. */
export function outcomeOf(read: () => unknown): string {
	try {
		return inspect(read(), { depth: 12, maxArrayLength: null, maxStringLength: null });
	} catch (error) {
		return `throws ${(error as Error).message}`;
	}
}
