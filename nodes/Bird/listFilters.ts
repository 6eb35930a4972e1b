import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sorted, titled } from '../fields/options';
import { isBlank, withoutBlanks } from '../input/blank';
import { optionalId, requireId, requireUuid } from '../input/id';
import { requireInstant } from '../input/instant';
import { InvalidInput } from '../input/invalidInput';
import { toList } from '../input/list';
import { requireWhole } from '../input/number';
import { optionalText } from '../input/text';

/** Source: docs.bird.com, api-reference/messaging: the status of a message. */
const STATUSES = [
	'accepted',
	'deleted',
	'delivered',
	'delivery_failed',
	'processing',
	'rejected',
	'scheduled',
	'sending_failed',
	'sent',
	'skipped',
];

/** Filters that take text as it is. */
const TEXTS = {
	emailSubject: {
		displayName: 'Email Subject',
		placeholder: 'e.g. Your order has shipped',
		description: 'The subject of an email',
	},
	platform: {
		displayName: 'Platform',
		placeholder: 'e.g. whatsapp',
		description: 'The platform as Bird names it',
	},
};

/** Filters that take an ID. */
const IDS = {
	batchId: {
		displayName: 'Batch ID',
		description: 'The batch that Bulk Send gave: what has become of its messages',
	},
	navigatorId: { displayName: 'Navigator ID', description: 'The navigator that sent the message' },
};

/** Filters that take several values, of which one must fit. */
const LISTS = {
	countryCode: {
		displayName: 'Country Codes',
		placeholder: 'e.g. NL, BE',
		description: 'Countries of the recipients',
	},
	failureCode: {
		displayName: 'Failure Codes',
		placeholder: 'e.g. 15001, 15005',
		description: "Bird's codes of why messages failed",
	},
	failureSourceCode: {
		displayName: 'Failure Source Codes',
		placeholder: 'e.g. 1',
		description: 'Codes of the part of Bird, or of the platform, that failed',
	},
	failureSourceName: {
		displayName: 'Failure Source Names',
		placeholder: 'e.g. sms-messagebird',
		description: 'Names of the part of Bird, or of the platform, that failed',
	},
	from: {
		displayName: 'Senders',
		placeholder: 'e.g. +14155550123',
		description: 'Phone numbers, addresses or other identifiers of who wrote',
	},
	id: {
		displayName: 'Message IDs',
		placeholder: 'e.g. 1e7b70ab-3dcc-48f4-a6f6-63a493f6134c',
		description: 'The messages with these IDs',
	},
	messageType: {
		displayName: 'Message Types',
		placeholder: 'e.g. text, image',
		description: 'Kinds of bodies as Bird names them',
	},
	tag: { displayName: 'Tags', placeholder: 'e.g. orders', description: 'Tags of the messages' },
	to: {
		displayName: 'Recipients',
		placeholder: 'e.g. +14155550123',
		description: 'Phone numbers, addresses or other identifiers of who was written to',
	},
};

/** What a list of messages can be narrowed down by. Source: docs.bird.com, api-reference/messaging. */
export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: sorted<INodeProperties>([
		...Object.entries(TEXTS).map(([name, texts]) => textField(name, texts)),
		...Object.entries(IDS).map(([name, texts]) =>
			textField(name, { ...texts, placeholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8' }),
		),
		...Object.entries(LISTS).map(([name, texts]) =>
			textField(name, { ...texts, description: `${texts.description}, separated by commas` }),
		),
		{
			displayName: 'Start Time',
			name: 'startAt',
			type: 'dateTime',
			default: '',
			description: 'Messages from this time on',
		},
		{
			displayName: 'End Time',
			name: 'endAt',
			type: 'dateTime',
			default: '',
			description: 'Messages up to this time',
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Incoming', value: 'incoming' },
				{ name: 'Outgoing', value: 'outgoing' },
			],
			default: 'outgoing',
			description: 'Whether people wrote the messages or got them',
		},
		{
			displayName: 'Reverse Order',
			name: 'reverse',
			type: 'boolean',
			default: true,
			description: "Whether to turn round Bird's order of the messages",
		},
		{
			displayName: 'Statuses',
			name: 'status',
			type: 'multiOptions',
			options: STATUSES.map((value) => ({ name: titled(value), value })),
			default: [],
			description: 'The statuses that messages may have',
		},
	]),
};

/** Only for a list of the whole workspace. */
export const channelsFilter: INodeProperties = {
	displayName: 'Channel IDs',
	name: 'channelIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
	description: 'Only messages of these channels, separated by commas. Leave it empty for all.',
};

function textField(
	name: string,
	texts: Pick<INodeProperties, 'displayName' | 'placeholder' | 'description'>,
): INodeProperties {
	return { ...texts, name, type: 'string', default: '' };
}

/**
 * The query that a list's filters make up.
 *
 * @param timezone what times without a time zone are meant in
 * @throws InvalidInput naming the filter that cannot be used
 */
export function buildFilters(filters: IDataObject, timezone: unknown): IDataObject {
	const listed = Object.entries(LISTS).map(([name, { displayName }]) => {
		const list = toList(filters[name], displayName);
		return [name, list.map((one) => requireId(displayName, one))] as const;
	});
	const { id = [], failureCode = [], ...others } = Object.fromEntries(listed);
	const [startAt, endAt] = [
		time('Start Time', filters.startAt, timezone),
		time('End Time', filters.endAt, timezone),
	];
	if (startAt !== undefined && endAt !== undefined && startAt > endAt) {
		throw new InvalidInput(
			'Start Time',
			'is later than End Time',
			'Exchange the two, or leave one out.',
		);
	}
	return withoutBlanks({
		direction: optionalText('Direction', filters.direction),
		reverse: filters.reverse,
		status: toList(filters.status, 'Statuses'),
		platform: optionalId('Platform', filters.platform),
		emailSubject: optionalText('Email Subject', filters.emailSubject),
		batchId: optionalUuid('Batch ID', filters.batchId),
		navigatorId: optionalUuid('Navigator ID', filters.navigatorId),
		id: id.map((one) => requireUuid('Message IDs', one, 'Enter IDs as Bird gives them.')),
		failureCode: failureCode.map((code) =>
			requireWhole('Failure Codes', code, {}, 'Messages that failed carry it as errorCode.'),
		),
		...others,
		startAt: startAt === undefined ? undefined : new Date(startAt).toISOString(),
		endAt: endAt === undefined ? undefined : new Date(endAt).toISOString(),
	});
}

/** @throws InvalidInput when one of the channels' IDs is no UUID */
export function buildChannelIds(value: unknown): string[] {
	return toList(value, 'Channel IDs').map((id) =>
		requireUuid('Channel IDs', id, 'Enter IDs from the channel pages in Bird.'),
	);
}

function optionalUuid(field: string, value: unknown): string | undefined {
	return isBlank(value) ? undefined : requireUuid(field, value, 'Enter an ID as Bird gives it.');
}

function time(field: string, value: unknown, timezone: unknown): number | undefined {
	return isBlank(value) ? undefined : requireInstant(field, value, timezone);
}
