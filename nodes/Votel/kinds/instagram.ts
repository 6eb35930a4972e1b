import { isBlank, withoutBlanks } from '../../input/blank';
import { requireId } from '../../input/id';
import { InvalidInput } from '../../input/invalidInput';
import { shown } from '../../input/shown';
import { requireText } from '../../input/text';
import { requireUrl } from '../../input/url';
import { type Kind, textField } from './kind';

/** Source: the Instagram DM example of api/send-message-api-messaging-send-post. */
export const instagram: Kind = {
	value: 'instagramDm',
	name: 'Instagram DM',
	description: 'A direct message on Instagram, with an image if you like',
	senderType: 'instagram_dm',
	recipientLabel: 'Recipient Instagram ID',
	recipientExample: '1234567890123456',
	recipientHint: 'The Instagram-scoped ID of the person: digits only, no username',
	recipientNoun: 'Instagram-scoped ID',
	itemField: 'instagramId',
	fields: [
		textField,
		{
			displayName: 'Image URL',
			name: 'imageUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/promo.jpg',
			description: 'The address of a picture to send along, which anyone can open',
		},
	],
	more: [],
	recipient: (field, value) => requireInstagramId(field, value),
	content: (draft) =>
		withoutBlanks({
			content: requireText('Text', draft.text, 'Enter the text of the message.'),
			image_url: isBlank(draft.imageUrl) ? undefined : requireUrl('Image URL', draft.imageUrl),
		}),
};

function requireInstagramId(field: string, value: unknown): string {
	const id = requireId(field, value, 'Enter the Instagram-scoped ID of the person.');
	if (/^\d+$/.test(id)) return id;
	throw new InvalidInput(
		field,
		`${shown(id)} is not an Instagram-scoped ID`,
		'It has digits only, such as 1234567890123456. A username does not do.',
	);
}
