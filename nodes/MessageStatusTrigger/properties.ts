import type { INodeCredentialDescription, INodeProperties, INodeType } from 'n8n-workflow';

import { sorted, titled } from '../fields/options';
import { showFor } from '../fields/show';
import type { DeliveryStatus } from '../message/deliveryStatus';
import { ONE_OUTPUT, OUTPUT_PER_STATUS } from './outputs';
import type { WebhookVendor } from '../webhook/webhookVendor';

/** How a message ends: about one run of the workflow for each message, not one for every step. */
const DEFAULT_STATUSES: DeliveryStatus[] = ['delivered', 'failed', 'rejected'];

const STATUS_DESCRIPTIONS: Record<DeliveryStatus, string> = {
	accepted: 'The vendor has taken it',
	queued: 'It waits at the vendor',
	scheduled: 'It will be sent at a set time',
	sent: 'It is on its way',
	delivered: 'It has arrived',
	read: 'It was opened',
	failed: 'It could not be delivered',
	rejected: 'It was refused, for instance by a rule or for lack of consent',
	canceled: 'It was called back',
	unknown: 'The vendor has used a word that has no translation',
};

/** All fields of the node, composed of what each vendor brings. */
export function triggerProperties(vendors: readonly WebhookVendor[]): INodeProperties[] {
	const withStatuses = vendors.filter(({ statuses }) => statuses.length > 0);
	return [
		vendorField(vendors),
		...vendors.flatMap(({ value, fields }) => showFor({ vendor: [value] }, fields)),
		...withStatuses.map(statusesField),
		{
			displayName: 'Outputs',
			name: 'outputs',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'One', value: ONE_OUTPUT, description: 'All events leave by the same output' },
				{
					name: 'One per Status',
					value: OUTPUT_PER_STATUS,
					description: 'Each status has its output, and other events have one',
				},
			],
			default: ONE_OUTPUT,
			description: 'How events leave the node',
			displayOptions: { show: { vendor: withStatuses.map(({ value }) => value) } },
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description:
				'Whether to return the event that reads the same for every vendor instead of the raw payload',
		},
		...vendors.map(optionsField),
	];
}

/** The package with one vendor has nothing to choose. */
function vendorField(vendors: readonly WebhookVendor[]): INodeProperties {
	const [{ value: first }] = vendors;
	if (vendors.length === 1) {
		return { displayName: 'Vendor', name: 'vendor', type: 'hidden', default: first };
	}
	return {
		displayName: 'Vendor',
		name: 'vendor',
		type: 'options',
		noDataExpression: true,
		options: sorted(
			vendors.map(({ value, displayName, description }) => ({
				name: displayName,
				value,
				description,
			})),
		),
		default: first,
		description: 'Who sends the webhooks',
	};
}

function statusesField({ value, statuses }: WebhookVendor): INodeProperties {
	const reported = DEFAULT_STATUSES.filter((status) => statuses.includes(status));
	return {
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		noDataExpression: true,
		options: sorted(
			statuses.map((status) => ({
				name: titled(status),
				value: status,
				description: STATUS_DESCRIPTIONS[status],
			})),
		),
		default: [...reported],
		required: true,
		description: 'The statuses of messages that start the workflow. Each one is a run of its own.',
		displayOptions: { show: { vendor: [value] } },
	};
}

const includeRawOption: INodeProperties = {
	displayName: 'Include Raw Payload',
	name: 'includeRaw',
	type: 'boolean',
	default: false,
	description:
		'Whether to add what the vendor has sent, as it is, as the field raw of a simplified event. Numbers too large for JavaScript come as text.',
};

function optionsField({ value, options }: WebhookVendor): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sorted([...options, includeRawOption]),
		displayOptions: { show: { vendor: [value] } },
	};
}

/**
 * The vendors that do not use a credential: what its field is hidden for. Not the other way round:
 * where n8n's editor finds credentials shown for every choice of a field, it takes that field for a
 * way to sign in, and moves it into the credential's window.
 */
export function vendorsWithout(vendors: readonly WebhookVendor[], credential: string): string[] {
	return vendors.filter((one) => one.credential !== credential).map(({ value }) => value);
}

/** The credentials of the vendors but for one, which the node itself tests. */
export function vendorCredentials(
	vendors: readonly WebhookVendor[],
	besides: string,
): INodeCredentialDescription[] {
	const names = new Set(vendors.map(({ credential }) => credential));
	names.delete(besides);
	return [...names].map((name) => ({
		name,
		required: true,
		displayOptions: { hide: { vendor: vendorsWithout(vendors, name) } },
	}));
}

/** The methods that fill the vendors' lists. */
export function vendorMethods(
	vendors: readonly WebhookVendor[],
): Pick<NonNullable<INodeType['methods']>, 'loadOptions' | 'listSearch'> {
	return {
		loadOptions: Object.assign({}, ...vendors.map(({ methods }) => methods?.loadOptions)),
		listSearch: Object.assign({}, ...vendors.map(({ methods }) => methods?.listSearch)),
	};
}
