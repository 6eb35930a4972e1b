import { genericVendor } from '../../webhook/generic';
import type { WebhookVendor } from '../../webhook/webhookVendor';
import { conduitApi } from '../api';

/**
 * Source: docs.conduit.ai has no webhooks in its API. What its workflows or an automation beside it
 * can post is up to the user, who sets up both ends.
 */
export const conduit: WebhookVendor = genericVendor(
	{
		value: conduitApi.provider,
		displayName: conduitApi.displayName,
		description: 'A workflow of Conduit, or whatever else knows of its messages, posts them here',
	},
	{
		notice:
			'Conduit documents no webhooks of its own. Where a workflow of yours there can call an address, let it post JSON to the webhook URL above, with the secret of the credential in the header below. Call the values messageId, status, direction (incoming or outgoing), sender, recipient and text, or say under Field Mapping where they stand. The production URL works while the workflow is published (active), the test URL while n8n listens for a test event.',
		provider: conduitApi.provider,
		scheme: 'secret',
		headerName: 'X-Webhook-Secret',
		events: ['message.status', 'message.received'],
	},
);
