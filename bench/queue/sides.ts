import { type Accounts } from '../n8n/accounts';
import { birdSend, httpRequest, type MeasuredNode, sentSend } from '../n8n/flows';
import { messageStatusTrigger, type WebhookFlow, webhookNode } from '../n8n/webhookFlows';
import type { KeyOf } from './executions';

/** Nodes that send and nodes that take webhooks, on the same queue. */
export interface Side {
	name: 'sendMessageBird' | 'sendMessageBirdOnce' | 'sendMessageSent' | 'httpRequest';
	send(accounts: Accounts, vendorUrl: string): MeasuredNode;
	webhooks(accounts: Accounts): WebhookFlow;
	/** The message that a flow was started for. */
	messageIdOf: KeyOf;
}

/** What the vendor takes in a second, and what each of two workers may use of it. */
export const LIMIT = { requests: 200, perMs: 1000 };
export const WORKERS = 2;
const SHARE = LIMIT.requests / WORKERS;
/** n8n's default: so many executions at a time on each worker. */
const CONCURRENCY = 10;

const ownTrigger: Pick<Side, 'webhooks' | 'messageIdOf'> = {
	webhooks: messageStatusTrigger,
	messageIdOf: (event) => (event as { messageId?: string }).messageId,
};

export const SIDES: Side[] = [
	{
		name: 'sendMessageBird',
		send: (accounts) => birdSend(accounts, { requestsPerSecond: SHARE }),
		...ownTrigger,
	},
	{
		name: 'sendMessageBirdOnce',
		// What an earlier run has begun is said on its item, and the others are sent.
		send: (accounts) => ({
			...birdSend(accounts, { requestsPerSecond: SHARE, onceKey: '=order-{{ $json.phone }}' }),
			onError: 'continueRegularOutput',
		}),
		...ownTrigger,
	},
	{
		name: 'sendMessageSent',
		send: (accounts) =>
			sentSend(accounts, {
				requestsPerSecond: SHARE,
				idempotencyKey: '=order-{{ $json.phone.slice(1) }}',
			}),
		...ownTrigger,
	},
	{
		name: 'httpRequest',
		// Its batching counts in each execution by itself: what a worker may use is divided by them.
		send: (accounts, vendorUrl) =>
			httpRequest(accounts, vendorUrl, {
				batching: { batch: { batchSize: SHARE / CONCURRENCY, batchInterval: LIMIT.perMs } },
			}),
		webhooks: () => webhookNode(),
		messageIdOf: (request) =>
			(request as { body?: { payload?: { id?: string } } }).body?.payload?.id,
	},
];
