import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isBlank, withoutBlanks } from '../input/blank';
import { optionalId, requireId } from '../input/id';
import { requireSchedule } from '../input/instant';
import { InvalidInput } from '../input/invalidInput';
import { isPlainObject, requireJsonObject } from '../input/json';
import { toList } from '../input/list';
import { requireWhole } from '../input/number';
import { shown } from '../input/shown';
import { optionalText } from '../input/text';
import { requireUrl } from '../input/url';
import { recipientDetailOptions } from './recipientDetails';

/** Source of all limits here: docs.bird.com, api-reference/messaging. */
const MOST_TAGS = 10;
const TAG = /^[a-zA-Z0-9-_ ]{1,50}$/;
const FURTHEST_MS = 35 * 86_400_000;
const DOMAIN_LENGTH = 128;

/** What every message of Bird can say besides its recipient and its content. */
export const messageOptions: INodeProperties[] = [
	...recipientDetailOptions,
	{
		displayName: 'Cap Frequency',
		name: 'capFrequency',
		type: 'boolean',
		default: false,
		description:
			'Whether the frequency cap of the contact counts. Only for marketing messages to a contact.',
	},
	{
		displayName: 'Enable Link Tracking',
		name: 'enableLinkTracking',
		type: 'boolean',
		default: true,
		description: 'Whether clicks on links are counted',
	},
	{
		displayName: 'Ignore Global Holdout',
		name: 'ignoreGlobalHoldout',
		type: 'boolean',
		default: false,
		description: 'Whether to send to people who are held out of all campaigns too',
	},
	{
		displayName: 'Ignore Quiet Hours',
		name: 'ignoreQuietHours',
		type: 'boolean',
		default: false,
		description: 'Whether to send at any hour',
	},
	{
		displayName: 'Meta (JSON)',
		name: 'meta',
		type: 'json',
		default: '{\n  "extraInformation": { "useCase": "transactional" }\n}',
		description: 'Further information about the message, as Bird documents it',
	},
	{
		displayName: 'Notification URL',
		name: 'notificationUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			'Where Bird reports what becomes of this message. Bird expects a webhook subscription besides.',
	},
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1042',
		description: 'Your own ID of the message. Results and status events carry it.',
	},
	{
		displayName: 'Reply To Message ID',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1e7b70ab-3dcc-48f4-a6f6-63a493f6134c',
		description: 'The ID of the message that this one answers',
	},
	{
		displayName: 'Reply To Type',
		name: 'replyToType',
		type: 'options',
		options: [
			{ name: 'Click', value: 'click' },
			{ name: 'Message', value: 'message' },
			{ name: 'Referrals', value: 'referrals' },
		],
		default: 'message',
		description: 'What the answered message was. Has no effect without Reply To Message ID.',
	},
	{
		displayName: 'Scheduled Time',
		name: 'scheduledFor',
		type: 'dateTime',
		default: '',
		description:
			'When to send it, at most 35 days ahead. Bird may send at once what is due within 10 minutes. A time without an offset such as +01:00 is in the time zone of the workflow.',
	},
	{
		displayName: 'Sender',
		name: 'sender',
		type: 'string',
		default: '',
		placeholder: 'e.g. news@example.com',
		description: 'Replaces the default sender of the channel, such as the user of an email address',
	},
	{
		displayName: 'Sender Name',
		name: 'senderName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example News',
		description: 'The name shown for the sender. Has no effect without Sender.',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. orders, spring sale',
		description:
			'At most 10, separated by commas, of 1 to 50 letters, digits, spaces, - and _ each. Bird turns them into lower case, and creates those that are new.',
	},
	{
		displayName: 'Validity (Seconds)',
		name: 'validity',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 129600,
		description: 'How long Bird keeps trying to deliver it',
	},
];

/** For messages with a body; a template has short links of its own. */
export const shortLinksOption: INodeProperties = {
	displayName: 'Short Links Domain',
	name: 'shortLinksDomain',
	type: 'string',
	default: 'default',
	placeholder: 'e.g. default',
	description:
		'Shortens the links of an SMS with this domain, or with the domain of the workspace for "default"',
};

/** @throws InvalidInput when the domain is too long */
export function buildShortLinks({ shortLinksDomain }: IDataObject): IDataObject | undefined {
	if (isBlank(shortLinksDomain)) return undefined;
	return { domain: requireDomain('Short Links Domain', shortLinksDomain) };
}

/** @throws InvalidInput when the domain is too long */
export function requireDomain(field: string, value: unknown): string {
	const domain = requireId(field, value);
	if (domain.length <= DOMAIN_LENGTH) return domain;
	throw new InvalidInput(
		field,
		`has ${domain.length} characters`,
		`Bird takes at most ${DOMAIN_LENGTH}. Enter a domain of the workspace, or "default".`,
	);
}

/**
 * The part of a message that its options make up.
 *
 * @param timezone what a schedule without a time zone is meant in
 * @param now ms since the epoch
 * @throws InvalidInput naming the option that cannot be sent
 */
export function buildMessageOptions(
	options: IDataObject,
	timezone: unknown,
	now: number = Date.now(),
): IDataObject {
	const { capFrequency, enableLinkTracking, ignoreGlobalHoldout, ignoreQuietHours } = options;
	return withoutBlanks({
		sender: sender(options),
		reference: optionalId('Reference', options.reference),
		replyTo: isBlank(options.replyTo)
			? undefined
			: {
					id: requireId('Reply To Message ID', options.replyTo),
					type: options.replyToType ?? 'message',
				},
		notification: isBlank(options.notificationUrl)
			? undefined
			: { url: requireUrl('Notification URL', options.notificationUrl) },
		tags: tags(options.tags),
		scheduledFor: isBlank(options.scheduledFor)
			? undefined
			: schedule(options.scheduledFor, timezone, now),
		validity: isBlank(options.validity)
			? undefined
			: requireWhole(
					'Validity (Seconds)',
					options.validity,
					{ min: 0 },
					'It is counted in seconds: 3600 is an hour.',
				),
		capFrequency,
		enableLinkTracking,
		ignoreGlobalHoldout,
		ignoreQuietHours,
		meta: meta(options.meta),
	});
}

function sender(options: IDataObject): IDataObject | undefined {
	if (isBlank(options.sender)) return undefined;
	const name = optionalText('Sender Name', options.senderName);
	return {
		connector: {
			identifierValue: requireId('Sender', options.sender),
			...withoutBlanks({ annotations: withoutBlanks({ name }) }),
		},
	};
}

function tags(value: unknown): string[] {
	const list = toList(value, 'Tags').map((tag) => requireId('Tags', tag));
	if (list.length > MOST_TAGS) {
		throw new InvalidInput('Tags', `holds ${list.length} tags`, `Bird takes at most ${MOST_TAGS}.`);
	}
	const bad = list.find((tag) => !TAG.test(tag));
	if (bad === undefined) return list;
	throw new InvalidInput(
		'Tags',
		`holds ${shown(bad)}, which Bird does not take`,
		'Use 1 to 50 letters, digits, spaces, - and _ for each tag.',
	);
}

/** @returns undefined for what is due now, which Bird sends at once without being told */
function schedule(value: unknown, timezone: unknown, now: number): string | undefined {
	const limits = { furthestMs: FURTHEST_MS, now };
	const time = requireSchedule('Scheduled Time', value, timezone, limits);
	return time === undefined ? undefined : new Date(time).toISOString();
}

function meta(value: unknown): IDataObject | undefined {
	if (isBlank(value)) return undefined;
	const object = requireJsonObject('Meta (JSON)', value);
	return isPlainObject(object) && Object.keys(object).length > 0 ? object : undefined;
}
