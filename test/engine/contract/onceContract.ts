import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Engine, loadEngine, type NodeSpec, type RunResult } from '../support/engine';
import { installProcessedItems } from '../support/install-processed-items';
import type { ProcessedItems } from '../support/processed-items';
import type { ContractedVendor } from './deliveryContract';
import { type Answer, ScriptedVendor, take } from './scriptedVendor';

const PEOPLE = 5;
const CONTINUES = { onError: 'continueRegularOutput' } as const;
const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
const say = (status: number, body: unknown = { message: 'No' }) => ({
	kind: 'say' as const,
	answer: { status, body } satisfies Answer,
});

let nodes = 0;

/** What Send Once Key must keep, for every send and bulk of every vendor. */
export function onceContract({ vendor, credential, operations }: ContractedVendor): void {
	describe.each(Object.entries(operations))(`Send Once Key of ${vendor}, %s`, (name, send) => {
		let engine: Engine;
		beforeAll(async () => void (engine = await loadEngine()));

		let stand: ScriptedVendor;
		let baseUrl: string;
		let items: ProcessedItems;
		/** A node of its own for each test, so that none remembers another's keys. */
		let id: string;
		beforeEach(async () => {
			// The vendor's own memory of keys is switched off: here, n8n's must do.
			stand = new ScriptedVendor({ ...send, idempotencyHeader: undefined });
			baseUrl = await stand.open();
			items = await installProcessedItems();
			id = `node-${++nodes}`;
		});
		afterEach(async () => {
			for (const execution of started.splice(0)) execution.cancel();
			await stand.close();
		});
		const started: Array<{ cancel(): void }> = [];

		const KEY = '=order-{{ $json.index }}-shipped';
		const keyOf = (index: number) => `order-${index}-shipped`;
		const everybody = Array.from({ length: PEOPLE }, (_, index) => send.person(index));

		interface More extends Partial<NodeSpec> {
			options?: IDataObject;
			parameters?: IDataObject;
			items?: INodeExecutionData[];
			process?: Engine;
			executionId?: string;
		}

		function start(more: More = {}) {
			const { options, parameters, items: given, process = engine, executionId, ...node } = more;
			const execution = process.start({
				node: {
					type: vendor,
					id,
					...CONTINUES,
					...node,
					parameters: {
						resource: 'message',
						operation: name,
						...send.parameters,
						...parameters,
						options: {
							...(send.parameters.options as IDataObject),
							onceKey: KEY,
							...options,
						},
					},
				},
				credentials: { [credential.name]: { ...credential.data, baseUrl } },
				items: given ?? people(PEOPLE),
				executionId,
				trace: true,
			});
			started.push(execution);
			return execution;
		}

		const run = async (more?: More): Promise<RunResult> => await start(more).result;

		function people(count: number, from = 0): INodeExecutionData[] {
			return Array.from({ length: count }, (_, at) => ({
				json: {
					index: from + at,
					// Of whom there are ten.
					to: send.person((from + at) % 10),
					text: `Hello 👋 ${from + at}`,
				},
			}));
		}

		const times = (index: number) =>
			stand.reached.filter((who) => who === send.person(index)).length;

		it('sends once, and says of a rerun that it was sent', async () => {
			const first = await run();
			expect(endingsOf(first)).toEqual(everybody.map(() => 'sent'));
			const again = await run();
			expect(endingsOf(again)).toEqual(everybody.map(() => 'alreadySent'));
			expect(again.origins[0]).toEqual(everybody.map((_, index) => index));
			expect(again.json[0].map(idOf)).toEqual(first.json[0].map(idOf));
			expect(stand.reached.sort()).toEqual([...everybody].sort());
		});

		it('after a restart too, knowing what the store knows', async () => {
			await run();
			const restarted = await loadEngine();
			const again = await run({ process: restarted });
			expect(endingsOf(again)).toEqual(everybody.map(() => 'alreadySent'));
			expect(again.json[0][0]).toMatchObject({
				provider: vendor,
				status: 'accepted',
				messageId: null,
			});
			expect(stand.reached).toHaveLength(PEOPLE);
			// Asking has changed nothing.
			expect(endingsOf(await run({ process: await loadEngine() }))).toEqual(
				everybody.map(() => 'alreadySent'),
			);
		});

		it('is not changed by who asks, two processes at once or while it is on its way', async () => {
			await run();
			for (let round = 0; round < 3; round++) {
				const two = await Promise.all([loadEngine(), loadEngine()]);
				const runs = await Promise.all(two.map(async (process) => await run({ process })));
				for (const again of runs) {
					expect(endingsOf(again)).toEqual(everybody.map(() => 'alreadySent'));
				}
			}
			const late = { options: { onceKey: '=late-{{ $json.index }}' } };
			const before = stand.requests.length;
			let answer = () => undefined as void;
			const until = new Promise<void>((resolve) => (answer = resolve));
			stand.script = () => ({ kind: 'take-and-wait', until });
			const first = start(late);
			while (stand.requests.length === before) await sleep(5);
			const meanwhile = await run({ ...late, process: await loadEngine() });
			expect(endingsOf(meanwhile)).toEqual(everybody.map(() => 'unknown'));
			answer();
			expect(endingsOf(await first.result)).toEqual(everybody.map(() => 'sent'));
			const after = await run({ ...late, process: await loadEngine() });
			expect(endingsOf(after)).toEqual(everybody.map(() => 'alreadySent'));
			expect(stand.reached).toHaveLength(2 * PEOPLE);
		});

		it('sends what is new beside what is not', async () => {
			await run({ items: people(3) });
			const again = await run();
			expect(endingsOf(again)).toEqual([
				'alreadySent',
				'alreadySent',
				'alreadySent',
				'sent',
				'sent',
			]);
			expect(stand.reached.sort()).toEqual([...everybody].sort());
		});

		it('killed in the middle, a rerun sends nobody twice and says what nobody knows', async () => {
			stand.script = (index) => {
				if (index === (send.sharesRequests ? 0 : 2)) return { kind: 'take-in-silence' };
				return { kind: 'take-late', ms: index === 1 ? 1100 : 10 };
			};
			start({ options: { maxInFlight: 1 } });
			while (stand.requests.length < (send.sharesRequests ? 1 : 3)) await sleep(10);
			await sleep(60);
			items.kill();
			stand.script = () => take;
			const process = await loadEngine();
			const again = await run({ process });
			expect(endingsOf(again)).toEqual(
				send.sharesRequests
					? everybody.map(() => 'unknown')
					: ['alreadySent', 'alreadySent', 'unknown', 'unknown', 'unknown'],
			);
			expect(String(again.json[0].at(-1)?.error)).toContain('Send Once Again');
			for (const [index] of everybody.entries()) expect(times(index)).toBeLessThanOrEqual(1);
			// What is unknown stays so, until its key is forgotten.
			const third = await run({ process: await loadEngine() });
			expect(endingsOf(third)).toEqual(endingsOf(again));
			const forced = await run({ process, options: { onceAgain: '={{ $json.index === 4 }}' } });
			expect(endingsOf(forced)[4]).toBe('sent');
			expect(endingsOf(await run({ process }))[4]).toBe('alreadySent');
		});

		it('20 executions at once forget nothing and send nobody twice', async () => {
			const runs = await Promise.all(Array.from({ length: 20 }, async () => await run()));
			expect(stand.reached.sort()).toEqual([...everybody].sort());
			const all = runs.map(endingsOf);
			expect(all.flat().filter((one) => one === 'sent')).toHaveLength(PEOPLE);
			expect(all.flat().filter((one) => one === 'alreadySent')).toHaveLength(19 * PEOPLE);
			for (const [index] of everybody.entries()) {
				expect(items.has(id, `begun:${keyOf(index)}`)).toBe(true);
				expect(items.has(id, `accepted:${keyOf(index)}`)).toBe(true);
			}
			// Others with keys of their own, each in an execution of its own.
			stand.reached.length = 0;
			const own = (at: number) => ({ options: { onceKey: `own-${at}` }, items: people(1) });
			await Promise.all(Array.from({ length: 20 }, async (_, at) => await run(own(at))));
			expect(stand.reached).toHaveLength(20);
			for (let at = 0; at < 20; at++)
				expect(endingsOf(await run(own(at)))).toEqual(['alreadySent']);
		});

		it('sends the first of equal keys in a batch', async () => {
			const result = await run({ options: { onceKey: '=order-{{ $json.index % 2 }}' } });
			expect(endingsOf(result)).toEqual([
				'sent',
				'sent',
				'alreadySent',
				'alreadySent',
				'alreadySent',
			]);
			expect(result.json[0][2]).toMatchObject({ duplicateOf: 0 });
			expect(stand.reached.sort()).toEqual(everybody.slice(0, 2).sort());
		});

		it('in two batches at once, the second ends as the first does', async () => {
			stand.script = () => ({ kind: 'take-late', ms: 100 });
			const runs = await Promise.all([run(), run()]);
			const ends = runs.map(endingsOf);
			expect(ends.flat().filter((one) => one === 'sent')).toHaveLength(PEOPLE);
			expect(ends.flat().filter((one) => one === 'alreadySent')).toHaveLength(PEOPLE);
			expect(stand.reached).toHaveLength(PEOPLE);

			stand.script = () => say(422);
			const later = { options: { onceKey: '=later-{{ $json.index }}' } };
			const refused = await Promise.all([run(later), run(later)]);
			for (const result of refused) {
				expect(endingsOf(result)).toEqual(everybody.map(() => 'rejected'));
			}
			stand.script = () => take;
			expect(endingsOf(await run(later))).toEqual(everybody.map(() => 'sent'));
		});

		it('gives a key back when its message was refused or never left', async () => {
			stand.script = () => say(422);
			expect(endingsOf(await run())).toEqual(everybody.map(() => 'rejected'));
			stand.script = () => say(429);
			const impatient = { options: { onRateLimit: 'fail' } };
			expect(endingsOf(await run(impatient))).toEqual(everybody.map(() => 'not_sent'));
			stand.script = () => take;
			expect(endingsOf(await run())).toEqual(everybody.map(() => 'sent'));
		});

		it('keeps the key of what may have been accepted', async () => {
			const isSafe = send.idempotencyHeader !== undefined;
			stand.script = () => (isSafe ? take : { kind: 'take-and-reset' });
			const ending = isSafe ? 'sent' : 'unknown';
			expect(endingsOf(await run())).toEqual(everybody.map(() => ending));
			stand.script = () => take;
			const again = await run({ process: await loadEngine() });
			expect(endingsOf(again)).toEqual(everybody.map(() => (isSafe ? 'alreadySent' : 'unknown')));
			expect(stand.reached).toHaveLength(PEOPLE);
		});

		it('forgets the oldest when the history is full, and never what is on its way', async () => {
			const small = { options: { onceHistory: 2 } };
			expect(endingsOf(await run(small))).toEqual(everybody.map(() => 'sent'));
			expect(endingsOf(await run({ ...small, items: people(2, 3) }))).toEqual([
				'alreadySent',
				'alreadySent',
			]);
			for (let from = 5; from < 20; from += 5) {
				const more = await run({ ...small, items: people(5, from) });
				expect(endingsOf(more)).toEqual(everybody.map(() => 'sent'));
			}
			expect(items.has(id, `begun:${keyOf(0)}`)).toBe(false);
			expect(items.has(id, `accepted:${keyOf(19)}`)).toBe(true);
			expect(endingsOf(await run({ ...small, items: people(1) }))).toEqual(['sent']);
		});

		it('sends nothing when the store cannot be written', async () => {
			items.failure = () => new Error('the disk is full');
			const result = await run();
			expect(endingsOf(result)).toEqual(everybody.map(() => 'not_sent'));
			expect(String(result.json[0][0].error)).toContain('the disk is full');
			expect(stand.requests).toEqual([]);
			items.failure = undefined;
			expect(endingsOf(await run())).toEqual(everybody.map(() => 'sent'));
		});

		it('sends nothing when other processes cannot be kept out', async () => {
			items.failure = (_kind, _call, row) =>
				row === `${id}/lock` ? new Error('the disk is full') : undefined;
			expect(endingsOf(await run())).toEqual(everybody.map(() => 'not_sent'));
			expect(stand.requests).toEqual([]);
		});

		it('says in the log when it cannot write down what was accepted', async () => {
			items.failure = () => (stand.requests.length > 0 ? new Error('gone') : undefined);
			const process = await loadEngine();
			expect(endingsOf(await run({ process }))).toEqual(everybody.map(() => 'sent'));
			expect(JSON.stringify(process.logs)).toContain('of 5 accepted');
			items.failure = undefined;
			expect(endingsOf(await run({ process: await loadEngine() }))).toEqual(
				everybody.map(() => 'unknown'),
			);
			expect(stand.reached).toHaveLength(PEOPLE);
		});

		it.each<[what: string, key: unknown, says: string]>([
			['an object', '={{ ({ id: 7 }) }}', 'is not text but an object'],
			['a list', '={{ [7] }}', 'is not text but a list'],
			['a boolean', '={{ true }}', 'is true, which is no key'],
			['nothing', '={{ $json.nothing }}', 'is empty'],
			['blanks', '={{ "  " }}', 'is empty'],
			['not a number', '={{ NaN }}', 'Send Once Key'],
			['a number that is not exact', '={{ 12345678901234567890 }}', 'too long to be exact'],
			['an object in text', '=order-{{ $json }}', 'does not have all of it'],
			['a fixed expression', 'order-{{ $json.index }}', 'set to Fixed'],
		])('refuses %s as a key before anything is sent', async (_what, onceKey, says) => {
			const result = await run({ options: { onceKey: onceKey as string } });
			expect(endingsOf(result)).toEqual(everybody.map(() => 'not_sent'));
			expect(String(result.json[0][0].error)).toContain(says);
			expect(stand.requests).toEqual([]);
			expect(items.callsOf(id)).toEqual([]);
		});

		it('takes numbers, dates and odd text as keys', async () => {
			for (const onceKey of [
				'={{ 1000 + $json.index }}',
				'={{ $today.plus({ days: $json.index }) }}',
				'=  Bestellung №{{ $json.index }} – Łódź 🚚 {{ "x".repeat(1000) }}',
			]) {
				stand.reached.length = 0;
				expect(endingsOf(await run({ options: { onceKey } }))).toEqual(everybody.map(() => 'sent'));
				expect(endingsOf(await run({ options: { onceKey } }))).toEqual(
					everybody.map(() => 'alreadySent'),
				);
				expect(stand.reached).toHaveLength(PEOPLE);
			}
		});

		it('an empty option is none', async () => {
			await run({ options: { onceKey: '' } });
			await run({ options: { onceKey: '' } });
			expect(stand.reached).toHaveLength(2 * PEOPLE);
			expect(items.callsOf(id)).toEqual([]);
		});

		it('knows merge fields in Bulk Send, and refuses them elsewhere', async () => {
			const merged = { options: { onceKey: 'order-[[index]]-shipped' } };
			const result = await run(merged);
			if (!send.isBulk) {
				expect(String(result.json[0][0].error)).toContain('only Bulk Send fills in');
				return;
			}
			expect(endingsOf(result)).toEqual(everybody.map(() => 'sent'));
			expect(endingsOf(await run())).toEqual(everybody.map(() => 'alreadySent'));
			const summary = await run({ ...merged, parameters: { output: 'summary' } });
			expect(summary.json[0]).toEqual([
				expect.objectContaining({ total: PEOPLE, accepted: PEOPLE, alreadySent: PEOPLE }),
			]);
		});

		it('leaves it to the ledger what n8n runs again', async () => {
			let hasRefused = false;
			stand.script = (index) => {
				if (index < (send.sharesRequests ? 0 : 3) || hasRefused) return take;
				hasRefused = true;
				return say(422);
			};
			const result = await run({
				onError: 'stopWorkflow',
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1,
				options: { maxInFlight: 1 },
			});
			if (!send.isBulk || send.sharesRequests) {
				expect(endingsOf(result)).toEqual(everybody.map(() => 'sent'));
				expect(stand.reached.sort()).toEqual([...everybody].sort());
			}
			expect(new Set(stand.reached).size).toBe(stand.reached.length);
		});

		it('reads and writes the row twice for a batch, and once where all was sent before', async () => {
			await run();
			expect(items.callsOf(id)).toEqual(['check', 'check']);
			expect(items.callsOf(`${id}/lock`)).toEqual(['check', 'check']);
			await run();
			expect(items.callsOf(id).slice(2)).toEqual(['check']);
		});

		it('two processes at once send nobody twice, and forget nothing', async () => {
			const others = [engine, await loadEngine()];
			// The first two to make a row collide, which would keep them apart by itself.
			await run({ options: { onceKey: '=before-{{ $json.index }}' } });
			for (let round = 0; round < 8; round++) {
				const key = { options: { onceKey: `=race-${round}-{{ $json.index }}` } };
				stand.reached.length = 0;
				const runs = await Promise.all(
					others.map(async (process) => await run({ ...key, process })),
				);
				expect(stand.reached.sort()).toEqual([...everybody].sort());
				expect(runs.flatMap(endingsOf).filter((one) => one === 'sent')).toHaveLength(PEOPLE);
			}
			for (let round = 0; round < 4; round++) {
				// Each with keys of its own, killed as soon as the first message leaves.
				stand.script = () => ({ kind: 'take-in-silence' });
				const own = (at: number) => `own-${round}-${at}`;
				const before = stand.requests.length;
				const killed = await Promise.all([loadEngine(), loadEngine()]);
				for (const [at, process] of killed.entries()) {
					const onceKey = `=${own(at)}-{{ $json.index }}`;
					start({ process, options: { onceKey, maxInFlight: 1 } });
				}
				while (stand.requests.length < before + 2) await sleep(5);
				await sleep(60);
				items.kill();
				for (const at of [0, 1]) {
					for (let index = 0; index < PEOPLE; index++) {
						expect(items.has(id, `begun:${own(at)}-${index}`)).toBe(true);
					}
				}
			}
		});
	});
}

type Ending = 'sent' | 'alreadySent' | 'rejected' | 'not_sent' | 'unknown';

/** How each item ended, in the order of the items. */
function endingsOf({ json, error }: RunResult): Ending[] {
	if (error) throw new Error(error.message);
	return json[0].map((item) => {
		if ('error' in item) return (item.details as { outcome: Ending }).outcome;
		return item.alreadySent === true ? 'alreadySent' : 'sent';
	});
}

const idOf = ({ messageId }: IDataObject) => messageId;
