import { type Figures, round } from '../figures';
import { birdBulk, flow, type MeasuredNode, withOptOuts } from '../n8n/flows';
import { inFreshN8n, type Scenario, scaled } from '../scenario';

const RECIPIENTS = 10_000;
const LISTED = 100_000;
/** In turn, so that whatever slows the machine down slows down both. */
const TURNS = 5;
const QUICK_TURNS = 3;

/** What a long Suppression List adds to the time of a Bulk Send: the flow has it in both cases. */
export const suppression: Scenario = {
	name: 'suppression',
	run: async (bench): Promise<Pick<Figures, 'suppression'>> =>
		await inFreshN8n(
			bench,
			(accounts) => [birdBulk(accounts)],
			async ({ accounts, runFlow }) => {
				const recipients = scaled(RECIPIENTS, bench.scale);
				const listed = scaled(LISTED, bench.scale);
				const suppressionList = `={{ $('Opt-Outs').all() }}`;
				const nodes = {
					without: birdBulk(accounts),
					with: birdBulk(accounts, { options: { suppressionList } }),
				};
				const seconds: Record<keyof typeof nodes, number[]> = { without: [], with: [] };
				let accepted = 0;
				const timeOf = async (node: MeasuredNode) => {
					const run = await runFlow(withOptOuts(flow(node, recipients), listed));
					accepted = run.vendor.accepted;
					return run.seconds;
				};
				for (const node of Object.values(nodes)) await timeOf(node);
				const turns = bench.isQuick ? QUICK_TURNS : TURNS;
				for (let turn = 0; turn < turns; turn++) {
					for (const way of ['without', 'with'] as const) {
						seconds[way].push(await timeOf(nodes[way]));
					}
				}
				const [without, withList] = [middle(seconds.without), middle(seconds.with)];
				return {
					suppression: {
						recipients,
						listed,
						accepted,
						seconds: round(without),
						secondsWithList: round(withList),
						ratio: round(withList / without),
					},
				};
			},
		),
};

const middle = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
