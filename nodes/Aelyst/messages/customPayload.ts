import { InvalidInput } from '../../input/invalidInput';
import { requireJsonObject } from '../../input/json';
import { payloadChannelField } from '../channel';
import type { MessageType } from './messageType';

export const customPayload: MessageType = {
	value: 'custom_payload',
	name: 'Custom Payload',
	description: 'Whatever Telegram, Facebook, Viber or LINE understands itself',
	fields: [
		{
			displayName: 'Payload (JSON)',
			name: 'payload',
			type: 'json',
			default: '{}',
			required: true,
			placeholder: 'e.g. {"text": "Hello"}',
			description: "The message as the channel's own documentation describes it",
		},
		payloadChannelField,
	],
	build({ payload }) {
		const object = requireJsonObject('Payload (JSON)', payload);
		if (Object.keys(object).length > 0) return { type: 'custom_payload', payload: object };
		throw new InvalidInput('Payload (JSON)', 'is empty', 'Enter what the channel is to get.');
	},
};
