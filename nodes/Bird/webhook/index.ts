import { titled } from '../../fields/options';
import { picker, uuidShape } from '../../fields/picker';
import type { AddressRule } from '../../webhook/address';
import { requireEvents } from '../../webhook/fields';
import { maxAgeOption } from '../../webhook/maxAge';
import type { WebhookVendor } from '../../webhook/webhookVendor';
import { birdApi } from '../api';
import { searchChannels } from '../pickers';
import { getBirdEvents } from './eventNames';
import { INTERACTIONS, toEvents } from './events';
import { exists, register, unregister } from './registration';
import { MAX_AGE_SECONDS, verify } from './verify';

/** Source: docs.bird.com, create-a-webhook-subscription: the pattern of `url`. */
const URL_PATTERN = /^https:\/\/([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(\/[^\s]*)?$/;

const birdAddress: AddressRule = {
	needs: 'https without a port',
	fits: (url) => URL_PATTERN.test(url),
};

export const bird: WebhookVendor = {
	value: birdApi.provider,
	displayName: birdApi.displayName,
	description: 'Registers itself through the Channels API and checks every signature',
	credential: birdApi.credential,
	fields: [
		{
			displayName:
				'Bird delivers only to https addresses without a port. n8n registers its address when the workflow is published (activated), and removes it afterwards.',
			name: 'birdNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Event Names or IDs',
			name: 'events',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getBirdEvents' },
			// What everybody who sends wants to know. Other platforms are in the list.
			default: ['sms.outbound', 'whatsapp.outbound'],
			required: true,
			description:
				'The events that start the workflow. A message that says nothing but STOP, or the like, comes as message.opt_out. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		picker({
			displayName: 'Channel',
			name: 'channelId',
			description: 'Only events of this channel. Leave it empty for all channels of the workspace.',
			searchMethod: 'searchChannels',
			idPlaceholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			idShape: uuidShape,
			required: false,
		}),
	],
	options: [
		maxAgeOption(
			MAX_AGE_SECONDS,
			'Bird repeats a delivery for 8 hours with the time of the first attempt.',
		),
		{
			displayName: 'Interactions',
			name: 'interactions',
			type: 'multiOptions',
			options: INTERACTIONS.map((value) => ({ name: titled(value), value })),
			default: ['read', 'opened'],
			description: 'Which interactions start the workflow. Leave it out for all of them.',
		},
	],
	statuses: [
		'accepted',
		'queued',
		'scheduled',
		'sent',
		'delivered',
		'failed',
		'rejected',
		'canceled',
		'unknown',
	],
	methods: { loadOptions: { getBirdEvents }, listSearch: { searchChannels } },
	registration: { api: birdApi, address: birdAddress, exists, register, unregister },
	check({ parameter }) {
		requireEvents(parameter);
	},
	verify,
	toEvents,
};
