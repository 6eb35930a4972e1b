import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { picker } from '../fields/picker';
import { showFor } from '../fields/show';
import { InvalidInput } from '../input/invalidInput';
import { isBlank } from '../input/blank';
import { requireId } from '../input/id';
import { shown } from '../input/shown';

const WINDOW_MS = 24 * 3_600_000;

/** Source: the owner's page of sendmessage: "only supported for Telegram, Facebook, Viber and Line". */
const PAYLOAD_SOURCES = ['telegram', 'facebook', 'viber', 'line'];

const CHANNEL = { displayName: 'Channel', name: 'channelId' };

/** A channel as Aelyst lists it: of the workspace, or of a contact, which tells more. */
export type Channel = IDataObject;

export function isWhatsapp({ source }: Channel): boolean {
	return String(source).includes('whatsapp');
}

export function isFacebook({ source }: Channel): boolean {
	return source === 'facebook';
}

export function takesPayload({ source }: Channel): boolean {
	return PAYLOAD_SOURCES.includes(String(source));
}

/** Whether texts outside the 24-hour window need a tag: source, the owner's page of sendmessage. */
export function takesTags({ source }: Channel): boolean {
	return source === 'facebook' || source === 'instagram';
}

/** When the 24-hour window of a contact's channel closes (ms); 0 for one that never wrote. */
export function windowClosesAt({ lastIncomingMessageTime: last }: Channel): number {
	const time = Number(last ?? 0);
	if (!Number.isFinite(time) || time <= 0) return 0;
	// The unit is not documented: all other times are seconds, and no date of today is so small in ms.
	return (time < 1e11 ? time * 1000 : time) + WINDOW_MS;
}

export function hasWindow(channel: Channel): boolean {
	return isWhatsapp(channel) || takesTags(channel);
}

export function channelName({ name, source }: Channel): string {
	return `${String(name)} (${String(source)})`;
}

/** A channel of the workspace. @param names of its field, where there is another channel beside it */
export function channelPicker(
	searchMethod: string,
	description: string,
	names: Pick<INodeProperties, 'displayName' | 'name'> = CHANNEL,
): INodeProperties {
	return picker({
		...names,
		description,
		searchMethod,
		idPlaceholder: 'e.g. 551174',
		idShape: { regex: '^\\s*\\d+\\s*$', errorMessage: 'Not a channel ID. It is a number.' },
	});
}

/** The channel of a message: the one that the contact used last unless another is chosen. */
export const channelFields: INodeProperties[] = [
	{
		displayName: 'Channel Selection',
		name: 'sendThrough',
		type: 'options',
		options: [
			{
				name: 'Last Interacted Channel',
				value: 'last',
				description: 'The channel that the contact used last, if any',
			},
			{ name: 'Specific Channel', value: 'channel', description: 'A channel of your choice' },
		],
		default: 'last',
	},
	...showFor({ sendThrough: ['channel'] }, [
		channelPicker(
			'searchChannels',
			'The channel to send through. For a contact that is chosen, the list tells whether the 24-hour window is open.',
		),
	]),
];

/** The channel of a custom payload, which Aelyst does not choose itself. */
export const payloadChannelField = channelPicker(
	'searchPayloadChannels',
	'The channel to send through. Only Telegram, Facebook, Viber and LINE take custom payloads.',
);

/**
 * Source: the owner's page of sendmessage, whose example has the channel 0.
 *
 * @throws InvalidInput when it is no channel's ID
 */
export function requireChannelId(
	value: unknown,
	why = '',
	field: string = CHANNEL.displayName,
): number {
	const cure = 'Pick a channel, or enter its ID, which is a number such as 551174.';
	if (isBlank(value)) throw new InvalidInput(field, `is empty${why}`, cure);
	const text = requireId(field, value, cure);
	const id = Number(text);
	if (/^\d+$/.test(text) && Number.isSafeInteger(id)) return id;
	throw new InvalidInput(field, `${shown(text)} is not the ID of a channel`, cure);
}

/** The chosen channel, null for the one that the contact used last. */
export function channelOf({ sendThrough, channelId }: IDataObject): number | null {
	return sendThrough === 'channel' ? requireChannelId(channelId) : null;
}
