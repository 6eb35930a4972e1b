import { sentApi } from '../api';
import { reachableAddress } from '../../webhook/address';
import { eventTypesField, requireEvents } from '../../webhook/fields';
import { maxAgeOption } from '../../webhook/maxAge';
import type { WebhookVendor } from '../../webhook/webhookVendor';
import { toEvents } from './events';
import {
	exists,
	RECEIVED_EVENTS,
	register,
	STATUS_EVENTS,
	subscriptionFor,
	unregister,
} from './registration';
import { getSentV1Tokens } from './v1Token';
import { MAX_AGE_SECONDS, verify } from './verify';

export const sent: WebhookVendor = {
	value: sentApi.provider,
	displayName: sentApi.displayName,
	description: 'Registers itself through API v3 and checks every signature',
	credential: sentApi.credential,
	fields: [
		{
			displayName:
				'n8n registers its address at Sent when the workflow is published (activated), and removes it afterwards. Sent switches a webhook off after ten failed deliveries in a row, for instance while n8n is down; publishing (activating) the workflow again switches it on.',
			name: 'sentNotice',
			type: 'notice',
			default: '',
		},
		// Source: docs.sent.dm, event types.
		eventTypesField(
			[
				{ name: 'Channel Changed', value: 'channel' },
				{ name: 'Contact Opted In or Out, or Wrote a Keyword', value: 'contact' },
				{ name: 'Link Followed', value: 'link' },
				{ name: 'Message Received', value: RECEIVED_EVENTS },
				{ name: 'Message Status Changed', value: STATUS_EVENTS },
				{ name: 'Template Changed', value: 'templates' },
			],
			[STATUS_EVENTS],
		),
	],
	options: [
		{
			displayName: 'API V1 Token Name or ID',
			name: 'v1Token',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSentV1Tokens' },
			default: '',
			description:
				'Sent does not sign what it reports to the Webhook URL of a single message of API v1. To have it accepted, choose this secret and add ?token= and the secret to the webhook URL that you send with the message. Switch the field to an expression to copy it. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		maxAgeOption(
			MAX_AGE_SECONDS,
			'Sent is said to sign a repeated delivery anew; if yours are refused as too old, raise this to 3600.',
		),
	],
	statuses: [
		'queued',
		'scheduled',
		'sent',
		'delivered',
		'read',
		'failed',
		'rejected',
		'canceled',
		'unknown',
	],
	methods: { loadOptions: { getSentV1Tokens } },
	registration: { api: sentApi, address: reachableAddress, exists, register, unregister },
	check({ parameter }) {
		requireEvents(parameter);
		subscriptionFor(parameter);
	},
	verify,
	toEvents,
};
