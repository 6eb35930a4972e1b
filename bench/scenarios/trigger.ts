import autocannon from 'autocannon';

import type { ExecutionSummary } from '../../scripts/n8n/client.mjs';
import { until } from '../../scripts/run/until.mjs';
import { type Figures, round } from '../figures';
import { type Accounts, createAccounts } from '../n8n/accounts';
import { type MeasuredN8n, startMeasuredN8n } from '../n8n/measuredN8n';
import { messageStatusTrigger, type WebhookFlow, webhookNode } from '../n8n/webhookFlows';
import { type Bench, type Scenario, scaled } from '../scenario';
import { type SignedWebhook, signedWebhook } from './webhooks';

/** In rounds that take turns, so that both see the same machine. */
const ROUNDS = 2;
const WEBHOOKS_A_ROUND = 100;
const WARM_UP = 20;
const CONNECTIONS = 10;
const FINISHED_WITHIN_MS = 120_000;

/** Makes n8n ready an expression engine only when an expression asks for it. */
const LAZY_ENGINE = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** Signed webhooks through the Message Status Trigger and through n8n's Webhook node. */
export const trigger: Scenario = {
	name: 'trigger',
	async run(bench): Promise<Pick<Figures, 'trigger'>> {
		const [own, webhook, withExpression] = await rates(bench, {}, (accounts) => [
			messageStatusTrigger(accounts),
			webhookNode(),
			webhookNode({ responseData: '={{ "ok" }}' }),
		]);
		return {
			trigger: {
				perSecond: round(own, 1),
				webhookNodePerSecond: round(webhook, 1),
				ratioToWebhookNode: round(own / webhook),
				withExpression: {
					webhookNodePerSecond: round(withExpression, 1),
					ratioToWebhookNode: round(own / withExpression),
				},
				...(!bench.isQuick && { lazyEngine: await withLazyEngine(bench) }),
			},
		};
	},
};

async function withLazyEngine(bench: Bench): Promise<Figures['trigger']['lazyEngine']> {
	const [own, webhook] = await rates(bench, LAZY_ENGINE, (accounts) => [
		messageStatusTrigger(accounts),
		webhookNode(),
	]);
	return {
		perSecond: round(own, 1),
		webhookNodePerSecond: round(webhook, 1),
		ratioToWebhookNode: round(own / webhook),
	};
}

/** @returns how many of the same webhooks each flow takes in a second; the first is our trigger's */
async function rates(
	{ vendor, tarball, scale }: Bench,
	env: NodeJS.ProcessEnv,
	flowsOf: (accounts: Accounts) => WebhookFlow[],
): Promise<number[]> {
	const n8n = await startMeasuredN8n(tarball, env);
	try {
		await vendor.restart({ latencyMs: 0 });
		const flows: ActiveFlow[] = [];
		for (const flow of flowsOf(await createAccounts(n8n, vendor.url))) {
			flows.push(await activated(n8n, flow));
		}
		const subscription = (await vendor.stats()).subscriptions.at(-1);
		if (!subscription) throw new Error('The trigger has not registered its webhook');
		const signed = (count: number) =>
			Array.from({ length: count }, () => signedWebhook(subscription));
		for (const flow of flows) await deliver(n8n, flow, signed(WARM_UP));

		const count = scaled(WEBHOOKS_A_ROUND, scale);
		for (let turn = 0; turn < ROUNDS; turn++) {
			const webhooks = signed(count);
			for (const flow of flows) flow.seconds += await deliver(n8n, flow, webhooks);
		}
		return flows.map(({ seconds }) => (ROUNDS * count) / seconds);
	} finally {
		await n8n.stop();
	}
}

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
