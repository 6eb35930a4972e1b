import type { INodeProperties } from 'n8n-workflow';

/** For messages that may be SMS. What it does is done by requireSegments. */
export const maxSegmentsOption: INodeProperties = {
	displayName: 'Max Segments',
	name: 'maxSegments',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description:
		'How many SMS a text may take at most, since each is charged. Longer ones are refused before they are sent. One SMS holds 160 characters, or 70 with a character such as an emoji.',
};
