import { type Figures, round, type SentBulk } from '../figures';
import { sentBulk } from '../n8n/flows';
import type { Run } from '../n8n/measure';
import { inFreshN8n, type Scenario, scaled } from '../scenario';

const RECIPIENTS = 10_000;
/** Sent takes so many recipients of the same content in a request. */
const MOST_IN_A_REQUEST = 1000;

/** Bulk Send of the Sent node: one template, with the same value for all and with one for each. */
export const bulkSent: Scenario = {
	name: 'bulkSent',
	run: async (bench): Promise<Pick<Figures, 'bulkSent'>> =>
		await inFreshN8n(
			bench,
			(accounts) => [sentBulk(accounts, 'Ana')],
			async ({ accounts, run }) => {
				const recipients = scaled(RECIPIENTS, bench.scale);
				const equal = await run(sentBulk(accounts, 'Ana'), recipients);
				const each = await run(sentBulk(accounts, '[[first_name]]'), recipients);
				return {
					bulkSent: {
						allEqual: figures(equal, recipients, 1),
						oneValueEach: figures(each, recipients, recipients),
					},
				};
			},
		),
};

function figures({ seconds, vendor }: Run, recipients: number, differentValues: number): SentBulk {
	return {
		recipients,
		differentValues,
		requests: vendor.requests,
		fewestRequests: Math.max(differentValues, Math.ceil(recipients / MOST_IN_A_REQUEST)),
		accepted: vendor.accepted,
		duplicates: vendor.duplicates,
		seconds: round(seconds),
	};
}
