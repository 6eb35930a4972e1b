import { type Figures, round } from '../figures';
import { birdBulk, birdBulkByExpression, httpRequest } from '../n8n/flows';
import { inFreshN8n, type Scenario, scaled } from '../scenario';

const RECIPIENTS = 10_000;

/** Bulk Send of the Bird node beside the HTTP Request node with the same recipients. */
export const bulk: Scenario = {
	name: 'bulk',
	async run(bench): Promise<Pick<Figures, 'bulk'>> {
		const recipients = scaled(RECIPIENTS, bench.scale);
		const own = await inFreshN8n(
			bench,
			(accounts) => [birdBulk(accounts)],
			async ({ accounts, run }) => await run(birdBulk(accounts), recipients),
		);
		const withExpression = await inFreshN8n(
			bench,
			(accounts) => [birdBulkByExpression(accounts)],
			async ({ accounts, run }) => await run(birdBulkByExpression(accounts), recipients),
		);
		const http = await inFreshN8n(
			bench,
			(accounts) => [httpRequest(accounts, bench.vendor.url)],
			async ({ accounts, run }) => await run(httpRequest(accounts, bench.vendor.url), recipients),
		);
		return {
			bulk: {
				recipients,
				requests: own.vendor.requests,
				accepted: own.vendor.accepted,
				duplicates: own.vendor.duplicates,
				seconds: round(own.seconds),
				httpRequestSeconds: round(http.seconds),
				ratioToHttpRequest: round(own.seconds / http.seconds),
				executionSeconds: round(own.executionSeconds),
				httpRequestExecutionSeconds: round(http.executionSeconds),
				peakMiB: Math.round(own.readings.peakMiB),
				httpRequestPeakMiB: Math.round(http.readings.peakMiB),
				withExpression: {
					requests: withExpression.vendor.requests,
					accepted: withExpression.vendor.accepted,
					duplicates: withExpression.vendor.duplicates,
					seconds: round(withExpression.seconds),
					ratioToHttpRequest: round(withExpression.seconds / http.seconds),
				},
			},
		};
	},
};
