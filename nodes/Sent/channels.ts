import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';
import { toList } from '../input/list';
import { shown, withoutInvisible } from '../input/shown';

/** Sent's own word for choosing the channel by itself. */
export const AUTOMATIC = 'sent';
const CHANNELS = [AUTOMATIC, 'mms', 'rcs', 'sms', 'whatsapp'];

/** Channels that own senders exist on. */
export const channelOptions = [
	{ name: 'MMS', value: 'mms' },
	{ name: 'RCS', value: 'rcs' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];

/** Source: docs.sent.dm, POST /v3/messages: several channels are a broadcast, not a fallback. */
export const channelsField: INodeProperties = {
	displayName: 'Channels',
	name: 'channels',
	type: 'multiOptions',
	options: [
		{
			name: 'Automatic',
			value: AUTOMATIC,
			description: 'Sent chooses the channel for each recipient',
		},
		...channelOptions,
	],
	default: [AUTOMATIC],
	description: 'What to send it on',
	hint: 'Several channels are a broadcast: each recipient gets a message on every one of them',
};

/** @throws InvalidInput for a channel that Sent does not have */
export function buildChannels({ channels }: IDataObject): string[] {
	const list = toList(channels, 'Channels').map((channel) => withoutInvisible(channel).trim());
	const chosen = [...new Set(list.map((channel) => channel.toLowerCase()))];
	const unknown = chosen.find((channel) => !CHANNELS.includes(channel));
	if (unknown !== undefined) {
		throw new InvalidInput(
			'Channels',
			`holds ${shown(unknown)}, which is no channel of Sent`,
			`Use ${CHANNELS.join(', ')}.`,
		);
	}
	return chosen.length === 0 ? [AUTOMATIC] : chosen;
}
