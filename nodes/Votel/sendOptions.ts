import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { type Draft, optionsOf } from '../input/draft';
import { maxSegmentsOption } from '../fields/maxSegments';
import { showFor } from '../fields/show';
import { isBlank } from '../input/blank';
import { requireId } from '../input/id';
import { requireJsonObject } from '../input/json';
import { optionalText } from '../input/text';
import { channelInOption } from './channel';

/** What Votel is to take a message for. Source: api/send-message-api-messaging-send-post. */
export const messageTypeFields: INodeProperties[] = [
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		options: [
			{ name: 'Default', value: '', description: 'Left to Votel' },
			{ name: 'Marketing', value: 'MARKETING' },
			{ name: 'Notification', value: 'NOTIFICATION' },
			{ name: 'Transactional', value: 'TRANSACTIONAL' },
		],
		default: '',
		description: 'What kind of message Votel takes it for',
	},
	{
		displayName: 'Priority',
		name: 'priority',
		type: 'options',
		options: [
			{ name: 'Default', value: '', description: 'Left to Votel' },
			{ name: 'High', value: 'HIGH' },
			{ name: 'Low', value: 'LOW' },
			{ name: 'Normal', value: 'NORMAL' },
			{ name: 'Other', value: 'other', description: 'A value of your own' },
		],
		default: '',
		description: 'How urgent the message is to Votel',
	},
	...showFor({ priority: ['other'] }, [
		{
			displayName: 'Priority Value',
			name: 'priorityOther',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3',
			description: 'Passed on to Votel as it is',
		},
	]),
];

/** @throws InvalidInput for a priority of one's own that is empty */
export function buildMessageType(draft: Draft): IDataObject {
	return {
		message_type: optionalText('Message Type', draft.messageType),
		priority:
			draft.priority === 'other'
				? requireId('Priority Value', draft.priorityOther, 'Enter it, or choose another one.')
				: optionalText('Priority', draft.priority),
	};
}

/** What goes with every message and is rarely needed. */
export const messageOptions: INodeProperties[] = [
	channelInOption,
	{ ...maxSegmentsOption, displayOptions: { show: { '/sendAs': ['sms'] } } },
	{
		displayName: 'More Message Data (JSON)',
		name: 'moreData',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"campaign": "spring"}',
		description:
			'Keys that go into message_data as they are, for what Votel takes and has no field here',
	},
	{
		displayName: 'Sender',
		name: 'sender',
		type: 'string',
		default: '',
		placeholder: 'e.g. support@example.com',
		displayOptions: { hide: { '/sendAs': ['instagramDm'] } },
		description: 'The address or number to send from, where the channel lets you choose',
	},
	{
		displayName: 'Sender Type',
		name: 'senderType',
		type: 'string',
		default: '',
		placeholder: 'e.g. sms',
		description:
			"Replaces Votel's word for the kind of message. Leave it out to use sms or instagram_dm, and none for email, as Votel's examples do.",
	},
];

/** The part of `message_data` that the options make up. @throws InvalidInput naming the option */
export function buildMoreData(draft: Draft): IDataObject {
	const { moreData, sender } = optionsOf(draft);
	return {
		...(isBlank(moreData) ? {} : requireJsonObject('More Message Data (JSON)', moreData)),
		...(isBlank(sender) || draft.sendAs === 'instagramDm'
			? {}
			: { sender: requireId('Sender', sender, 'Enter an address or a number.') }),
	};
}
