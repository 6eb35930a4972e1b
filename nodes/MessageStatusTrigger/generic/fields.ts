import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sorted, titled } from '../../fields/options';
import {
	DELIVERY_STATUSES,
	type DeliveryStatus,
	type StatusTable,
	toDeliveryStatus,
} from '../../message/deliveryStatus';
import { textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { objectsIn } from '../../webhook/event';
import { eventTypesField } from '../../webhook/fields';
import type { ReadParameter } from '../../webhook/webhookVendor';

/** What can be read from a payload, and the label of its field. */
const READABLE = {
	channel: 'Channel',
	direction: 'Direction',
	errorCode: 'Error Code',
	eventId: 'Event ID',
	messageId: 'Message ID',
	occurredAt: 'Occurred At',
	reason: 'Reason',
	recipient: 'Recipient',
	reference: 'Reference',
	sender: 'Sender',
	status: 'Status',
	text: 'Text',
};

type Readable = keyof typeof READABLE;

/** Words in common use; whatever else a service says is added by the user. */
const WORDS: StatusTable = {
	...Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, status])),
	pending: 'queued',
	processing: 'queued',
	opened: 'read',
	seen: 'read',
	bounced: 'failed',
	error: 'failed',
	undelivered: 'failed',
	blocked: 'rejected',
	cancelled: 'canceled',
};

export const genericFields: INodeProperties[] = [
	{
		displayName:
			'Copy the webhook URL above to the service, and put the secret into the credential. The production URL works while the workflow is published (active), the test URL while n8n listens for a test event.',
		name: 'genericNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Provider',
		name: 'provider',
		type: 'string',
		default: '',
		placeholder: 'e.g. votel',
		description: 'The name that the events shall carry as their provider',
	},
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
		default: 'hmac',
		description: 'How to know that a request comes from the service',
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: 'X-Webhook-Signature',
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
		['message.status'],
	),
	{
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
	},
	{
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
	},
];

/** Reads the values of a payload by the places that the user has set. */
export function readerOf(
	payload: IDataObject,
	parameter: ReadParameter,
): (name: Readable) => string | null {
	const given = parameter('mapping', {});
	const mapping = isPlainObject(given) ? given : {};
	return (name) => textOrNull(valueAt(payload, textOrNull(mapping[name]) ?? name));
}

/** Steps into own properties only, so that a path cannot reach what an object inherits. */
function valueAt(payload: IDataObject, path: string): unknown {
	const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
	return keys.reduce<unknown>(
		(place, key) =>
			typeof place === 'object' && place !== null && Object.hasOwn(place, key)
				? (place as IDataObject)[key]
				: undefined,
		payload,
	);
}

/** The user's own words first. */
export function statusOf(word: string | null, parameter: ReadParameter): DeliveryStatus {
	const given = parameter('statusWords', {});
	const own = objectsIn(isPlainObject(given) ? given.words : []).find(
		(entry) => String(entry.word).trim().toLowerCase() === word?.trim().toLowerCase(),
	);
	const meant = DELIVERY_STATUSES.find((status) => status === own?.status);
	return meant ?? toDeliveryStatus(WORDS, word?.trim());
}
