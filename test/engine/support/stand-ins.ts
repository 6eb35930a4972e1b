import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

/**
 * The nodes of n8n that stand around ours in tests and examples, as small as they can be.
 * n8n-nodes-base itself would be a dependency of 100 MB.
 */

export const SOURCE = 'test.items';
export const SINK = 'test.sink';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

function standIn(name: string, properties: INodeProperties[], execute: Execute): INodeType {
	return {
		description: {
			name,
			displayName: name,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			properties,
		},
		execute,
	};
}

const passOn = (name: string) =>
	standIn(name, [], async function () {
		return [this.getInputData()];
	});

/** Follows the pairing of every item back to the source, as `$('Items').item` does in an expression. */
const sink = standIn(SINK, [], async function () {
	const items = this.getInputData();
	const source = this.getWorkflowDataProxy(0).$('Items').all() as INodeExecutionData[];
	const indexOf = new Map(source.map((item, index) => [item.json, index]));
	return [
		items.map((_, item): INodeExecutionData => {
			const pairedItem = { item };
			try {
				const origin = this.getWorkflowDataProxy(item).$('Items').item as INodeExecutionData;
				return { json: { origin: indexOf.get(origin.json) ?? null }, pairedItem };
			} catch (error) {
				return { json: { origin: null, reason: (error as Error).message }, pairedItem };
			}
		}),
	];
});

const field = (
	name: string,
	type: INodeProperties['type'],
	fallback: INodeProperties['default'],
): INodeProperties => ({ displayName: name, name, type, default: fallback });

function setPath(target: IDataObject, path: string, value: unknown) {
	const keys = path.split('.');
	const last = keys.pop() as string;
	let place = target;
	for (const key of keys) place = (place[key] ??= {}) as IDataObject;
	place[last] = value as IDataObject;
}

interface Assignment {
	name: string;
	value: unknown;
}

const editFields = standIn(
	'set',
	[
		field('mode', 'string', 'manual'),
		field('jsonOutput', 'json', '{}'),
		field('assignments', 'assignmentCollection', {}),
		field('includeOtherFields', 'boolean', false),
	],
	async function () {
		return [
			this.getInputData().map((item, index) => {
				const keep = this.getNodeParameter('includeOtherFields', index) as boolean;
				const json: IDataObject = keep ? structuredClone(item.json) : {};
				if (this.getNodeParameter('mode', index) === 'raw') {
					const raw = this.getNodeParameter('jsonOutput', index) as string | IDataObject;
					Object.assign(json, typeof raw === 'string' ? JSON.parse(raw) : raw);
				} else {
					const list = this.getNodeParameter('assignments.assignments', index, []) as Assignment[];
					for (const { name, value } of list) setPath(json, name, value);
				}
				return { ...item, json, pairedItem: { item: index } };
			}),
		];
	},
);

function passes(node: IExecuteFunctions, path: string, index: number): boolean {
	return node.getNodeParameter(path, index, false, { extractValue: true }) as boolean;
}

const conditions = field('conditions', 'filter', {});

const choose = (name: string, keepOthers: boolean) =>
	standIn(name, [conditions], async function () {
		const yes: INodeExecutionData[] = [];
		const no: INodeExecutionData[] = [];
		this.getInputData().forEach((item, index) => {
			const paired = { ...item, pairedItem: { item: index } };
			(passes(this, 'conditions', index) ? yes : no).push(paired);
		});
		return keepOthers ? [yes, no] : [yes];
	});

const rules: INodeProperties = {
	...field('rules', 'fixedCollection', {}),
	typeOptions: { multipleValues: true },
	options: [{ name: 'values', displayName: 'values', values: [conditions] }],
};

const route = standIn('switch', [rules], async function () {
	const count = (this.getNodeParameter('rules.values', 0, []) as unknown[]).length;
	const outputs = Array.from({ length: count }, (): INodeExecutionData[] => []);
	this.getInputData().forEach((item, index) => {
		const rule = outputs.findIndex((_, at) =>
			passes(this, `rules.values[${at}].conditions`, index),
		);
		outputs[rule]?.push({ ...item, pairedItem: { item: index } });
	});
	return outputs;
});

/** Runs the code in the test's own process; n8n does it in a task runner. */
const code = standIn(
	'code',
	[field('mode', 'string', 'runOnceForAllItems'), field('jsCode', 'string', '')],
	async function () {
		const jsCode = this.getNodeParameter('jsCode', 0) as string;
		const run = async (index: number) => {
			const proxy = this.getWorkflowDataProxy(index);
			const names = ['$', '$input', '$json', '$node', '$execution', '$workflow', '$now', '$today'];
			const body = new Function(...names, `return (async () => {${jsCode}\n})()`);
			return await body(...names.map((name) => proxy[name as keyof typeof proxy]));
		};
		const normal = (given: IDataObject): INodeExecutionData =>
			'json' in given ? (given as unknown as INodeExecutionData) : { json: given };
		if (this.getNodeParameter('mode', 0) === 'runOnceForAllItems') {
			return [[await run(0)].flat().map(normal)];
		}
		const results = await Promise.all(
			this.getInputData().map(async (_, index) => await run(index)),
		);
		return [results.map((given, item) => ({ ...normal(given), pairedItem: { item } }))];
	},
);

export const standIns: Record<string, INodeType> = {
	[SOURCE]: passOn(SOURCE),
	[SINK]: sink,
	'n8n-nodes-base.manualTrigger': passOn('manualTrigger'),
	'n8n-nodes-base.scheduleTrigger': passOn('scheduleTrigger'),
	'n8n-nodes-base.webhook': passOn('webhook'),
	'n8n-nodes-base.executeWorkflowTrigger': passOn('executeWorkflowTrigger'),
	'n8n-nodes-base.noOp': passOn('noOp'),
	'n8n-nodes-base.stickyNote': passOn('stickyNote'),
	'n8n-nodes-base.set': editFields,
	'n8n-nodes-base.if': choose('if', true),
	'n8n-nodes-base.filter': choose('filter', false),
	'n8n-nodes-base.switch': route,
	'n8n-nodes-base.code': code,
};
