import type { INodeProperties } from 'n8n-workflow';

import { showFor } from './show';

interface BulkRecipient {
	/** What a recipient is, such as "phone number". */
	what: string;
	defaultField: string;
	placeholder: string;
}

/** Who gets a bulk, and what becomes of it: the fields that every vendor's Bulk Send has. */
export function bulkFields({ what, defaultField, placeholder }: BulkRecipient): INodeProperties[] {
	return [
		{
			displayName: 'Recipient Source',
			name: 'recipientsFrom',
			type: 'options',
			options: [
				{
					name: 'Input Items',
					value: 'items',
					description: 'One recipient for each item that comes in',
				},
				{ name: 'List', value: 'list', description: 'A list from one field or expression' },
			],
			default: 'items',
		},
		...showFor({ recipientsFrom: ['list'] }, [
			{
				displayName: 'Recipient List',
				name: 'recipientList',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				required: true,
				placeholder: `e.g. ${placeholder}`,
				description:
					'Recipients separated by commas or lines, a JSON list, or an expression that gives a list. Entries may be objects with the fields of the message.',
			},
		]),
		{
			displayName: 'Recipient Field',
			name: 'recipientField',
			type: 'string',
			// A field that is dragged here gives its name instead of an expression for its value.
			requiresDataPath: 'single',
			default: defaultField,
			required: true,
			placeholder: `e.g. ${defaultField}`,
			hint: `The name of the field that holds the ${what}, such as ${defaultField} or customer.${defaultField}`,
		},
	];
}

/** Said once, above the fields of the message. */
export const mergeFieldsNotice: INodeProperties = {
	displayName:
		'Put a field of each item into the message with double square brackets, such as [[first_name]]. It is faster than an expression.',
	name: 'mergeFieldsNotice',
	type: 'notice',
	default: '',
};

export const bulkOutputFields: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'One Item per Recipient',
				value: 'recipients',
				description: 'What became of each message, paired with its input item',
			},
			{
				name: 'Summary',
				value: 'summary',
				description: 'One item with counts, success rate and the reasons for failures',
			},
		],
		default: 'recipients',
	},
	{
		displayName: 'Skip Duplicates',
		name: 'skipDuplicates',
		type: 'options',
		options: [
			{
				name: 'Never',
				value: 'none',
				description: 'Send every item, however alike',
			},
			{
				name: 'Same Recipient',
				value: 'recipient',
				description: 'Send only the first message to each recipient',
			},
			{
				name: 'Same Recipient and Content',
				value: 'message',
				description: 'Send a message only once to the same recipient',
			},
		],
		default: 'message',
	},
];
