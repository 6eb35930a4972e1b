import { requireText, withoutBlanks } from '../../message/requireInput';
import { actionsField, buildActions } from './actions';
import type { BodyType } from './bodyType';
import { buildMetadata, metadataField } from './metadata';

export const text: BodyType = {
	value: 'text',
	name: 'Text',
	description: 'Plain text, with buttons where the channel has them',
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Your order 1042 has shipped.',
		},
		actionsField,
		metadataField(['subject', 'previewUrl', 'telegramParseMode', 'appleSummary', 'headers']),
	],
	build: (draft) =>
		withoutBlanks({
			text: requireText('Text', draft.text, 'Enter the text of the message.'),
			actions: buildActions(draft.actions),
			metadata: buildMetadata(draft.metadata),
		}),
};
