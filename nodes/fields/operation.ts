import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyRouting,
} from 'n8n-workflow';

import { drafted } from './draft';
import { sorted } from './options';
import { showFor } from './show';

interface Described {
	/** The shared name by which flows and other vendors know the operation. */
	value: string;
	/** Title Case, as the list of operations shows it. */
	name: string;
	/** Sentence case, as the node panel shows it. */
	action: string;
	description: string;
	fields: INodeProperties[];
}

/** An operation that sends one request an item. */
export interface RoutedOperation extends Described {
	routing: INodePropertyRouting;
}

/** An operation that works on all items together. */
export interface CustomOperation extends Described {
	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

export type NodeOperation = RoutedOperation | CustomOperation;

export interface Resource {
	value: string;
	name: string;
	operations: NodeOperation[];
}

/** The Resource and Operation pickers of a node, followed by every operation's fields. */
export function operationProperties(resources: Resource[]): INodeProperties[] {
	const [{ value: first }] = resources;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: sorted(resources.map(({ name, value }) => ({ name, value }))),
			default: first,
		},
		...resources.flatMap(operationPicker),
		...resources.flatMap(({ value: resource, operations }) =>
			operations.flatMap((operation) =>
				showFor(
					{ resource: [resource], operation: [operation.value] },
					'routing' in operation ? drafted(operation.fields) : operation.fields,
				),
			),
		),
	];
}

function operationPicker(resource: Resource): INodeProperties[] {
	const first = resource.operations[0].value;
	return showFor({ resource: [resource.value] }, [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: sorted(
				resource.operations.map((operation) => ({
					name: operation.name,
					value: operation.value,
					action: operation.action,
					description: operation.description,
					...('routing' in operation ? { routing: operation.routing } : {}),
				})),
			),
			default: first,
		},
	]);
}

/** What n8n runs instead of its own engine, for the operations that need it. */
export function customOperations(
	resources: Resource[],
): Record<string, Record<string, CustomOperation['execute']>> {
	return Object.fromEntries(
		resources.map(({ value, operations }) => [
			value,
			Object.fromEntries(
				operations.flatMap((operation) =>
					'execute' in operation ? [[operation.value, operation.execute]] : [],
				),
			),
		]),
	);
}
