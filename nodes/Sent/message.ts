import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../input/draft';
import { isPlainObject } from '../input/json';
import { requireText } from '../input/text';
import { buildChannels } from './channels';
import { buildMessageOptions } from './sendOptions';
import { buildTemplate } from './template';

export const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Your order has shipped.',
	description:
		'What to say. Sent delivers free text only to people who have written to you or who lately got a template.',
};

/**
 * Everything of a v3 message but its recipients.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildMessage(content: 'text' | 'template', draft: Draft): IDataObject {
	const options = isPlainObject(draft.options) ? draft.options : {};
	return {
		channel: buildChannels(draft),
		...(content === 'template'
			? { template: buildTemplate(draft) }
			: { text: requireText('Text', draft.text, 'Enter what the message says.') }),
		...buildMessageOptions(options, draft.workflowTimezone),
	};
}
