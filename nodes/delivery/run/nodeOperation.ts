import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { type Host, routedHost, workflowHost } from './host';
import type { AnyOperation, ChooseOperation } from './operation';
import type { Outcome } from './report';
import { run } from './run';

/** An entry of a node's list of operations: what the editor shows, and what is run. */
export interface NodeOperation {
	/** The shared name by which flows and other vendors know the operation. */
	value: string;
	/** Title Case, as the list of operations shows it. */
	name: string;
	/** Sentence case, as the node panel shows it. */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** What it asks of the vendor. The path is a template, which the operation fills in. */
	declares: { method: 'GET' | 'POST'; url: string };
	operation: AnyOperation | ChooseOperation;
	/** Set where a run does more than send, such as wait for an answer. */
	followUp?: (context: IExecuteFunctions, host: Host) => FollowUp;
}

/** What one run of an operation does before and after it sends. */
export interface FollowUp {
	/**
	 * The operation as this run needs it.
	 *
	 * @throws InvalidInput for what this run cannot do; then nothing is sent
	 */
	prepare(operation: AnyOperation): AnyOperation;
	/** What the node gives, once the message is sent or is not. */
	conclude(outcome: Outcome): Promise<INodeExecutionData[]>;
}

export interface Resource {
	value: string;
	name: string;
	operations: NodeOperation[];
}

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/**
 * What n8n runs in a workflow, with all items at once: each expression is evaluated once an item,
 * and all are checked before the first is sent. n8n's own engine would start all requests at once.
 */
export function customOperations(resources: Resource[]): Record<string, Record<string, Execute>> {
	return Object.fromEntries(
		resources.map(({ value, operations }) => [
			value,
			Object.fromEntries(operations.map((one) => [one.value, executeOf(one)])),
		]),
	);
}

function executeOf({ operation, followUp }: NodeOperation): Execute {
	return async function (this: IExecuteFunctions) {
		const host = workflowHost(this);
		return [await runChosen(host, operation, followUp?.(this, host))];
	};
}

/** The resources as the editor shows them, with the request that each operation stands for. */
export function declared(resources: Resource[]) {
	return resources.map(({ operations, ...resource }) => ({
		...resource,
		operations: operations.map((one) => ({ ...one, routing: routingOf(one) })),
	}));
}

/**
 * What n8n runs where it knows no custom operations, as for the tools of older agents and of MCP:
 * declared like any request, and handed to the same runner.
 */
function routingOf({
	declares,
	operation,
	followUp,
}: NodeOperation): NonNullable<INodePropertyOptions['routing']> {
	return {
		request: declares,
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, requestData) {
				const host = routedHost(this, requestData);
				return await runChosen(host, operation, followUp && cannotFollowUp);
			},
		},
	};
}

async function runChosen(
	host: Host,
	operation: AnyOperation | ChooseOperation,
	followUp?: Partial<FollowUp>,
): Promise<INodeExecutionData[]> {
	const choose = () => {
		const chosen =
			typeof operation === 'function'
				? operation(
						(name, fallback) => host.parameters.read(name, 0, fallback),
						host.node.parameters,
					)
				: operation;
		return followUp?.prepare?.(chosen) ?? chosen;
	};
	return await run(host, choose, followUp?.conclude);
}

/** n8n's routing engine has no execution that could wait. */
const cannotFollowUp: Partial<FollowUp> = {
	prepare() {
		throw new InvalidInput(
			'Operation',
			'cannot wait for an answer here: n8n gives a tool of MCP, and of an AI Agent before version 3, no way to wait',
			'Nothing was sent. Use a human review step of AI Agent 3 or later, or choose Send Message.',
		);
	},
};
