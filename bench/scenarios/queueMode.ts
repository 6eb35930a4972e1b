import { ifAny, until } from '../../scripts/run/until.mjs';
import { type Figures, type QueueRun, round } from '../figures';
import { sendsIn, webhooksIn } from '../queue/losses';
import { measureOnce } from '../queue/once';
import { outcomeOf } from '../queue/outcome';
import { postAll, postEvery } from '../queue/post';
import { CONNECTIONS, inFreshQueue, numbers, type QueueSession } from '../queue/queueSession';
import { LIMIT, type Side, SIDES, WORKERS } from '../queue/sides';
import { type Scenario, scaled } from '../scenario';
import type { RunningVendor } from '../vendor/start';

const SENDS = 2000;
const WEBHOOKS = 2000;
const BATCH = 50;
/** As many recipients arrive in a second as the vendor takes. */
const BATCH_EVERY_MS = (BATCH / LIMIT.requests) * LIMIT.perMs;
const LATENCY_MS = 20;
const HALF_WITHIN_MS = 120_000;

/** Sends and status webhooks in queue mode, and one of two workers is killed in the middle. */
export const queueMode: Scenario = {
	name: 'queueMode',
	async run(bench): Promise<Pick<Figures, 'queueMode'>> {
		const batches = Math.ceil(scaled(SENDS, bench.scale) / BATCH);
		const webhooks = scaled(WEBHOOKS, bench.scale);
		const runs: Array<[Side['name'], QueueRun]> = [];
		for (const side of SIDES) {
			console.error(`queueMode: ${side.name}`);
			const work = async (session: QueueSession) =>
				await withKilledWorker(session, bench.vendor, batches, webhooks);
			runs.push([side.name, await inFreshQueue(bench, side, work)]);
		}
		console.error('queueMode: once');
		const once = await measureOnce(bench);
		return {
			queueMode: {
				sends: batches * BATCH,
				webhooks,
				limitPerSecond: LIMIT.requests,
				workers: WORKERS,
				recipientsInBatch: BATCH,
				...(Object.fromEntries(runs) as Record<Side['name'], QueueRun>),
				once,
			},
		};
	},
};

async function withKilledWorker(
	session: QueueSession,
	vendor: RunningVendor,
	count: number,
	webhooks: number,
): Promise<QueueRun> {
	const lists = Array.from({ length: count }, (_, index) => numbers('+4915', index, BATCH));
	const batches = new Map(lists.map((recipients) => [recipients[0], recipients]));
	await vendor.restart({ latencyMs: LATENCY_MS, limit: LIMIT });
	const start = performance.now();
	const posting = postEvery(BATCH_EVERY_MS, lists.map(session.batch));
	const delivering = postAll(Array.from({ length: webhooks }, session.webhook), CONNECTIONS);

	const acceptedAtKill = await halfAccepted(vendor, (count * BATCH) / 2);
	const secondsAtKill = round((performance.now() - start) / 1000, 1);
	await session.killWorker();
	const [posted, delivered] = await Promise.all([posting, delivering]);
	await session.settled();
	const outcome = outcomeOf(posted, await session.batches());
	const sends = sendsIn(batches, outcome, await vendor.messages());
	const refusedByLimit = (await vendor.stats()).answers[429] ?? 0;
	const webhookOutcome = outcomeOf(delivered, await session.webhooks());

	const { failed, refused, untraced } = outcome;
	const open = [...failed, ...refused, ...untraced].map((key) => batches.get(key) ?? []);
	const again = await postEvery(BATCH_EVERY_MS, open.map(session.batch));
	await session.settled();
	const outcomeOfBoth = outcomeOf([...posted, ...again], await session.batches());
	return {
		acceptedAtKill,
		secondsAtKill,
		refusedByLimit,
		sends,
		sendsAfterRerun: sendsIn(batches, outcomeOfBoth, await vendor.messages()),
		webhooks: webhooksIn(webhooks, webhookOutcome),
	};
}

/** How many are accepted as soon as half is, or at last when it is clear that this takes too long. */
async function halfAccepted(vendor: RunningVendor, half: number): Promise<number> {
	const accepted = async () => (await vendor.stats()).accepted;
	const enough = async () => ((await accepted()) >= half ? true : undefined);
	await ifAny(until(enough, { what: 'Half is accepted', timeoutMs: HALF_WITHIN_MS }));
	return await accepted();
}
