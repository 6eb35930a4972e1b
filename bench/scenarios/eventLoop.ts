import { type Figures, type OwnBlocks, round } from '../figures';
import { birdBulk, birdSend, noOp } from '../n8n/flows';
import type { Run } from '../n8n/measure';
import { longestOwnTurnMs } from '../n8n/turns';
import { inFreshN8n, type Scenario, scaled } from '../scenario';

const RECIPIENTS = 10_000;
const ITEMS = 1000;
const NO_LIMIT = { requestsPerSecond: 1_000_000 };

/** How long this package keeps n8n from anything else. The profiler is on, so time is not measured. */
export const eventLoop: Scenario = {
	name: 'eventLoop',
	run: async (bench): Promise<Pick<Figures, 'eventLoop'>> =>
		await inFreshN8n(
			bench,
			(accounts) => [birdBulk(accounts), birdSend(accounts, NO_LIMIT)],
			async ({ accounts, run }) => {
				const recipients = scaled(RECIPIENTS, bench.scale);
				const items = scaled(ITEMS, bench.scale);
				const profile = { profile: true };
				const bulkSend = blocks(await run(birdBulk(accounts), recipients, {}, profile));
				const sendMessage = blocks(await run(birdSend(accounts, NO_LIMIT), items, {}, profile));
				const { executionBlockMs } = await run(noOp, recipients);
				return {
					eventLoop: {
						maxBlockMs: Math.max(bulkSend.maxBlockMs, sendMessage.maxBlockMs),
						bulkSend,
						sendMessage,
						noOp: { maxBlockMs: round(executionBlockMs, 1) },
					},
				};
			},
		),
};

function blocks({ blockMs, readings }: Run): OwnBlocks {
	return {
		maxBlockMs: round(longestOwnTurnMs(readings), 1),
		maxBlockByAnythingMs: round(blockMs, 1),
	};
}
