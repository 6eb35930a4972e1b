import type { INodeProperties } from 'n8n-workflow';

/** Who else gets an email. */
export const emailCopyFields: INodeProperties[] = [
	{
		displayName: 'CC',
		name: 'cc',
		type: 'string',
		default: '',
		placeholder: 'e.g. ben@example.com',
		description: 'Addresses that get a copy, separated by commas',
	},
	{
		displayName: 'BCC',
		name: 'bcc',
		type: 'string',
		default: '',
		placeholder: 'e.g. archive@example.com',
		description: 'Addresses that get a copy unseen, separated by commas',
	},
];
