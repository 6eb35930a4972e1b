import type {
	ExecutionStatus,
	IDataObject,
	INode,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	IWorkflowSettings,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { core, n8nWorkflow, stored } from './n8n';
import type { Installation } from './installation';
import type { CredentialData } from './credentials';
import { additionalData } from './additional-data';
import {
	complete,
	nodeOf,
	sinkOf,
	startOf,
	UNDER_TEST,
	workflowAround,
	type NodeSpec,
	type WorkflowJson,
} from './workflow';

interface RunSettings {
	credentials?: CredentialData;
	/** What the node gets, or the start node of a whole workflow; one empty item unless given. */
	items?: INodeExecutionData[];
	executionId?: string;
	mode?: WorkflowExecuteMode;
	/** Static data of the watched node. */
	staticData?: IDataObject;
	/** Cancels the execution this long after its start, as the Stop button does. */
	cancelAfterMs?: number;
}

export interface NodeRun extends RunSettings {
	node: NodeSpec;
	/** Follow every output item back to its input item: see `RunResult.origins`. */
	trace?: boolean;
	workflow?: undefined;
}

export interface WorkflowRun extends RunSettings {
	workflow: WorkflowJson;
	/** The node whose output and error are reported: the first one of this package unless given. */
	watch?: string;
	/** Where to start, if more than one node has no input. */
	startNode?: string;
	node?: undefined;
}

export type RunOptions = NodeRun | WorkflowRun;

/** An error as n8n stores it with the execution: a plain object with what can be shown. */
export interface StoredError {
	name: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: IDataObject;
	messages?: string[];
	stack?: string;
	[key: string]: unknown;
}

export interface RunResult {
	status: ExecutionStatus;
	/** Why the execution stopped. */
	error?: StoredError;
	/** Items of the watched node, by output. Made in Node's realm: compare with toEqual, not toStrictEqual. */
	output: INodeExecutionData[][];
	/** The same, only their json. */
	json: IDataObject[][];
	/**
	 * With `trace`: by output and item, the index of the input item that n8n finds by following the
	 * pairing, as `$('Items').item` would; null where it finds none.
	 */
	origins: Array<Array<number | null>>;
	/** Items of any node of the workflow, of its last run. */
	of(node: string): INodeExecutionData[][];
	/** Error of any node of the workflow, also where the flow went on. */
	errorOf(node: string): StoredError | undefined;
	staticData: IDataObject;
	executionId: string;
	/** The whole execution. */
	run: IRun;
}

export interface Execution {
	result: Promise<RunResult>;
	/** What the Stop button does. */
	cancel(): void;
}

let executions = 0;

/** Runs one node between a source and sinks, or a whole workflow, the way n8n's WorkflowRunner does. */
export function start(installation: Installation, options: RunOptions): Execution {
	const { credentials = {}, mode = 'trigger' } = options;
	const executionId = options.executionId ?? `engine-${++executions}`;
	const json = stored(
		options.workflow ??
			workflowAround(nodeOf(installation, options.node, credentials), options.trace),
	);
	const nodes = json.nodes.map((node) => complete(installation, node, credentials));
	const startName = (options.workflow && options.startNode) ?? startOf(json).name;
	const watched = options.workflow
		? (options.watch ??
			nodes.find(({ type }) => type.startsWith(`${installation.packageName}.`))?.name)
		: (options.node.name ?? UNDER_TEST);
	if (watched === undefined || !nodes.some(({ name }) => name === watched)) {
		throw new Error(`There is no node "${watched}" in the workflow to watch`);
	}

	const settings: IWorkflowSettings = { executionOrder: 'v1', ...json.settings };
	const workflow = new n8nWorkflow.Workflow({
		id: json.id ?? 'workflow-under-test',
		name: json.name,
		nodes,
		connections: json.connections,
		active: true,
		nodeTypes: installation.nodeTypes,
		settings,
		staticData: { [`node:${watched}`]: stored(options.staticData ?? {}) },
	});

	const given = options.items ?? json.pinData?.[startName] ?? [{ json: {} }];
	const runExecutionData: IRunExecutionData = n8nWorkflow.createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{
					node: workflow.getNode(startName) as INode,
					data: { main: [stored(given)] },
					source: null,
				},
			],
		},
	});

	const data = additionalData(installation, { credentials, executionId });
	data.hooks = new core.ExecutionLifecycleHooks(mode, executionId, {
		...json,
		id: workflow.id,
		name: json.name ?? '',
		active: true,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes,
		settings,
	});

	const report = (run: IRun) => resultOf(run, watched, executionId, workflow);
	let execution: ReturnType<InstanceType<typeof core.WorkflowExecute>['processRunExecutionData']>;
	try {
		const engine = new core.WorkflowExecute(data, mode, runExecutionData);
		execution = engine.processRunExecutionData(workflow);
	} catch (error) {
		// A missing required parameter, for instance: n8n stores an execution that failed at once.
		const failed = failedAtOnce(runExecutionData, error as Error, mode);
		return { result: Promise.resolve(report(failed)), cancel: () => undefined };
	}
	const timer =
		options.cancelAfterMs === undefined
			? undefined
			: setTimeout(() => execution.cancel(), options.cancelAfterMs);
	const result = execution.finally(() => clearTimeout(timer)).then(report);
	return { result, cancel: () => execution.cancel() };
}

function failedAtOnce(data: IRunExecutionData, error: Error, mode: WorkflowExecuteMode): IRun {
	const { message, stack } = error;
	data.resultData.error = { ...error, message, stack } as typeof data.resultData.error;
	const now = new Date();
	return { data, mode, startedAt: now, stoppedAt: now, status: 'error', storedAt: 'db' };
}

function resultOf(run: IRun, watched: string, executionId: string, workflow: Workflow): RunResult {
	const { runData, error } = run.data.resultData;
	const of = (node: string) =>
		(runData[node]?.at(-1)?.data?.main ?? []).map((items) => items ?? []);
	const output = of(watched);
	return {
		status: run.status,
		error: error as StoredError | undefined,
		output,
		json: output.map((items) => items.map(({ json }) => json)),
		origins: output.map((_, index) =>
			(of(sinkOf(index))[0] ?? []).map(({ json }) => json.origin as number | null),
		),
		of,
		errorOf: (node) => runData[node]?.at(-1)?.error as StoredError | undefined,
		staticData: { ...(workflow.staticData[`node:${watched}`] as IDataObject) },
		executionId,
		run,
	};
}
