import { round } from '../figures';
import { birdSend, httpRequest } from '../n8n/flows';
import { inFreshN8n, type Scenario, scaled } from '../scenario';

const ITEMS = 2000;
/** More than the vendor could take: only the cap in flight is left. */
const NO_LIMIT = { requestsPerSecond: 1_000_000 };

/** Messages to a vendor without a limit, and the memory that it takes. */
export const unlimited: Scenario = {
	name: 'unlimited',
	async run(bench) {
		const items = scaled(ITEMS, bench.scale);
		const own = await inFreshN8n(
			bench,
			(accounts) => [birdSend(accounts, NO_LIMIT)],
			async ({ accounts, run }) => await run(birdSend(accounts, NO_LIMIT), items),
		);
		const http = await inFreshN8n(
			bench,
			(accounts) => [httpRequest(accounts, bench.vendor.url)],
			async ({ accounts, run }) => await run(httpRequest(accounts, bench.vendor.url), items),
		);
		return {
			unlimited: {
				items,
				seconds: round(own.seconds),
				httpRequestSeconds: round(http.seconds),
				ratio: round(own.seconds / http.seconds),
				maxInFlight: own.vendor.maxInFlight,
				httpRequestMaxInFlight: http.vendor.maxInFlight,
			},
			memory: {
				peakMiB: Math.round(own.readings.peakMiB),
				httpRequestPeakMiB: Math.round(http.readings.peakMiB),
			},
		};
	},
};
