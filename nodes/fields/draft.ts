import type { INodeProperties } from 'n8n-workflow';

/**
 * Lets fields put what the user entered into the draft, each under its own name, from which the
 * operation then builds the vendor's request. So n8n evaluates an expression no more often than
 * for any declarative node.
 */
export function drafted(fields: INodeProperties[]): INodeProperties[] {
	return fields.map((field) =>
		field.type === 'notice'
			? field
			: { ...field, routing: { send: { type: 'body', property: field.name } } },
	);
}
