import autocannon from 'autocannon';

import type { ExecutionSummary } from '../../scripts/n8n/client.mjs';
import { until } from '../../scripts/run/until.mjs';
import { type Figures, round } from '../figures';
import { createAccounts } from '../n8n/accounts';
import { type MeasuredN8n, startMeasuredN8n } from '../n8n/measuredN8n';
import { messageStatusTrigger, type WebhookFlow, webhookNode } from '../n8n/webhookFlows';
import { type Scenario, scaled } from '../scenario';
import { type SignedWebhook, signedWebhook } from './webhooks';

/** In rounds that take turns, so that both see the same machine. */
const ROUNDS = 3;
const WEBHOOKS_A_ROUND = 400;
const WARM_UP = 50;
const CONNECTIONS = 10;
const FINISHED_WITHIN_MS = 120_000;

/** Signed webhooks through the Message Status Trigger and through n8n's Webhook node. */
export const trigger: Scenario = {
	name: 'trigger',
	async run(bench): Promise<Pick<Figures, 'trigger'>> {
		const n8n = await startMeasuredN8n(bench.tarball);
		try {
			await bench.vendor.restart({ latencyMs: 0 });
			const accounts = await createAccounts(n8n, bench.vendor.url);
			const own = await activated(n8n, messageStatusTrigger(accounts));
			const webhook = await activated(n8n, webhookNode());
			const withExpression = await activated(n8n, webhookNode({ responseData: '={{ "ok" }}' }));
			const flows = [own, webhook, withExpression];

			const [subscription] = (await bench.vendor.stats()).subscriptions;
			if (!subscription) throw new Error('The trigger has not registered its webhook');
			const signed = (count: number) =>
				Array.from({ length: count }, () => signedWebhook(subscription));
			for (const flow of flows) await deliver(n8n, flow, signed(WARM_UP));

			const count = scaled(WEBHOOKS_A_ROUND, bench.scale);
			for (let turn = 0; turn < ROUNDS; turn++) {
				const webhooks = signed(count);
				for (const flow of flows) flow.seconds += await deliver(n8n, flow, webhooks);
			}
			const perSecond = ({ seconds }: ActiveFlow) => round((ROUNDS * count) / seconds, 1);
			return {
				trigger: {
					perSecond: perSecond(own),
					webhookNodePerSecond: perSecond(webhook),
					ratioToWebhookNode: round(webhook.seconds / own.seconds),
					webhookNodeWithExpressionPerSecond: perSecond(withExpression),
					ratioToWebhookNodeWithExpression: round(withExpression.seconds / own.seconds),
				},
			};
		} finally {
			await n8n.stop();
		}
	},
};

interface ActiveFlow {
	id: string;
	url: string;
	/** How many of its executions have succeeded so far. */
	done: number;
	/** What they took, but for those that warmed it up. */
	seconds: number;
}

async function activated(n8n: MeasuredN8n, { workflow, path }: WebhookFlow): Promise<ActiveFlow> {
	const id = await n8n.importWorkflow(workflow);
	await n8n.activateWorkflow(id);
	return { id, url: `${n8n.url}${path}`, done: 0, seconds: 0 };
}

/** Delivers webhooks. @returns the seconds until the last of the executions had succeeded */
async function deliver(
	n8n: MeasuredN8n,
	flow: ActiveFlow,
	webhooks: SignedWebhook[],
): Promise<number> {
	const start = Date.now();
	let next = 0;
	const { non2xx, errors } = await autocannon({
		url: flow.url,
		method: 'POST',
		connections: CONNECTIONS,
		amount: webhooks.length,
		requests: [
			{ setupRequest: (request) => ({ ...request, ...webhooks[next++ % webhooks.length] }) },
		],
	});
	if (non2xx + errors > 0) throw new Error(`${non2xx + errors} webhooks were not taken`);
	flow.done += webhooks.length;
	const newest = await until(
		async () => {
			const { count, results } = await succeeded(n8n, flow.id);
			return count >= flow.done ? results : undefined;
		},
		{ what: 'The executions of all webhooks succeed', timeoutMs: FINISHED_WITHIN_MS },
	);
	const end = Math.max(...newest.map(({ stoppedAt }) => Date.parse(stoppedAt ?? '')));
	return (end - start) / 1000;
}

/** How many executions of a workflow have succeeded, and the newest of them. */
async function succeeded(
	n8n: MeasuredN8n,
	workflowId: string,
): Promise<{ count: number; results: ExecutionSummary[] }> {
	const filter = JSON.stringify({ workflowId, status: ['success'] });
	const answer = await n8n.http.get('/rest/executions', { params: { filter, limit: 100 } });
	return answer.data.data;
}
