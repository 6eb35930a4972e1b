import { until } from '../run/until.mjs';
import { openHttp } from './client/http.mjs';

const REGISTERED_WITHIN_MS = 30_000;

/**
 * How a list of recipients is posted to a flow.
 *
 * @typedef {{ recipients: Array<{ phone?: string, [more: string]: unknown }>, at?: string }} Batch
 */

/**
 * A flow that takes a batch by webhook and gives a node one item for each recipient.
 *
 * @param {string} path of the webhook
 * @param {object} node
 * @returns {import('./client.mjs').Workflow}
 */
export function batchFlow(path, node) {
	return {
		name: `Queue: ${path}`,
		nodes: [
			{
				id: 'webhook',
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: path,
				parameters: { httpMethod: 'POST', path, options: {} },
			},
			{
				id: 'recipients',
				name: 'Recipients',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position: [220, 0],
				parameters: { fieldToSplitOut: 'body.recipients', options: {} },
			},
			{ id: 'send', name: 'Send', typeVersion: 1, position: [440, 0], ...node },
		],
		connections: {
			Webhook: { main: [[{ node: 'Recipients', type: 'main', index: 0 }]] },
			Recipients: { main: [[{ node: 'Send', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/**
 * The same, but the node gets the items at the moment that the batch says (`at`), to the millisecond
 * and whichever process runs it: so executions meet.
 *
 * @param {string} path of the webhook
 * @param {object} node
 * @returns {import('./client.mjs').Workflow}
 */
export function meetingFlow(path, node) {
	const flow = batchFlow(path, node);
	flow.nodes.push({
		id: 'moment',
		name: 'Moment',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		position: [110, 0],
		webhookId: `${path}-moment`,
		parameters: { resume: 'specificTime', dateTime: '={{ $json.body.at }}' },
	});
	flow.connections.Webhook = { main: [[{ node: 'Moment', type: 'main', index: 0 }]] };
	flow.connections.Moment = { main: [[{ node: 'Recipients', type: 'main', index: 0 }]] };
	return flow;
}

/**
 * Posts a batch to its flow as soon as the process has it.
 *
 * @param {string} webhookUrl
 * @param {string} path
 * @param {Batch} batch
 */
export async function postBatch(webhookUrl, path, batch) {
	const http = openHttp(webhookUrl);
	await until(
		async () => {
			const answer = await http.post(`/webhook/${path}`, batch, {
				validateStatus: (status) => status === 200 || status === 404,
			});
			return answer.status === 200 ? true : undefined;
		},
		{ what: `The webhook ${path} is there`, timeoutMs: REGISTERED_WITHIN_MS },
	);
}
