import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { sign as signAelyst } from '../../../sandbox/vendors/aelyst/webhooks';
import { sign as signBird } from '../../../sandbox/vendors/bird/webhooks';
import { sign as signSent } from '../../../sandbox/vendors/sent/delivery';
import type { Engine, TriggerOptions, WebhookRequest } from '../support/engine';

export const TRIGGER = 'messageStatusTrigger';
export const URL_OF_HOOK = 'https://n8n.example.com/webhook/1234/webhook';

const BIRD_KEY = 'bird-signing-key-of-the-test';
const SENT_SECRET = `whsec_${Buffer.from('sent-secret-of-the-test').toString('base64')}`;
const SENT_ID = 'd290f1ee-6c54-4b01-90e6-d701748f0851';
export const SHARED_SECRET = 'shared-secret-of-the-test';

/** What must not be found anywhere that a person or a sender can look. */
export const SECRETS = [BIRD_KEY, SENT_SECRET, SENT_SECRET.replace('whsec_', ''), SHARED_SECRET];

const now = () => Math.floor(Date.now() / 1000);

interface Ready {
	parameters: IDataObject;
	credentials?: TriggerOptions['credentials'];
	staticData: () => IDataObject;
	/** An event that is chosen. */
	event: object;
	/** The same kind of event, in a status or direction that is not chosen. */
	other: object;
	sign(body: string | Buffer, at?: number): Record<string, string>;
}

/** Each vendor, set up and registered. */
export const READY: Record<string, Ready> = {
	bird: {
		parameters: { vendor: 'bird', events: ['sms.outbound'], statuses: ['delivered', 'failed'] },
		staticData: () => ({
			vendor: 'bird',
			url: URL_OF_HOOK,
			signingKey: BIRD_KEY,
			subscriptionIds: ['s1'],
		}),
		event: birdEvent('delivered'),
		other: birdEvent('sent'),
		sign: (body, at = now()) => ({
			'messagebird-request-timestamp': String(at),
			'messagebird-signature': signBird(BIRD_KEY, URL_OF_HOOK, String(at), Buffer.from(body)),
		}),
	},
	sent: {
		parameters: { vendor: 'sent', events: ['message.status'], statuses: ['delivered', 'failed'] },
		staticData: () => ({
			vendor: 'sent',
			url: URL_OF_HOOK,
			webhookId: SENT_ID,
			secret: SENT_SECRET,
		}),
		event: sentEvent('DELIVERED'),
		other: sentEvent('SENT'),
		sign: (body, at = now()) => ({
			'x-webhook-id': SENT_ID,
			'x-webhook-timestamp': String(at),
			'x-webhook-signature': signSent(SENT_SECRET, SENT_ID, at, Buffer.from(body)),
		}),
	},
	aelyst: {
		parameters: { vendor: 'aelyst', events: ['message.received'] },
		credentials: { messageWebhookSecretApi: { secret: SHARED_SECRET } },
		staticData: () => ({}),
		event: aelystEvent('message.received'),
		other: aelystEvent('message.sent'),
		sign: (body) => ({ 'X-Webhook-Signature': signAelyst(SHARED_SECRET, body) }),
	},
	conduit: bySecret('conduit'),
	votel: bySecret('votel'),
	generic: bySecret('generic'),
};

/** A service that signs the body with a shared secret. */
function bySecret(vendor: string): Ready {
	return {
		parameters: {
			vendor,
			scheme: 'hmac',
			headerName: 'X-Sig',
			algorithm: 'sha256',
			encoding: 'base64',
			events: ['message.status'],
			statuses: ['delivered', 'failed'],
		},
		credentials: { messageWebhookSecretApi: { secret: SHARED_SECRET } },
		staticData: () => ({}),
		event: { messageId: 'm1', status: 'delivered' },
		other: { messageId: 'm1', status: 'sent' },
		sign: (body) => ({ 'x-sig': signAelyst(SHARED_SECRET, body) }),
	};
}

export function birdEvent(status: string, more: object = {}) {
	return {
		service: 'channels',
		event: 'sms.outbound',
		payload: {
			id: 'm1',
			channelId: 'c1',
			platformId: 'sms',
			status,
			direction: 'outgoing',
			...more,
		},
	};
}

function sentEvent(status: string) {
	return {
		field: 'message',
		event: `message.${status.toLowerCase()}`,
		timestamp: '2026-05-28T20:26:40Z',
		payload: { message_id: 'm1', message_status: status, channel: 'sms' },
	};
}

function aelystEvent(type: string) {
	return { event_type: type, event_id: 'e1', message: { messageId: 1 }, sender: { source: 'api' } };
}

export interface Post {
	/** More parameters of the node, or others. */
	parameters?: IDataObject;
	staticData?: IDataObject;
	credentials?: TriggerOptions['credentials'];
	headers?: Record<string, string>;
	query?: Record<string, string>;
	/** Signed unless headers are given. */
	body: object | string | Buffer;
	/** Which node it is; another each time unless given, because a node says little in the log. */
	nodeId?: string;
	by?: WebhookRequest['by'];
}

/** Posts to a vendor's trigger, signed as the vendor signs. */
export async function post(engine: Engine, vendor: string, given: Post) {
	const ready = READY[vendor];
	const isBytes = typeof given.body === 'string' || Buffer.isBuffer(given.body);
	const rawBody = isBytes ? (given.body as string | Buffer) : JSON.stringify(given.body);
	const headers = given.headers ?? { 'content-type': 'application/json', ...ready.sign(rawBody) };
	return await engine.webhook({
		node: {
			type: TRIGGER,
			id: given.nodeId ?? randomUUID(),
			parameters: { ...ready.parameters, ...given.parameters },
		},
		credentials: given.credentials ?? ready.credentials,
		staticData: given.staticData ?? ready.staticData(),
		headers,
		query: given.query,
		rawBody,
		by: given.by,
	});
}
