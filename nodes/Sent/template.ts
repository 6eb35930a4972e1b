import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { picker } from '../fields/picker';
import { variableFields } from '../fields/variables';
import { withoutBlanks } from '../input/blank';
import { isChosen } from '../input/draft';
import { requireId, requireUuid } from '../input/id';
import { readVariables } from '../input/variables';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const locator = picker({
	displayName: 'Template',
	name: 'template',
	description:
		'The template to send. The list holds the approved ones, each with its variables. Their texts stand in the dashboard of Sent, whose API does not tell them.',
	searchMethod: 'searchTemplates',
	idPlaceholder: 'e.g. 7ba7b820-9dad-11d1-80b4-00c04fd430c8',
});

/** Which template, and what to put into it. */
export const templateFields: INodeProperties[] = [
	{
		...locator,
		modes: [
			...(locator.modes ?? []),
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. order_confirmation',
			},
		],
	},
	...variableFields({
		mappingMethod: 'getTemplateVariables',
		chosenIn: 'template',
		dependsOn: ['template.value'],
		example: '{"name": "Ana", "order_id": "1042"}',
	}),
];

/** An id, unless it cannot be one: templates are named by people. */
export function isTemplateId(template: string): boolean {
	return UUID.test(template);
}

/**
 * The template of a v3 message. Source: docs.sent.dm, POST /v3/messages: id or name, never both.
 *
 * @param channels by which it goes: what WhatsApp refuses in variables is not sent there
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildTemplate(draft: IDataObject, channels: string[]): IDataObject {
	const template = requireId(
		'Template',
		draft.template,
		'Pick a template from the list, or enter its ID or name.',
	);
	return withoutBlanks({
		...(isTemplateId(template) ? { id: template } : { name: template }),
		parameters: readVariables(draft, {
			oneLine: channels.includes('whatsapp'),
			isOwn: isChosen(draft, 'template'),
		}),
	});
}

/** The template of a v1 message, which knows ids only. @throws InvalidInput when it is no UUID */
export function requireTemplateId(draft: IDataObject): string {
	return requireUuid(
		'Template',
		draft.template,
		'Pick it from the list, or enter its ID: API version v1 takes no names.',
	);
}
