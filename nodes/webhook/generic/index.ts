import { DELIVERY_STATUSES } from '../../message/deliveryStatus';
import { textOrNull } from '../../message/messageResult';
import { requireEvents } from '../fields';
import { requireSecret, SECRET_CREDENTIAL } from '../secrets';
import type { WebhookVendor } from '../webhookVendor';
import { toEvents } from './events';
import { genericFields, genericOptions, type GenericSettings } from './fields';
import { verify } from './verify';

/** A service without webhooks of its own that can post JSON, such as from a workflow there. */
export function genericVendor(
	named: Pick<WebhookVendor, 'value' | 'displayName' | 'description'>,
	settings: GenericSettings,
): WebhookVendor {
	return {
		...named,
		credential: SECRET_CREDENTIAL,
		fields: genericFields(settings),
		options: genericOptions,
		statuses: DELIVERY_STATUSES,
		check({ parameter, credentials }) {
			requireEvents(parameter);
			requireSecret(credentials);
		},
		verify,
		handshake(payload, { options }) {
			const field = textOrNull(options.challengeField);
			if (field === null || !Object.hasOwn(payload, field)) return undefined;
			return textOrNull(payload[field]) ?? undefined;
		},
		toEvents(payload, delivery) {
			const given = textOrNull(delivery.parameter('provider', ''));
			return toEvents(payload, delivery, settings.provider ?? given ?? named.value);
		},
	};
}

/** Whoever is not in the list. */
export const anyService: WebhookVendor = genericVendor(
	{
		value: 'generic',
		displayName: 'Other (Generic Webhook)',
		description: 'Any service that can post JSON with a shared secret or a signature',
	},
	{
		notice:
			'Copy the webhook URL above to the service, and put the secret into the credential. The production URL works while the workflow is published (active), the test URL while n8n listens for a test event.',
		scheme: 'hmac',
		headerName: 'X-Webhook-Signature',
		events: ['message.status'],
	},
);
