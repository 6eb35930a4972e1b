import type { INodeProperties } from 'n8n-workflow';

import type { Execute } from '../delivery/run/deliver';
import { sorted } from './options';
import { showFor } from './show';

/** An operation: what the editor shows, and what n8n runs. */
export interface NodeOperation {
	/** The shared name by which flows and other vendors know the operation. */
	value: string;
	/** Title Case, as the list of operations shows it. */
	name: string;
	/** Sentence case, as the node panel shows it. */
	action: string;
	description: string;
	fields: INodeProperties[];
	execute: Execute;
}

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
				showFor({ resource: [resource], operation: [operation.value] }, operation.fields),
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
				})),
			),
			default: first,
		},
	]);
}

/** What n8n runs instead of its own engine, for the operations that need it. */
export function customOperations(resources: Resource[]): Record<string, Record<string, Execute>> {
	return Object.fromEntries(
		resources.map(({ value, operations }) => [
			value,
			Object.fromEntries(operations.map((operation) => [operation.value, operation.execute])),
		]),
	);
}
