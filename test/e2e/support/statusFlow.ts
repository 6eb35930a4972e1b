import { randomUUID } from 'node:crypto';
import type { Workflow } from './n8n';

/** A flow that starts when an SMS sent through Bird has been delivered. */
export function statusFlow(credentials: object): Workflow {
	return {
		name: 'Delivered',
		nodes: [
			{
				id: 'status',
				name: 'Status',
				type: 'n8n-nodes-unified-messaging.messageStatusTrigger',
				typeVersion: 1.1,
				position: [0, 0],
				webhookId: randomUUID(),
				credentials,
				parameters: {
					vendor: 'bird',
					events: ['sms.outbound'],
					channelId: { __rl: true, mode: 'list', value: '' },
					statuses: ['delivered'],
				},
			},
			{
				id: 'next',
				name: 'Next',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [220, 0],
				parameters: {},
			},
		],
		connections: { Status: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
