import { batchFlow, postBatch } from '../../../scripts/n8n/batchFlow.mjs';
import { perWorker, type RunningQueue } from '../../../scripts/n8n/queue.mjs';
import { until } from '../../../scripts/run/until.mjs';
import { sandboxCredentialData } from './n8n';

const FINISHED_WITHIN_MS = 120_000;

interface Numbers {
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

/** Posts a list of numbers to a flow. */
export async function post(queue: RunningQueue, path: string, { phones }: Numbers): Promise<void> {
	await postBatch(queue.webhookUrl, path, { recipients: phones.map((phone) => ({ phone })) });
}

/** Imports and activates a flow that takes batches. */
export async function activated(queue: RunningQueue, path: string, node: object): Promise<string> {
	const workflowId = await queue.importWorkflow(batchFlow(path, node));
	await queue.activateWorkflow(workflowId);
	return workflowId;
}

/** The same, and posts so many batches of so many recipients at once. */
export async function run(
	queue: RunningQueue,
	path: string,
	node: object,
	batches: number,
	size: number,
): Promise<string> {
	const workflowId = await activated(queue, path, node);
	await Promise.all(
		Array.from({ length: batches }, (_, batch) =>
			post(queue, path, { phones: numbers(batch, size) }),
		),
	);
	return workflowId;
}

/** The executions of a workflow that the first worker has begun and not ended. */
export async function inTheMidst(queue: RunningQueue, workflowId: string): Promise<string[]> {
	const running = await queue.executions({ workflowId, status: ['running'] });
	const [first] = await perWorker(queue, running);
	return first;
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
