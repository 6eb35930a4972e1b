import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Engine, loadEngine, type NodeSpec, type RunResult } from '../support/engine';
import { type ContractedReading, followContract } from './followContract';
import { fuzzContract } from './fuzzContract';
import { onceContract } from './onceContract';
import {
	type Answer,
	type Reaction,
	ScriptedVendor,
	type SeenRequest,
	take,
} from './scriptedVendor';
import { suppressionContract } from './suppressionContract';
import { type ContractedWindow, windowContract } from './windowContract';

/** One sending operation of a vendor, as far as the contract must know it. */
export interface ContractedSend {
	/** Of a message to `{{ $json.to }}` that says `{{ $json.text }}`. */
	parameters: IDataObject;
	/** Makes the text another one each time it is evaluated; the default replaces `text`. */
	changing?: IDataObject;
	/** Makes the text one that cannot be read for the first person; the default replaces `text`. */
	broken?: IDataObject;
	/** Who the n-th person is, as the vendor sees it. */
	person(index: number): string;
	/** Who a request reaches. */
	recipientsOf(request: SeenRequest): string[];
	/** The answer of success that the vendor documents. */
	answerTo(request: SeenRequest): Answer;
	/** The header by which the vendor recognises a repeated request, where it has one. */
	idempotencyHeader?: string;
	/** Whether an empty answer of success is the documented one. */
	answersNothing?: boolean;
	/** Whether several people share one request. */
	sharesRequests?: boolean;
	isBulk?: boolean;
	/** Whether its delivery can be waited for. */
	waits?: boolean;
	/** Whether it names a message that exists already, and nobody whom it goes to. */
	namesNobody?: boolean;
}

export interface ContractedVendor {
	/** The node. */
	vendor: string;
	/** The credential with its secret fields filled in; `baseUrl` is added. */
	credential: { name: string; data: IDataObject; secret: string };
	operations: Record<string, ContractedSend>;
	/** How its messages are read back, where they are. */
	reading?: ContractedReading;
	/** Of its Send Message, where a template can go in place of it outside of a window. */
	window?: ContractedWindow;
}

const PEOPLE = 6;
const NOT_NOW: Answer = { status: 429, headers: { 'retry-after': '0.2' } };
const say = (answer: Answer): Reaction => ({ kind: 'say', answer });

/** What every vendor's every send and bulk must do, whatever happens to its requests. */
export function deliveryContract(contracted: ContractedVendor): void {
	const { vendor, credential, operations } = contracted;
	let engine: Engine;
	beforeAll(async () => void (engine = await loadEngine()));

	describe.each(Object.entries(operations))(
		`the delivery contract of ${vendor}, %s`,
		(name, send) => {
			let stand: ScriptedVendor;
			let baseUrl: string;
			beforeEach(async () => {
				stand = new ScriptedVendor(send);
				baseUrl = await stand.open();
			});
			afterEach(async () => await stand.close());

			const isSafe = send.idempotencyHeader !== undefined;
			const everybody = Array.from({ length: PEOPLE }, (_, index) => send.person(index));

			function spec(node: Partial<NodeSpec>, parameters: IDataObject = {}): NodeSpec {
				const options = {
					...(send.parameters.options as IDataObject),
					...(parameters.options as IDataObject),
				};
				return {
					type: vendor,
					...node,
					parameters: {
						resource: 'message',
						operation: name,
						...send.parameters,
						...parameters,
						options,
					},
				};
			}

			function start(node: Partial<NodeSpec> = {}, parameters: IDataObject = {}, count = PEOPLE) {
				return engine.start({
					node: spec(node, parameters),
					credentials: { [credential.name]: { ...credential.data, baseUrl } },
					items: people(send, count),
					trace: true,
				});
			}

			/** Runs the operation, and holds what it says against what the vendor has done. */
			async function run(
				node: Partial<NodeSpec> = {},
				parameters: IDataObject = {},
			): Promise<RunResult> {
				const result = await start(node, parameters).result;
				checkTruth(result, send, stand);
				checkSecrets(result, credential.secret, engine);
				return result;
			}

			const continues = { onError: 'continueRegularOutput' } as const;
			const oneByOne = { options: { maxInFlight: 1 } };

			it('reaches everybody once, each paired with its item', async () => {
				const result = await run();
				expect(result.error).toBeUndefined();
				expect(stand.reached.sort()).toEqual([...everybody].sort());
				expect(result.origins[0]).toEqual(everybody.map((_, index) => index));
			});

			it('sends each item with its own key to its own address, where the credential is another for each', async () => {
				const other = new ScriptedVendor(send);
				const stands = [stand, other];
				const urls = [baseUrl, await other.open()];
				const keys = stands.map((_, index) => `${credential.secret}-of-${index}`);
				const expressions = Object.entries(credential.data).map(([field, value]) => [
					field,
					value === credential.secret ? '={{ $json.key }}' : value,
				]);
				const items = people(send, PEOPLE).map(({ json }, index) => ({
					json: { ...json, url: urls[index % 2], key: keys[index % 2] },
				}));
				const { error } = await engine
					.run({
						node: spec({}),
						credentials: {
							[credential.name]: {
								...Object.fromEntries(expressions),
								baseUrl: '={{ $json.url }}',
							},
						},
						items,
					})
					.finally(async () => await other.close());
				expect(error).toBeUndefined();
				for (const [which, { reached, requests }] of stands.entries()) {
					expect(reached.sort()).toEqual(everybody.filter((_, index) => index % 2 === which));
					const seen = JSON.stringify(requests);
					expect([seen.includes(keys[which]), seen.includes(keys[1 - which])]).toEqual([
						true,
						false,
					]);
				}
			});

			it.each([
				['429 with Retry-After', NOT_NOW],
				['429 without Retry-After', { status: 429 }],
				['503 with Retry-After', { status: 503, headers: { 'retry-after': '0.2' } }],
			])('waits when told and loses nobody: %s', async (_what, answer) => {
				stand.script = (index) => (index < 2 ? say(answer) : take);
				const result = await run();
				expect(result.error).toBeUndefined();
				expect(stand.reached.sort()).toEqual([...everybody].sort());
			});

			it('tells everybody at once that it was not sent, where it may not wait', async () => {
				stand.script = () => say({ status: 429, headers: { 'retry-after': '30' } });
				const result = await run(continues, { options: { onRateLimit: 'fail', maxInFlight: 1 } });
				expect(outcomesOf(result)).toEqual(everybody.map(() => 'not_sent'));
			});

			it.each<[string, Reaction]>([
				['500', say({ status: 500, body: { message: 'Oops' } })],
				[
					'502 after it was taken',
					{ kind: 'take-and-say', answer: { status: 502, body: '<html>' } },
				],
				['503 without Retry-After', say({ status: 503 })],
				['a reset before', { kind: 'reset' }],
				['a reset after', { kind: 'take-and-reset' }],
			])('never sends again what may have been taken: %s', async (_what, reaction) => {
				stand.script = (index) => (index === 0 ? reaction : take);
				const result = await run(continues, oneByOne);
				const first = outcomesOf(result)[0];
				expect(first).toBe(isSafe ? 'accepted' : 'unknown');
				if (!send.sharesRequests) {
					expect(outcomesOf(result).slice(1)).toEqual(everybody.slice(1).map(() => 'accepted'));
				}
			});

			it.each<[string, Answer]>([
				['HTML with 200', { status: 200, body: '<html>Please sign in</html>' }],
				['garbage', { status: 200, body: '{"cut' }],
				[
					'a list with null',
					{ status: 200, body: { results: [null], recipients: [null], data: null } },
				],
				['an empty list', { status: 200, body: [] }],
				['an error in a 200', { status: 200, body: { error: 'quota' } }],
				[
					'odd things',
					{
						status: 200,
						body: { id: { toString: 1 }, data: { recipients: [null] }, details: { toString: 1 } },
					},
				],
			])(
				'does not take for accepted what is not the documented answer: %s',
				async (_what, answer) => {
					stand.script = (index) => (index === 0 ? { kind: 'take-and-say', answer } : take);
					const result = await run(continues, oneByOne);
					if (isSafe) return;
					const first = outcomesOf(result)[0];
					const isDocumented =
						send.answersNothing && typeof answer.body === 'object' && !Array.isArray(answer.body);
					expect(first).toBe(isDocumented ? 'accepted' : 'unknown');
				},
			);

			it('does not take an empty answer for accepted', async () => {
				stand.script = (index) =>
					index === 0 ? { kind: 'take-and-say', answer: { status: 200 } } : take;
				const result = await run(continues, oneByOne);
				const expected = send.answersNothing || isSafe ? 'accepted' : 'unknown';
				expect(outcomesOf(result)[0]).toBe(expected);
			});

			it('is not hung by answers that nobody can read', async () => {
				stand.script = () => ({
					kind: 'take-and-say',
					answer: { status: 200, body: { results: [null] } },
				});
				for (let time = 0; time < 3; time++) {
					const result = await start(continues, { options: { maxInFlight: 2, maxWait: 0.5 } }, 3)
						.result;
					expect(result.json[0]).toHaveLength(3);
					stand.reached.length = 0;
				}
			});

			it('does not know what became of a message without an answer', async () => {
				stand.script = (index) => (index === 0 ? { kind: 'take-in-silence' } : take);
				const result = await run(continues, { options: { maxInFlight: 1, timeout: 0.3 } });
				expect(outcomesOf(result)[0]).toBe(isSafe ? 'accepted' : 'unknown');
			});

			it('a credential that is refused is not tried again for the others', async () => {
				stand.script = (index) =>
					index === 0 && !send.sharesRequests
						? take
						: say({ status: 401, body: { message: `Bad key ${credential.secret}` } });
				const result = await run(continues, oneByOne);
				const outcomes = outcomesOf(result);
				expect(stand.requests.length).toBeLessThanOrEqual(2);
				if (!send.sharesRequests) {
					expect(outcomes).toEqual([
						'accepted',
						'rejected',
						'not_sent',
						'not_sent',
						'not_sent',
						'not_sent',
					]);
				}
			});

			it('follows no redirect', async () => {
				stand.script = () => say({ status: 302, headers: { location: 'http://127.0.0.1:9/' } });
				const result = await run(continues, oneByOne);
				expect(outcomesOf(result)[0]).toBe('rejected');
				expect(result.json[0][0].error).toContain('redirect, which is not followed');
			});

			it('says in the words of a refusal what is wrong, whatever the words are', async () => {
				for (const body of [
					{ message: 'No' },
					'<html>',
					[],
					null,
					{ details: { toString: 1 }, error: { message: {} } },
				]) {
					stand.script = () => say({ status: 422, body });
					stand.reached.length = 0;
					const result = await run({ ...continues, id: JSON.stringify(body) }, oneByOne);
					expect(new Set(outcomesOf(result))).toEqual(new Set(['rejected']));
				}
			});

			it('n8n running the node again reaches nobody twice, though the text is another each time', async () => {
				let hasRefused = false;
				stand.script = (index) => {
					if (index < (send.sharesRequests ? 0 : 3) || hasRefused) return take;
					hasRefused = true;
					return say({ status: 422, body: { message: 'Not this one' } });
				};
				const changing = send.changing ?? {
					text: '=At {{ $now.toMillis() }} for {{ Math.random() }}',
				};
				const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
				const result = await run(retries, { ...changing, ...oneByOne });
				if (!send.isBulk || send.sharesRequests) {
					expect(result.error).toBeUndefined();
					expect(stand.reached.sort()).toEqual([...everybody].sort());
				}
				expect(new Set(stand.reached).size).toBe(stand.reached.length);
			});

			it.each(['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const)(
				'gives every item one ending: %s',
				async (onError) => {
					stand.script = (index) =>
						index === (send.sharesRequests ? 0 : 2)
							? say({ status: 422, body: { message: 'No' } })
							: take;
					const result = await run({ onError }, oneByOne);
					if (onError === 'stopWorkflow' && (!send.isBulk || send.sharesRequests)) {
						expect(result.error?.message).toContain('[item ');
						return;
					}
					const origins = result.origins.flat().sort();
					expect(origins).toEqual(everybody.map((_, index) => index));
					if (onError === 'continueErrorOutput') {
						expect(result.json[0].every((json) => !('error' in json))).toBe(true);
						expect(result.json[1].every((json) => 'error' in json)).toBe(true);
					}
				},
			);

			it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
				'what concerns the whole run leaves by no output as a result: %s',
				async (onError) => {
					const result = await run({ onError }, { options: { maxInFlight: 0.4 } });
					const failed = result.json[onError === 'continueErrorOutput' ? 1 : 0];
					expect(failed).toHaveLength(PEOPLE);
					expect(failed.every(({ error }) => String(error).includes('Max in Flight'))).toBe(true);
					expect(result.output.flat()).toHaveLength(PEOPLE);
					expect(stand.requests).toEqual([]);
				},
			);

			it('an expression that throws for one item is that item’s affair', async () => {
				const broken = send.broken ?? {
					text: "={{ $json.index === 0 ? $('Nowhere').item.json.x : $json.text }}",
				};
				const result = await run({ onError: 'continueErrorOutput' }, broken);
				expect(result.origins[1]).toEqual([0]);
				expect(result.json[0].every((json) => !('error' in json))).toBe(true);
				expect(stand.reached.sort()).toEqual(everybody.slice(1).sort());
			});

			it('ends at once when it is canceled while it waits', async () => {
				stand.script = () => say({ status: 429, headers: { 'retry-after': '60' } });
				const execution = start({}, oneByOne);
				while (stand.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
				// And the answer has been read.
				await new Promise((resolve) => setTimeout(resolve, 150));
				execution.cancel();
				expect((await execution.result).status).toBe('canceled');
				expect(stand.requests).toHaveLength(1);
			});

			it('sends nothing more when it is canceled in flight, and says what is unknown', async () => {
				stand.script = () => ({ kind: 'take-late', ms: 300 });
				const before = engine.logs.length;
				const execution = start({}, oneByOne);
				while (stand.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
				execution.cancel();
				await execution.result;
				await new Promise((resolve) => setTimeout(resolve, 400));
				expect(stand.requests).toHaveLength(1);
				const said = engine.logs
					.slice(before)
					.filter((line) => JSON.stringify(line).includes('Canceled while'));
				expect(said).toHaveLength(1);
			});
		},
	);

	if (contracted.reading) followContract(contracted, contracted.reading);
	describe('anything', () => fuzzContract(contracted));

	// Last: it starts more engines, and the one started last gets the logs.
	onceContract(contracted);
	suppressionContract(contracted);
	if (contracted.window) windowContract(contracted, contracted.window);
}

function people(send: ContractedSend, count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({
		json: {
			index,
			to: send.person(index),
			text: `Hello 👋 number ${index}`,
			name: `Person ${index}`,
		},
	}));
}

type Outcome = 'accepted' | 'rejected' | 'not_sent' | 'unknown';

function outcomeOf(json: IDataObject): Outcome {
	if (!('error' in json)) return 'accepted';
	return (json.details as { outcome: Outcome }).outcome;
}

/** How each item ended, in the order of the items. */
function outcomesOf({ json }: RunResult): Outcome[] {
	return json[0].map(outcomeOf);
}

/** What the node says of each person against what the vendor has done: nothing lost, doubled or made up. */
function checkTruth(result: RunResult, send: ContractedSend, stand: ScriptedVendor): void {
	const times = (index: number) => stand.reached.filter((who) => who === send.person(index)).length;
	for (let index = 0; index < PEOPLE; index++) expect(times(index)).toBeLessThanOrEqual(1);
	result.json.forEach((items, output) =>
		items.forEach((json, place) => {
			const origin = result.origins[output]?.[place];
			if (origin === null || origin === undefined) return;
			const outcome = outcomeOf(json);
			if (outcome === 'accepted') expect(times(origin)).toBe(1);
			if (outcome === 'rejected' || outcome === 'not_sent') expect(times(origin)).toBe(0);
		}),
	);
}

function checkSecrets({ error, json }: RunResult, secret: string, engine: Engine): void {
	const shown = JSON.stringify([
		error?.message,
		error?.description,
		error?.context,
		error?.messages,
		json,
	]);
	expect(shown).not.toContain(secret);
	expect(JSON.stringify(engine.logs)).not.toContain(secret);
}
