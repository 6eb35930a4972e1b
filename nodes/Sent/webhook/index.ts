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
import { MAX_AGE_SECONDS, verify } from './verify';

export const sent: WebhookVendor = {
	value: sentApi.provider,
	displayName: sentApi.displayName,
	description: 'Registers itself through API v3 and checks every signature',
	credential: sentApi.credential,
	fields: [
		{
			displayName:
				'n8n registers its address at Sent when the workflow is published (activated), and removes it afterwards. Sent switches a webhook off after ten failed deliveries in a row, for instance while n8n is down; publishing (activating) the workflow again switches it on. What it reports of a message of API version v1 is not signed: it is taken only with the Webhook Token of the credential in its URL, which Add Webhook Token of Send Template puts there.',
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
	registration: { api: sentApi, address: reachableAddress, exists, register, unregister },
	check({ parameter }) {
		requireEvents(parameter);
		subscriptionFor(parameter);
	},
	verify,
	toEvents,
};
