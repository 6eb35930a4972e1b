import { createHash, createHmac, randomUUID } from 'node:crypto';

import { CHANNEL } from '../n8n/accounts';
import type { Subscription } from '../vendor/settings';

/** A webhook as Bird sends it. */
export interface SignedWebhook {
	body: string;
	headers: Record<string, string>;
}

/**
 * One delivered SMS, signed. Source: docs.bird.com, verifying-a-webhook-subscription: HMAC-SHA256 over
 * the time, the registered URL and the SHA-256 of the body.
 */
export function signedWebhook(
	{ url, signingKey = '' }: Pick<Subscription, 'url' | 'signingKey'>,
	messageId: string = randomUUID(),
): SignedWebhook {
	const now = new Date().toISOString();
	const body = JSON.stringify({
		service: 'channels',
		event: 'sms.outbound',
		payload: {
			id: messageId,
			channelId: CHANNEL,
			platformId: 'sms-messagebird',
			sender: { connector: { id: randomUUID(), identifierValue: '+14155550100' } },
			receiver: {
				contacts: [
					{ id: randomUUID(), identifierKey: 'phonenumber', identifierValue: '+4915110000000' },
				],
			},
			body: { type: 'text', text: { text: 'Hello, your order arrives tomorrow.' } },
			reference: 'order-42',
			parts: [],
			status: 'delivered',
			reason: '',
			direction: 'outgoing',
			chargeableUnits: 1,
			lastStatusAt: now,
			createdAt: now,
			updatedAt: now,
			batchId: null,
		},
	});
	const timestamp = String(Math.floor(Date.now() / 1000));
	const signature = createHmac('sha256', signingKey)
		.update(`${timestamp}\n${url}\n`)
		.update(createHash('sha256').update(body).digest())
		.digest('base64');
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'messagebird-request-timestamp': timestamp,
			'messagebird-signature': signature,
		},
	};
}
