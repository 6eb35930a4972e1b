import type { INodeProperties } from 'n8n-workflow';

/** Who must not be written to. */
export const suppressionListOption: INodeProperties = {
	displayName: 'Suppression List',
	name: 'suppressionList',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: "e.g. {{ $('Get Opt-Outs').all() }}",
	description:
		'Who must not be written to: an expression that gives a list, such as the rows of a data table, or phone numbers, email addresses and IDs separated by commas or lines. A message to any of them is not sent, and is reported with the code suppressed.',
};
