import type { INodeProperties } from 'n8n-workflow';

import { sorted } from '../../fields/options';
import { isBlank } from '../../input/blank';
import { requireChoice } from '../../input/choice';
import { requireText } from '../../input/text';
import type { MessageType } from './messageType';

/** Source: the owner's page of sendmessage. */
const TAGS = {
	ACCOUNT_UPDATE: 'Account Update',
	CONFIRMED_EVENT_UPDATE: 'Confirmed Event Update',
	POST_PURCHASE_UPDATE: 'Post Purchase Update',
};

export const messageTagField: INodeProperties = {
	displayName: 'Message Tag',
	name: 'messageTag',
	type: 'options',
	options: sorted([
		...Object.entries(TAGS).map(([value, name]) => ({ name, value })),
		{ name: 'None', value: '' },
	]),
	default: '',
	description:
		'Required on Facebook and Instagram when the contact has not written within 24 hours',
};

export const text: MessageType = {
	value: 'text',
	name: 'Text',
	description: 'Plain text, through any channel',
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Your order 1042 has shipped.',
			description:
				"May hold Aelyst's own variables, such as <code>{{$contact.name}}</code>, unless the field is an expression, in which n8n takes them for its own",
		},
		messageTagField,
	],
	build({ text: words, messageTag }) {
		const message = {
			type: 'text',
			text: requireText('Text', words, 'Enter the text of the message.'),
		};
		if (isBlank(messageTag)) return message;
		return {
			...message,
			messageTag: requireChoice('Message Tag', messageTag, Object.keys(TAGS)),
		};
	},
};
