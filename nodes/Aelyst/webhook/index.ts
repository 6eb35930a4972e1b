import { eventTypesField, requireEvents } from '../../webhook/fields';
import { requireSecret, SECRET_CREDENTIAL } from '../../webhook/secrets';
import type { WebhookVendor } from '../../webhook/webhookVendor';
import { aelystApi } from '../api';
import { OTHER, RECEIVED, SENT, toEvents } from './events';
import { verify } from './verify';

export const aelyst: WebhookVendor = {
	value: aelystApi.provider,
	displayName: 'Aelyst (respond.io)',
	description: 'You paste the webhook URL there and its signing key here',
	credential: SECRET_CREDENTIAL,
	fields: [
		{
			displayName:
				'Copy the webhook URL above to Aelyst (or respond.io) under Settings → Integrations → Webhooks, and the signing key from there into the credential. The production URL works while the workflow is published (active), the test URL while n8n listens for a test event. Aelyst has no events for delivered, read or failed: look at Get Message for those.',
			name: 'aelystNotice',
			type: 'notice',
			default: '',
		},
		eventTypesField(
			[
				{ name: 'Message Received', value: RECEIVED },
				{ name: 'Message Sent', value: SENT },
				{ name: 'Other Event', value: OTHER, description: 'Contacts, conversations, calls' },
			],
			[RECEIVED],
		),
	],
	options: [
		{
			displayName: 'Leave Out Own Messages',
			name: 'leaveOutOwn',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave out messages that were sent through the API, such as those of this package, so that a workflow that answers does not answer itself',
		},
	],
	statuses: [],
	check({ parameter, credentials }) {
		requireEvents(parameter);
		requireSecret(credentials);
	},
	verify,
	toEvents,
};
