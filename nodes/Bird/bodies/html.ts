import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { withoutBlanks } from '../../input/blank';
import { optionalText } from '../../input/text';
import { actionsField, buildActions } from './actions';
import { attachmentsField, type AttachmentSource, buildAttachments } from './attachments';
import type { BodyType } from './bodyType';
import { buildMetadata, metadataField } from './metadata';

export const html: BodyType = {
	value: 'html',
	name: 'HTML',
	description: 'An email with HTML, plain text and attachments',
	fields: fields(['url', 'binary', 'content']),
	fieldsWithUrls: fields(['url', 'content']),
	build(draft, media) {
		const content = optionalText('HTML', draft.html);
		const text = optionalText('Plain Text', draft.text);
		if (content === undefined && text === undefined) {
			throw new InvalidInput(
				'HTML',
				'and Plain Text are both empty',
				'Enter at least one of them.',
			);
		}
		return withoutBlanks({
			html: content,
			text,
			attachments: buildAttachments(draft.attachments, media),
			actions: buildActions(draft.actions),
			metadata: withoutBlanks({
				subject: optionalText('Subject', draft.subject),
				...buildMetadata(draft.metadata),
			}),
		});
	},
};

function fields(sources: AttachmentSource[]): INodeProperties[] {
	return [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. Your order has shipped',
		},
		{
			displayName: 'HTML',
			name: 'html',
			type: 'string',
			typeOptions: { rows: 5, editor: 'htmlEditor' },
			default: '',
			placeholder: 'e.g. <h1>Hello</h1>',
		},
		{
			displayName: 'Plain Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'What readers without HTML see. Either this or the HTML is needed.',
		},
		attachmentsField(sources),
		actionsField,
		metadataField([
			'clickTracking',
			'openTracking',
			'initialOpenTracking',
			'headers',
			'fromUsername',
			'fromDisplayName',
		]),
	];
}
