import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';

import { batchFlow, postBatch } from '../../scripts/n8n/batchFlow.mjs';
import type { Workflow } from '../../scripts/n8n/client.mjs';
import { type RunningQueue, SOON_GONE, startQueue } from '../../scripts/n8n/queue.mjs';
import { type Accounts, createAccounts } from '../n8n/accounts';
import type { Bench } from '../scenario';
import { signedWebhook } from '../scenarios/webhooks';
import { executionReader, settled } from './executions';
import type { Ended } from './outcome';
import { type Parcel, postAll } from './post';
import { type Side, WORKERS } from './sides';

export const CONNECTIONS = 10;
const WARM_UP = 40;
const PATH = 'bench';
const SETTLED_WITHIN_MS = 300_000;

/** A fresh n8n in queue mode with a flow that sends batches and a flow that takes webhooks. */
export interface QueueSession {
	batch(recipients: string[]): Parcel;
	webhook(): Parcel;
	killWorker(): Promise<void>;
	/** Until n8n has nothing more to do, for as long as makes sense to wait. */
	settled(): Promise<void>;
	/** The executions of batches, by their first recipients. */
	batches(): Promise<Ended[]>;
	/** The executions of webhooks, by the messages that they tell of. */
	webhooks(): Promise<Ended[]>;
}

/** A fresh n8n in queue mode. */
export interface FreshQueue {
	queue: RunningQueue;
	accounts: Accounts;
	activated(workflow: Workflow): Promise<string>;
	endedOf: ReturnType<typeof executionReader>;
}

export async function withFreshQueue<T>(
	{ vendor, tarball }: Bench,
	work: (fresh: FreshQueue) => Promise<T>,
): Promise<T> {
	const queue = await startQueue({ tarball, workers: WORKERS, env: SOON_GONE });
	try {
		// n8n ends idle connections after 5 s, and may be too busy to tell before one is used again.
		queue.http.defaults.httpAgent = new Agent({ keepAlive: false });
		const apiKey = await queue.createApiKey('bench', ['execution:list', 'execution:read']);
		const activated = async (workflow: Workflow) => {
			const id = await queue.importWorkflow(workflow);
			await queue.activateWorkflow(id);
			return id;
		};
		await vendor.restart({ latencyMs: 0 });
		const accounts = await createAccounts(queue, vendor.url);
		return await work({ queue, accounts, activated, endedOf: executionReader(queue.url, apiKey) });
	} finally {
		await queue.stop();
	}
}

export async function inFreshQueue<T>(
	bench: Bench,
	side: Side,
	work: (session: QueueSession) => Promise<T>,
): Promise<T> {
	const { vendor } = bench;
	return await withFreshQueue(bench, async ({ queue, accounts, activated, endedOf }) => {
		const sends = await activated(batchFlow(PATH, side.send(accounts, vendor.url)));
		const { workflow, path } = side.webhooks(accounts);
		const takes = await activated(workflow);
		const url = `${queue.webhookUrl}${path}`;
		const { subscriptions } = await vendor.stats();
		// n8n's Webhook node registers nothing: what it gets is signed all the same.
		const subscription = subscriptions.find((one) => one.url === url) ?? { url };

		const session: QueueSession = {
			batch: (recipients) => ({
				key: recipients[0],
				url: `${queue.webhookUrl}/webhook/${PATH}`,
				make: () => ({ body: batchOf(recipients) }),
			}),
			webhook() {
				const key = randomUUID();
				return { key, url, make: () => signedWebhook(subscription, key) };
			},
			killWorker: async () => await queue.killWorker(0),
			settled: async () => await settled(queue, [sends, takes], SETTLED_WITHIN_MS),
			batches: async () => await endedOf(sends, 'Webhook', firstRecipient),
			webhooks: async () => await endedOf(takes, 'Trigger', side.messageIdOf),
		};

		// Enough for each worker, so that what n8n loads late is loaded.
		for (let turn = 0; turn < 2 * WORKERS; turn++) {
			await postBatch(queue.webhookUrl, PATH, batchOf(numbers('+1415', turn, WARM_UP)));
		}
		await postAll(Array.from({ length: WARM_UP }, session.webhook), CONNECTIONS);
		await session.settled();
		return await work(session);
	});
}

/** The numbers of a batch, none of them in another batch. */
export const numbers = (prefix: string, batch: number, count: number): string[] =>
	Array.from({ length: count }, (_, index) => `${prefix}${2_000_000 + batch * count + index}`);

export const batchOf = (recipients: string[]) => ({
	recipients: recipients.map((phone, index) => ({ phone, first_name: `Name ${index}` })),
});

export const firstRecipient = (request: unknown): unknown =>
	(request as { body?: { recipients?: Array<{ phone: string }> } }).body?.recipients?.[0]?.phone;
