import type { INodeProperties } from 'n8n-workflow';

import { requireText } from '../../input/text';
import { withoutBlanks } from '../../input/blank';
import { actionsField, buildActions } from './actions';
import { attachmentsField, type AttachmentSource, buildAttachments } from './attachments';
import type { BodyType } from './bodyType';
import { buildMetadata, metadataField } from './metadata';

export const text: BodyType = {
	value: 'text',
	name: 'Text',
	description: 'Plain text, with buttons where the channel has them',
	fields: fields(['url', 'binary']),
	fieldsWithUrls: fields(['url']),
	build: (draft, media) =>
		withoutBlanks({
			text: requireText('Text', draft.text, 'Enter the text of the message.'),
			attachments: buildAttachments(draft.attachments, media),
			actions: buildActions(draft.actions),
			metadata: buildMetadata(draft.metadata),
		}),
};

function fields(sources: AttachmentSource[]): INodeProperties[] {
	return [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Your order 1042 has shipped.',
		},
		attachmentsField(sources),
		actionsField,
		metadataField(['subject', 'previewUrl', 'telegramParseMode', 'appleSummary', 'headers']),
	];
}
