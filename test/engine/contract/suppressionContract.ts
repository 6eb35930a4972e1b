import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Engine, loadEngine, type NodeSpec, type RunResult } from '../support/engine';
import type { ContractedVendor } from './deliveryContract';
import { ScriptedVendor } from './scriptedVendor';

const PEOPLE = 5;
const CONTINUES = { onError: 'continueRegularOutput' } as const;

/** What Suppression List must keep, for every send and bulk of every vendor. */
export function suppressionContract({ vendor, credential, operations }: ContractedVendor): void {
	const naming = Object.entries(operations).filter(([, { namesNobody }]) => !namesNobody);
	describe.each(naming)(`Suppression List of ${vendor}, %s`, (name, send) => {
		let engine: Engine;
		let routed: Engine;
		beforeAll(async () => {
			engine = await loadEngine();
			routed = await loadEngine({ isRouted: true });
		});

		let stand: ScriptedVendor;
		let baseUrl: string;
		beforeEach(async () => {
			stand = new ScriptedVendor(send);
			baseUrl = await stand.open();
		});
		afterEach(async () => await stand.close());

		const everybody = Array.from({ length: PEOPLE }, (_, index) => send.person(index));
		const without = (...suppressed: number[]) =>
			everybody.filter((_, index) => !suppressed.includes(index));

		async function run(
			suppressionList: unknown,
			{
				parameters,
				items = people(),
				...node
			}: Partial<NodeSpec> & { items?: INodeExecutionData[] } = {},
			process = engine,
		): Promise<RunResult> {
			const options = {
				...(send.parameters.options as IDataObject),
				...((parameters as IDataObject | undefined)?.options as IDataObject),
				suppressionList,
			} as IDataObject;
			return await process.run({
				node: {
					type: vendor,
					...CONTINUES,
					...node,
					parameters: {
						resource: 'message',
						operation: name,
						...send.parameters,
						...parameters,
						options,
					},
				},
				credentials: { [credential.name]: { ...credential.data, baseUrl } },
				items,
				trace: true,
			});
		}

		function people(): INodeExecutionData[] {
			return everybody.map((to, index) => ({
				json: { index, to, text: `Hello 👋 ${index}`, optOuts: [{ phone: send.person(3) }] },
			}));
		}

		it.each<[string, (who: string[]) => unknown]>([
			['separated by commas and lines', ([a, b]) => `${a},\n ${b} ,`],
			['as a JSON list with an empty cell', ([a, b]) => JSON.stringify([a, '', null, b])],
			[
				'as the rows of an earlier node',
				(who) =>
					`={{ $input.all().filter(item => ${JSON.stringify(who)}.includes(item.json.to)).map(item => ({ id: 7, phone: item.json.to, createdAt: $now })) }}`,
			],
			[
				'as the items of an earlier node, in which one other field names them',
				(who) => `={{ ${JSON.stringify(who)}.map(one => ({ json: { id: 7, whom: one } })) }}`,
			],
		])('keeps back those who are on it, %s', async (_what, listOf) => {
			const result = await run(listOf([send.person(1), send.person(3)]));
			expect(stand.reached.sort()).toEqual(without(1, 3).sort());
			expect(result.origins[0]).toEqual([0, 1, 2, 3, 4]);
			expect(codesOf(result)).toEqual([null, 'suppressed', null, 'suppressed', null]);
			expect(result.json[0][1]).toMatchObject({
				error: expect.stringContaining('is on the Suppression List [item 1]') as string,
				details: { provider: vendor, outcome: 'not_sent', httpCode: null },
			});
			expect(result.json[0][1].error).toContain(send.person(1));
		});

		it('reads a list that is another one for each item', async () => {
			const list = '={{ $json.index === 2 ? [$json.to] : [] }}';
			expect(codesOf(await run(list))).toEqual([null, null, 'suppressed', null, null]);
			expect(codesOf(await run('={{ $json.optOuts }}', { id: 'b' }))[3]).toBe('suppressed');
		});

		it('sends to everybody where nobody is on it', async () => {
			for (const [at, list] of ['={{ [] }}', "={{ [].join(',') }}", '={{ [{}] }}'].entries()) {
				stand.reached.length = 0;
				const result = await run(list, { id: `node-${at}` });
				expect(codesOf(result)).toEqual(everybody.map(() => null));
				expect(stand.reached).toHaveLength(PEOPLE);
			}
		});

		it('stops no run: who is on it is reported, and the others are reached', async () => {
			const result = await run(send.person(0), { onError: 'stopWorkflow' });
			expect(result.error).toBeUndefined();
			expect(codesOf(result)).toEqual(['suppressed', null, null, null, null]);
			expect(stand.reached.sort()).toEqual(without(0).sort());
		});

		it('gives who is on it by the error output', async () => {
			const result = await run(send.person(4), { onError: 'continueErrorOutput' });
			expect(result.origins).toEqual([[0, 1, 2, 3], [4]]);
		});

		it.each<[string, unknown, string]>([
			[
				'what its expression does not find',
				'={{ $json.nobody }}',
				'is undefined, which is no list',
			],
			['a switch', '={{ true }}', 'is true, which is no list'],
			['a list within a list', '={{ [["a"]] }}', 'entry 1 is a list'],
			[
				'rows without a name',
				'={{ [{ city: "Paris", age: 41 }] }}',
				'entry 1 has no field that names',
			],
			['a JSON list that is cut', '["+14155550123', 'is not a valid JSON list'],
			['an expression that is none', '{{ $json.list }}', 'is set to Fixed'],
		])('refuses %s, and sends nothing', async (_what, list, says) => {
			const result = await run(list);
			expect(stand.requests).toEqual([]);
			expect(result.json[0]).toHaveLength(PEOPLE);
			for (const { error, details } of result.json[0]) {
				expect(error).toContain('Suppression List');
				expect(error).toContain(says);
				expect(details).toMatchObject({ outcome: 'not_sent', code: 'invalid_input' });
			}
		});

		it('refuses a list by which nobody can be told', async () => {
			const isById = !send.person(0).startsWith('+');
			const list = isById ? '+14155550199' : '+14155550199, n/a';
			const result = await run(list);
			expect(stand.requests).toEqual([]);
			const says = isById ? 'holds no IDs' : 'entry 2 "n/a" is not a phone number';
			expect(result.json[0].every(({ error }) => String(error).includes(says))).toBe(true);
		});

		it('is for tools, too', async () => {
			const items = people().slice(0, 1);
			const kept = await run(send.person(0), { items }, routed);
			expect(codesOf(kept)).toEqual(['suppressed']);
			expect(stand.requests).toEqual([]);
			expect(codesOf(await run(send.person(1), { items, id: 'other' }, routed))).toEqual([null]);
			expect(stand.reached).toEqual([send.person(0)]);
		});

		if (send.isBulk) {
			it('is counted in the summary, and no failure', async () => {
				const list = [send.person(1), send.person(3)].join();
				const { json } = await run(list, { parameters: { output: 'summary' } });
				expect(json[0]).toEqual([
					expect.objectContaining({
						total: PEOPLE,
						accepted: PEOPLE - 2,
						notSent: 2,
						keptBack: 2,
						successRatePercent: 100,
						errors: [expect.objectContaining({ code: 'suppressed', count: 2, items: [1, 3] })],
					}),
				]);
			});

			it('ends a bulk in which nobody is left', async () => {
				const result = await run(everybody.join(), { onError: 'stopWorkflow' });
				expect(result.error).toBeUndefined();
				expect(codesOf(result)).toEqual(everybody.map(() => 'suppressed'));
				expect(stand.requests).toEqual([]);
			});
		}
	});
}

/** The code of each item that was not sent, null for one that was. */
function codesOf({ json }: RunResult): Array<string | null> {
	return json[0].map((one) => ('error' in one ? (one.details as { code: string }).code : null));
}
