import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { withoutBlanks } from '../../input/blank';
import { optionsOf } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { toUrlList } from '../../input/list';
import { requireSegments } from '../../input/maxSegments';
import { requirePhone } from '../../input/phone';
import { shown } from '../../input/shown';
import { optionalText, requireText } from '../../input/text';
import { requireUrl } from '../../input/url';
import { type Kind, textField } from './kind';

/** Votel's examples have it for SMS only. */
export const metadataField: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Entry',
	description: 'What Votel keeps with the message, such as the ID of a campaign',
	options: [
		{
			displayName: 'Entry',
			name: 'entries',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. campaign_id',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. spring_promo',
				},
			],
		},
	],
};

/** Source: api/send-message-api-messaging-send-post, SMSMessageData. */
export const sms: Kind = {
	value: 'sms',
	name: 'SMS',
	description: 'A text message, with media where the number can send them',
	senderType: 'sms',
	placeholder: '+1234567890',
	recipientLabel: 'Recipient Phone Number',
	recipientExample: '+14155550123',
	recipientHint: 'With + and the country code. Spaces, dashes and brackets do not matter.',
	recipientNoun: 'phone number',
	itemField: 'phone',
	fields: [
		textField,
		{
			displayName: 'Media URLs',
			name: 'mediaUrls',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. https://example.com/promo.jpg',
			description:
				'Addresses of pictures and the like that anyone can open, one a line or separated by commas',
		},
	],
	more: [],
	recipient: requirePhone,
	content(draft) {
		const text = requireText('Text', draft.text, 'Enter the text of the message.');
		requireSegments('Text', text, optionsOf(draft).maxSegments);
		return withoutBlanks({
			content: text,
			media_urls: toUrlList(draft.mediaUrls, 'Media URLs').map((url) =>
				requireUrl('Media URLs', url),
			),
		});
	},
};

/** @throws InvalidInput for an entry without a name, or a name given twice */
export function buildMetadata(value: unknown): IDataObject {
	const metadata: IDataObject = {};
	const entries = isPlainObject(value) && Array.isArray(value.entries) ? value.entries : [];
	for (const { name, value: content } of entries as IDataObject[]) {
		const key = requireText('Metadata Name', name, 'Give every entry a name, or remove it.').trim();
		if (Object.hasOwn(metadata, key)) {
			throw new InvalidInput(
				'Metadata',
				`has ${shown(key)} twice`,
				'Give every entry its own name.',
			);
		}
		metadata[key] = optionalText(`Metadata ${key} Value`, content) ?? '';
	}
	return metadata;
}
