import axios from 'axios';
import type { RunningQueue } from '../../../scripts/n8n/queue.mjs';
import { until } from '../../../scripts/run/until.mjs';
import type { Workflow } from './n8n';

const FINISHED_WITHIN_MS = 120_000;
const REGISTERED_WITHIN_MS = 30_000;

/** How a list of recipients is posted to a flow. */
export interface Batch {
	phones: string[];
}

/** So many numbers, all different from those of other batches. */
export const numbers = (batch: number, count: number): string[] =>
	Array.from({ length: count }, (_, index) => `+1415${String(2_000_000 + batch * 1_000 + index)}`);

/** A flow that takes a batch by webhook and gives a node one item for each recipient. */
export function batchFlow(path: string, node: object): Workflow {
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

/** The executions that each worker has started, in the order of the workers. */
export async function startedBy(queue: RunningQueue): Promise<string[][]> {
	return await Promise.all(
		queue.workers.map(async (worker) => {
			const lines = (await worker.log()).matchAll(/Worker started execution (\d+)/g);
			return [...lines].map(([, id]) => id);
		}),
	);
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
