import axios from 'axios';
import type { RunningQueue } from '../../../scripts/n8n/queue.mjs';
import { until } from '../../../scripts/run/until.mjs';
import { sandboxCredentialData, type Workflow } from './n8n';

const FINISHED_WITHIN_MS = 120_000;
const REGISTERED_WITHIN_MS = 30_000;

/** n8n takes a worker for gone when it has said nothing for a minute; here it takes less. */
export const SOON_GONE = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** How a list of recipients is posted to a flow. */
interface Batch {
	phones: string[];
}

/** So many numbers, all different from those of other batches, and none with a fate of its own. */
export const numbers = (batch: number, count: number): string[] =>
	Array.from({ length: count }, (_, index) => `+1415${String(2_000_100 + batch * 1_000 + index)}`);

export async function birdCredentials(queue: RunningQueue) {
	const data = sandboxCredentialData('birdChannelsApi');
	const [{ id, name }] = await queue.importCredentials([
		{ name: 'Bird', type: 'birdChannelsApi', data },
	]);
	return { birdChannelsApi: { id, name } };
}

/** Send Message of the Bird node; the text says which execution sends it. */
export async function birdSend(queue: RunningQueue, options: object = {}) {
	const { smsChannelId } = sandboxCredentialData('birdChannelsApi');
	return {
		type: 'n8n-nodes-unified-messaging.bird',
		credentials: await birdCredentials(queue),
		parameters: {
			resource: 'message',
			operation: 'send',
			channelId: { __rl: true, mode: 'id', value: smsChannelId },
			recipientBy: 'phone',
			recipient: '={{ $json.phone }}',
			bodyType: 'text',
			text: '={{ $execution.id }}',
			options,
		},
	};
}

/** Send Message of the Sent node, whose vendor knows idempotency keys. */
export async function sentSend(queue: RunningQueue, options: object = {}) {
	const [{ id, name }] = await queue.importCredentials([
		{ name: 'Sent', type: 'sentDmApi', data: sandboxCredentialData('sentDmApi') },
	]);
	return {
		type: 'n8n-nodes-unified-messaging.sent',
		credentials: { sentDmApi: { id, name } },
		parameters: {
			resource: 'message',
			operation: 'send',
			recipientBy: 'phone',
			recipients: '={{ $json.phone }}',
			text: 'Your order is on its way.',
			options,
		},
	};
}

/** A flow that takes a batch by webhook and gives a node one item for each recipient. */
function batchFlow(path: string, node: object): Workflow {
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
				parameters: {
					fieldToSplitOut: 'body.phones',
					options: { destinationFieldName: 'phone' },
				},
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

/** Posts to a production webhook as soon as the process has it. */
export async function post(queue: RunningQueue, path: string, body: Batch): Promise<void> {
	await until(
		async () => {
			const answer = await axios.post(`${queue.webhookUrl}/webhook/${path}`, body, {
				proxy: false,
				validateStatus: (status) => status === 200 || status === 404,
			});
			return answer.status === 200 ? true : undefined;
		},
		{ what: `The webhook ${path} is there`, timeoutMs: REGISTERED_WITHIN_MS },
	);
}

/** Imports and activates a flow, and posts so many batches of so many recipients at once. */
export async function run(
	queue: RunningQueue,
	path: string,
	node: object,
	batches: number,
	size: number,
): Promise<string> {
	const workflowId = await queue.importWorkflow(batchFlow(path, node));
	await queue.activateWorkflow(workflowId);
	await Promise.all(
		Array.from({ length: batches }, (_, batch) =>
			post(queue, path, { phones: numbers(batch, size) }),
		),
	);
	return workflowId;
}

/** The executions that each worker has started, in the order of the workers. */
async function startedBy(queue: RunningQueue): Promise<string[][]> {
	return await Promise.all(
		queue.workers.map(async (worker) => {
			const lines = (await worker.log()).matchAll(/Worker started execution (\d+)/g);
			return [...lines].map(([, id]) => id);
		}),
	);
}

/** The executions of a workflow that each worker ran. */
export async function perWorker(
	queue: RunningQueue,
	executions: Array<{ id: string }>,
): Promise<string[][]> {
	const ids = executions.map(({ id }) => id);
	return (await startedBy(queue)).map((started) => started.filter((id) => ids.includes(id)));
}

/** The executions of a workflow, once so many of them have ended. */
export async function ended(queue: RunningQueue, workflowId: string, count: number) {
	return await until(
		async () => {
			const executions = await queue.executions({ workflowId });
			const over = executions.filter(({ status }) => status !== 'new' && status !== 'running');
			return over.length >= count && over.length === executions.length ? executions : undefined;
		},
		{ what: `${count} executions end`, timeoutMs: FINISHED_WITHIN_MS },
	);
}
