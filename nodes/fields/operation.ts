import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { requestOptionsField } from './requestOptions';
import { showFor } from './show';

/** What stands under a node: its operation in words, such as send template: message. */
export const SUBTITLE =
	'={{ $parameter["operation"].replace(/([A-Z])/g, " $1").toLowerCase() + ": " + $parameter["resource"] }}';

/** An operation as the editor shows it. */
export interface DescribedOperation {
	/** The shared name by which flows and other vendors know the operation. */
	value: string;
	/** Title Case, as the list of operations shows it. */
	name: string;
	/** Sentence case, as the node panel shows it. */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** The request that it stands for. */
	routing?: INodePropertyOptions['routing'];
}

export interface DescribedResource {
	value: string;
	name: string;
	operations: DescribedOperation[];
}

/** The Resource and Operation pickers of a node, followed by every operation's fields. */
export function operationProperties(resources: DescribedResource[]): INodeProperties[] {
	const [{ value: first }] = resources;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: first,
		},
		...resources.flatMap(operationPicker),
		...resources.flatMap(({ value: resource, operations }) =>
			operations.flatMap((operation) =>
				showFor({ resource: [resource], operation: [operation.value] }, operation.fields),
			),
		),
		requestOptionsField,
	];
}

function operationPicker(resource: DescribedResource): INodeProperties[] {
	const first = resource.operations[0].value;
	return showFor({ resource: [resource.value] }, [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			// In the order in which people look for them: sending comes first.
			options: resource.operations.map(({ name, value, action, description, routing }) => ({
				name,
				value,
				action,
				description,
				routing,
			})),
			default: first,
		},
	]);
}
