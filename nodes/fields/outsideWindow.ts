import type { INodeProperties } from 'n8n-workflow';

import { showFor } from './show';

/**
 * What becomes of a message that comes when the recipient has not written for 24 hours, for vendors
 * that tell whether it would.
 *
 * @param costs how the vendor is asked, as a sentence
 * @param templateFields of the template that goes instead, with names that the message does not have
 */
export function outsideWindowFields(
	costs: string,
	templateFields: INodeProperties[],
): INodeProperties[] {
	return [
		{
			displayName: 'Outside 24-Hour Window',
			name: 'outsideWindow',
			type: 'options',
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: 'Send the message as it is: the vendor refuses it, or it fails later',
				},
				{
					name: 'Send a Template',
					value: 'template',
					description: 'Send a template in place of the message, never both',
				},
				{
					name: 'Skip',
					value: 'skip',
					description: 'Send nothing, and report the item with the code outside_window',
				},
			],
			default: 'fail',
			description: [
				'What to do where the recipient has not written for 24 hours, when WhatsApp takes nothing but templates.',
				costs,
			].join(' '),
		},
		...showFor({ outsideWindow: ['template'] }, templateFields),
	];
}
