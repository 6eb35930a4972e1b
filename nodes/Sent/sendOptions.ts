import {
	type IDataObject,
	type INodeParameterResourceLocator,
	type INodeProperties,
	isResourceLocatorValue,
} from 'n8n-workflow';

import { idempotencyKeyOption } from '../fields/options';
import { picker } from '../fields/picker';
import { isBlank, withoutBlanks } from '../input/blank';
import { requireChoice } from '../input/choice';
import { toCountry } from '../input/country';
import { requireId } from '../input/id';
import { requireSchedule } from '../input/instant';
import { InvalidInput } from '../input/invalidInput';
import { isPlainObject } from '../input/json';
import { toUrlList } from '../input/list';
import { toE164 } from '../input/phone';
import { shown } from '../input/shown';
import { optionalText } from '../input/text';
import { requireUrl } from '../input/url';
import { channelOptions } from './channels';

/** Source: docs.sent.dm/start/guides/scheduled-messages and the newest SDKs: scheduled_at, from a minute
 * to 30 days ahead. What is nearer is meant as now. */
const FURTHEST_MS = 30 * 86_400_000;

/** For every sending operation: how fast it may go. */
export const planOption: INodeProperties = {
	displayName: 'Plan',
	name: 'plan',
	type: 'options',
	options: [
		{ name: 'Growth', value: 'growth', description: '300 sends per minute' },
		{ name: 'Starter', value: 'starter', description: '60 sends per minute' },
	],
	default: 'starter',
	description:
		'The plan of your Sent account, by which Sent limits how many sends may leave per minute. For another plan set Requests per Second.',
};

/** For what API v3 recognises when it comes again. */
export const idempotencyOption: INodeProperties = idempotencyKeyOption(
	'Letters, digits, - and _ only. Sent remembers it for 24 hours.',
);

/** What every message of API v3 can say besides its recipients and its content. */
export const messageOptions: INodeProperties[] = [
	idempotencyOption,
	{
		displayName: 'Media URLs',
		name: 'mediaUrls',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/photo.jpg',
		description:
			'Public https addresses of pictures and the like, separated by commas or lines. For MMS; with the automatic channel they let Sent choose MMS.',
	},
	{
		displayName: 'MMS Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your order',
		description: 'The subject line of an MMS. Other channels have none.',
	},
	{
		displayName: 'Own Senders',
		name: 'senders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Sender',
		default: {},
		description:
			'Which of your own numbers or names to send from. Without any, Sent chooses for each recipient.',
		options: [
			{
				displayName: 'Sender',
				name: 'sender',
				values: [
					{
						displayName: 'Channel',
						name: 'channel',
						type: 'options',
						options: channelOptions,
						default: 'sms',
						description: 'The channel that it is the sender for',
					},
					{
						displayName: 'Country',
						name: 'country',
						type: 'string',
						default: '',
						placeholder: 'e.g. US',
						description:
							'The country of the sender, by its two letters. Sent keeps it with the message but does not choose by it: the sender is used for recipients in every country.',
					},
					picker({
						displayName: 'Number or Name',
						name: 'from',
						description: 'The number or name to send from',
						searchMethod: 'searchSenders',
						idName: 'By Number or Name',
						idPlaceholder: 'e.g. +14155550100',
					}),
				],
			},
		],
	},
	planOption,
	{
		displayName: 'Sandbox Mode',
		name: 'sandbox',
		type: 'boolean',
		default: false,
		description:
			'Whether Sent only checks the message and answers as if it had sent it. Nothing is sent or charged, and no idempotency key is used up.',
	},
	{
		displayName: 'Scheduled Time',
		name: 'scheduledAt',
		type: 'dateTime',
		default: '',
		description:
			'When to send it, 1 minute to 30 days ahead. A time without an offset such as +01:00 is in the time zone of the workflow.',
	},
];

/**
 * The part of a v3 message that its options make up.
 *
 * @param timezone the workflow's, for times that say no offset
 * @param now ms since the epoch
 * @throws InvalidInput naming the option that cannot be sent
 */
export function buildMessageOptions(
	options: IDataObject,
	timezone: unknown,
	now: number = Date.now(),
): IDataObject {
	return withoutBlanks({
		channels: senders(options.senders),
		media_urls: toUrlList(options.mediaUrls, 'Media URLs').map((url) =>
			requireUrl('Media URLs', url, ['https:']),
		),
		subject: optionalText('MMS Subject', options.subject),
		scheduled_at: schedule(options.scheduledAt, timezone, now),
		sandbox: options.sandbox === true ? true : undefined,
	});
}

const OWN_CHANNELS = channelOptions.map(({ value }) => value);

/** {sms: [{from: [number], country}]}: one entry for each channel and country. */
function senders(value: unknown): IDataObject {
	const rows = isPlainObject(value) && Array.isArray(value.sender) ? value.sender : [];
	const choices: Record<string, Array<{ from: string[]; country?: string }>> = {};
	for (const row of rows as IDataObject[]) {
		const channel = requireChoice('Channel', row.channel ?? 'sms', OWN_CHANNELS);
		const from = senderValue(row.from);
		const country = countryCode(row.country);
		const ofChannel = (choices[channel] ??= []);
		const known = ofChannel.find((choice) => choice.country === country);
		if (known) known.from.push(from);
		else ofChannel.push({ from: [from], ...(country === undefined ? {} : { country }) });
	}
	return choices as unknown as IDataObject;
}

function senderValue(value: unknown): string {
	// n8n takes the value out of a locator only where it is a field of its own.
	const isLocator = isResourceLocatorValue(value as INodeParameterResourceLocator);
	const entered = isLocator ? (value as INodeParameterResourceLocator).value : value;
	const text = requireId(
		'Number or Name',
		entered,
		'Pick one of your senders, or enter its number or name.',
	);
	return toE164(text) ?? text;
}

function countryCode(value: unknown): string | undefined {
	if (isBlank(value)) return undefined;
	const code = toCountry(value);
	if (code !== undefined) return code;
	throw new InvalidInput(
		'Country',
		`${shown(value)} is not a country code`,
		'Enter the two letters of the country, such as US.',
	);
}

/** @returns undefined for now, which needs no schedule */
function schedule(value: unknown, timezone: unknown, now: number): string | undefined {
	if (isBlank(value)) return undefined;
	const time = requireSchedule('Scheduled Time', value, timezone, {
		furthestMs: FURTHEST_MS,
		now,
	});
	return time === undefined ? undefined : new Date(time).toISOString();
}
