import {
	type DeclarativeRestApiSettings,
	type IExecuteFunctions,
	type IExecutePaginationFunctions,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type Logger,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { lockRow } from '../once/lockRow';
import type { OncePlace } from '../once/once';
import { itemContext } from './itemContext';
import { type ParameterSource, parametersOfItems, parametersOfOneItem } from './parameterSource';
import type { RunPlace } from './runPlace';

/** How n8n runs a node: all items of a workflow at once, or one call as an agent's tool. */
export interface Host {
	/** What comes in; a tool call counts as one item. */
	readonly items: INodeExecutionData[];
	readonly node: INode;
	readonly continuesOnFail: boolean;
	/** Whether n8n runs the node through its routing engine, as it does for tools. */
	readonly isRouted: boolean;
	/** Where in the execution this run is; undefined outside of one. */
	readonly place: RunPlace | undefined;
	/** Where the node remembers what it has sent; undefined where n8n offers no memory. */
	readonly once: OncePlace | undefined;
	readonly parameters: ParameterSource;
	readonly logger: Logger;
	readonly cancelSignal: AbortSignal | undefined;
	/** What n8n itself has found out about how requests go. */
	readonly settings: Partial<IHttpRequestOptions>;
	/** Says something beside the output of the node, where n8n has room for it. */
	hint?(message: string): void;
	/** What n8n offers for one item. */
	of(itemIndex: number): IExecuteSingleFunctions;
}

/** The node in a workflow, with all items. */
export function workflowHost(context: IExecuteFunctions): Host {
	const node = context.getNode();
	return {
		items: context.getInputData(),
		node,
		continuesOnFail: continuesOnFail(context, node),
		isRouted: false,
		place: placeOf(context, node, () => context.getWorkflowDataProxy(0).$runIndex as number),
		once: oncePlaceOf(context),
		parameters: parametersOfItems(context),
		logger: context.logger,
		cancelSignal: context.getExecutionCancelSignal(),
		settings: {},
		hint: (message) => context.addExecutionHints({ message, location: 'outputPane' }),
		of: (itemIndex) => itemContext(context, itemIndex),
	};
}

/**
 * One call of n8n's routing engine, which is how older agents and MCP run a tool.
 *
 * @param requestData what the engine has made of the declared request
 */
export function routedHost(
	context: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Host {
	const node = context.getNode();
	const { allowedDomains } = options;
	return {
		items: [inputOf(context)],
		node,
		continuesOnFail: continuesOnFail(context, node),
		isRouted: true,
		// Each try of a tool's own Retry On Fail has another run index, and is the same call.
		place: placeOf(context, node, () => ROUTED),
		once: undefined,
		parameters: parametersOfOneItem(context),
		logger: context.logger,
		cancelSignal: context.getExecutionCancelSignal(),
		settings: allowedDomains === undefined ? {} : { allowedDomains },
		of: () => context,
	};
}

const ROUTED = -1;

/** A tool's arguments are its item; it has none on the main input. */
function inputOf(context: IExecuteSingleFunctions): INodeExecutionData {
	const type = isTool(context.getNode()) ? NodeConnectionTypes.AiTool : NodeConnectionTypes.Main;
	return context.getInputData(0, type);
}

/** n8n makes of every node a second one for agents, with another name. */
function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/**
 * A model is told what a tool gives, and of an error nothing or its title alone. So a tool gives what
 * went wrong, unless its user has asked to stop.
 */
function continuesOnFail(
	context: IExecuteFunctions | IExecuteSingleFunctions,
	node: INode,
): boolean {
	return context.continueOnFail() || (isTool(node) && node.onError !== 'stopWorkflow');
}

/** By the id of the workflow, which one that was never saved has not. */
function oncePlaceOf(context: IExecuteFunctions): OncePlace | undefined {
	const { id } = context.getWorkflow();
	if (!id) return undefined;
	const node = context.getNode();
	return {
		name: `${id} ${node.id}`,
		items: context.helpers,
		lock: lockRow(context),
		twin: twinOf(context, node),
	};
}

/** Imported workflows may have two nodes with one ID. n8n shows no node the IDs of others, its context does. */
function twinOf(context: unknown, { id, name }: INode): string | undefined {
	const { workflow } = context as { workflow?: { nodes?: Record<string, INode> } };
	const nodes = Object.values(workflow?.nodes ?? {});
	return nodes.find((one) => one.id === id && one.name !== name)?.name;
}

function placeOf(
	context: Pick<IExecuteFunctions, 'getExecutionId' | 'getInstanceId'>,
	{ id, name }: INode,
	runIndex: () => number,
): RunPlace | undefined {
	const executionId = context.getExecutionId();
	if (!executionId) return undefined;
	const instanceId = context.getInstanceId();
	return { instanceId, executionId, node: `${id} ${name}`, runIndex: runIndex() };
}
