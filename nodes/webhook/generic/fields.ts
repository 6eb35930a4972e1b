import type { INodeProperties } from 'n8n-workflow';

import { sorted, titled } from '../../fields/options';
import { showFor } from '../../fields/show';
import { DELIVERY_STATUSES } from '../../message/deliveryStatus';
import type { MessageEventType } from '../../message/messageEvent';
import { eventTypesField } from '../fields';
import { maxAgeOption } from '../maxAge';

/** How a service that only knows to post JSON is set up, where that differs. */
export interface GenericSettings {
	/** What to do at the service, in the editor. */
	readonly notice: string;
	/** What the events carry as their provider; undefined lets the user say so. */
	readonly provider?: string;
	readonly scheme: 'hmac' | 'secret';
	readonly headerName: string;
	/** The events that are chosen at first. */
	readonly events: MessageEventType[];
}

/** How old a signed delivery may be. */
export const MAX_AGE_SECONDS = 300;

/** What can be read from a payload, and the label of its field. */
export const READABLE = {
	channel: 'Channel',
	direction: 'Direction',
	errorCode: 'Error Code',
	eventId: 'Event ID',
	messageId: 'Message ID',
	occurredAt: 'Event Time',
	reason: 'Reason',
	recipient: 'Recipient',
	reference: 'Reference',
	sender: 'Sender',
	status: 'Status',
	text: 'Text',
};

/** All fields of such a service. */
export function genericFields(settings: GenericSettings): INodeProperties[] {
	return [
		{ displayName: settings.notice, name: 'genericNotice', type: 'notice', default: '' },
		...(settings.provider === undefined ? [providerField] : []),
		...checkFields(settings),
		eventTypesField(
			[
				{
					name: 'Message Received',
					value: 'message.received',
					description: 'The direction is incoming',
				},
				{
					name: 'Message Status Changed',
					value: 'message.status',
					description: 'There is a status',
				},
				{ name: 'Other Event', value: 'other' },
			],
			settings.events,
		),
		mappingField,
		statusWordsField,
	];
}

const providerField: INodeProperties = {
	displayName: 'Provider',
	name: 'provider',
	type: 'string',
	default: '',
	placeholder: 'e.g. my-sms-gateway',
	description: 'The name that the events shall carry as their provider',
};

const checkFields = ({ scheme, headerName }: GenericSettings): INodeProperties[] => [
	{
		displayName: 'Check',
		name: 'scheme',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Secret in a Header',
				value: 'secret',
				description: 'The service sends the secret itself',
			},
			{
				name: 'Signature (HMAC)',
				value: 'hmac',
				description: 'The service signs the body with the secret',
			},
		],
		default: scheme,
		description: 'How to know that a request comes from the service',
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: headerName,
		required: true,
		description: 'The header that holds the secret or the signature',
	},
	{
		displayName: 'Algorithm',
		name: 'algorithm',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'SHA-1', value: 'sha1' },
			{ name: 'SHA-256', value: 'sha256' },
			{ name: 'SHA-512', value: 'sha512' },
		],
		default: 'sha256',
		displayOptions: { show: { scheme: ['hmac'] } },
		description: 'The hash function of the signature',
	},
	{
		displayName: 'Encoding',
		name: 'encoding',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Base64 URL', value: 'base64url' },
			{ name: 'Hex', value: 'hex' },
		],
		default: 'hex',
		displayOptions: { show: { scheme: ['hmac'] } },
		description: 'How the signature is written',
	},
];

const mappingField: INodeProperties = {
	displayName: 'Field Mapping',
	name: 'mapping',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description:
		'Where each value stands in the body, such as data.message.status. Leave out what the body already calls messageId, status, recipient and so on.',
	options: sorted(
		Object.entries(READABLE).map(
			([name, displayName]): INodeProperties => ({
				displayName,
				name,
				type: 'string',
				default: '',
				placeholder: 'e.g. data.message.status',
			}),
		),
	),
};

const statusWordsField: INodeProperties = {
	displayName: 'Status Words',
	name: 'statusWords',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Word',
	default: {},
	description: 'What the words of the service mean, where they are not these already',
	options: [
		{
			displayName: 'Word',
			name: 'words',
			values: [
				{
					displayName: 'Word',
					name: 'word',
					type: 'string',
					default: '',
					placeholder: 'e.g. DELIVRD',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: sorted(DELIVERY_STATUSES.map((value) => ({ name: titled(value), value }))),
					default: 'delivered',
					description: 'What it means',
				},
			],
		},
	],
};

/** Entries of Options. */
export const genericOptions: INodeProperties[] = [
	{
		displayName: 'Challenge Field',
		name: 'challengeField',
		type: 'string',
		default: 'challenge',
		description:
			'The field of the body whose value the service wants as the answer when it checks the address. Such a request starts no workflow.',
	},
	...showFor({ '/scheme': ['hmac'] }, [
		maxAgeOption(MAX_AGE_SECONDS, 'It counts only with a Timestamp Header.'),
		{
			displayName: 'Signature Prefix',
			name: 'signaturePrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. sha256=',
			description: 'What stands before the signature in its header',
		},
		{
			displayName: 'Timestamp Header',
			name: 'timestampHeader',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Timestamp',
			description:
				'The header with the unix time of the delivery. The signature is then expected over the time, a dot and the body.',
		},
	]),
];
