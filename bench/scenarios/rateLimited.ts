import { type Figures, round } from '../figures';
import { birdSend, httpRequest } from '../n8n/flows';
import type { Run } from '../n8n/measure';
import { inFreshN8n, type Scenario, scaled, type Session } from '../scenario';
import type { Limit } from '../vendor/limit';

const ITEMS = 1000;
const LIMIT: Limit = { requests: 100, perMs: 1000 };
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
/** One request in 30 is answered with 429 or 503; that, and one refusal of all in flight, make 5%. */
const ANSWERED_WITH_FAULT_EVERY = 30;

/** 1,000 messages to a vendor that takes 100 a second. */
export const rateLimited: Scenario = {
	name: 'rateLimited',
	run: async (bench) =>
		await inFreshN8n(
			bench,
			(accounts) => [birdSend(accounts, {}), httpRequest(accounts, bench.vendor.url)],
			async (session) => {
				const items = scaled(ITEMS, bench.scale);
				return {
					...(await withSendMessage(session, items)),
					httpRequestNode: await withHttpRequest(session, bench.vendor.url, items),
				};
			},
		),
};

async function withSendMessage(
	{ accounts, run }: Session,
	items: number,
): Promise<Pick<Figures, 'rateLimited' | 'rateLimitedUntuned' | 'rateLimitedWithFaults'>> {
	const node = birdSend(accounts, { requestsPerSecond: LIMIT.requests });
	const plain = await run(node, items, { limit: LIMIT });
	const untuned = await run(birdSend(accounts, {}), items, { limit: LIMIT });
	const faulty = await run({ ...node, ...RETRY_ON_FAIL }, items, {
		limit: LIMIT,
		faults: {
			every: ANSWERED_WITH_FAULT_EVERY,
			refuseAfter: [Math.round(items * 0.45)],
		},
	});
	return {
		rateLimited: againstIdeal(plain, items),
		rateLimitedUntuned: againstIdeal(untuned, items),
		rateLimitedWithFaults: { ...againstIdeal(faulty, items), faults: faultsIn(faulty) },
	};
}

function againstIdeal(run: Run, items: number): Figures['rateLimited'] {
	const idealSeconds = (items / LIMIT.requests) * (LIMIT.perMs / 1000);
	return {
		items,
		limitPerSecond: LIMIT.requests,
		...delivered(run),
		idealSeconds,
		ratioToIdeal: round(run.seconds / idealSeconds),
		maxInFlight: run.vendor.maxInFlight,
	};
}

function faultsIn({ vendor, readings }: Run): Figures['rateLimitedWithFaults']['faults'] {
	const { 429: status429 = 0, 503: status503 = 0 } = vendor.answers;
	const { refused } = readings;
	const faults = status429 + status503 + refused;
	return {
		status429,
		status503,
		refused,
		percentOfRequests: round((100 * faults) / (vendor.requests + refused), 1),
	};
}

async function withHttpRequest(
	{ accounts, run }: Session,
	vendorUrl: string,
	items: number,
): Promise<Figures['httpRequestNode']> {
	const node = httpRequest(accounts, vendorUrl);
	const batching = { batch: { batchSize: LIMIT.requests, batchInterval: LIMIT.perMs } };
	const batched = httpRequest(accounts, vendorUrl, { batching });
	return {
		asItComes: delivered(await run(node, items, { limit: LIMIT })),
		retryOnFail: delivered(await run({ ...node, ...RETRY_ON_FAIL }, items, { limit: LIMIT })),
		handSetBatching: delivered(await run(batched, items, { limit: LIMIT })),
	};
}

function delivered({ status, seconds, vendor: { accepted, duplicates } }: Run) {
	return { status, accepted, duplicates, seconds: round(seconds) };
}
