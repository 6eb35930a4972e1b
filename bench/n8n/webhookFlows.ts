import { randomUUID } from 'node:crypto';

import type { Workflow } from '../../scripts/n8n/client.mjs';
import type { Accounts } from './accounts';

const PATH = 'webhook';

/** A flow that a webhook starts, with a node behind its trigger, and the path of the webhook. */
export interface WebhookFlow {
	workflow: Workflow;
	path: string;
}

export function messageStatusTrigger({ bird }: Accounts): WebhookFlow {
	const webhookId = randomUUID();
	return {
		path: `/webhook/${webhookId}/${PATH}`,
		workflow: startedBy({
			type: 'n8n-nodes-unified-messaging.messageStatusTrigger',
			typeVersion: 1.1,
			webhookId,
			credentials: bird,
			parameters: {
				vendor: 'bird',
				events: ['sms.outbound'],
				channelId: { __rl: true, mode: 'list', value: '' },
				statuses: ['delivered'],
			},
		}),
	};
}

/**
 * @param options an expression among them makes n8n ready an expression engine for each webhook, as
 *   it does for every trigger but its own Webhook node
 */
export function webhookNode(options: object = {}): WebhookFlow {
	const webhookId = randomUUID();
	return {
		path: `/webhook/${webhookId}`,
		workflow: startedBy({
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId,
			parameters: { httpMethod: 'POST', path: webhookId, responseMode: 'onReceived', options },
		}),
	};
}

function startedBy(trigger: { type: string; [more: string]: unknown }): Workflow {
	return {
		name: `Bench ${trigger.type}`,
		nodes: [
			{ id: 'trigger', name: 'Trigger', position: [0, 0], ...trigger },
			{
				id: 'next',
				name: 'Next',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { Trigger: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
