import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Engine, loadEngine, type NodeSpec, type RunResult } from '../support/engine';
import type { ContractedVendor } from './deliveryContract';
import {
	type Answer,
	type Reaction,
	ScriptedVendor,
	type SeenRequest,
	take,
} from './scriptedVendor';

/** What a message has come to, in the words that a test uses for all vendors. */
export type Fate = 'delivered' | 'failed' | 'underway';

/** How the vendor shows messages that were sent. */
export interface ContractedReading {
	/** The vendor's own word for each. */
	words: Record<Fate, string>;
	/** Why a message has failed, where the vendor says it. */
	reason: string | null;
	/** The answer to a look at one message or at a list. */
	answerTo(request: SeenRequest, messages: Array<{ person: string; word: string }>): Answer;
}

const PEOPLE = 4;
const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** What Wait for Delivery must do, for every send of a vendor whose messages can be read back. */
export function followContract(
	{ vendor, credential, operations }: ContractedVendor,
	reading: ContractedReading,
): void {
	const waiting = Object.entries(operations).filter(([, { waits }]) => waits);

	describe.each(waiting)(`Wait for Delivery of ${vendor}, %s`, (name, send) => {
		let engine: Engine;
		beforeAll(async () => void (engine = await loadEngine()));

		let stand: ScriptedVendor;
		let baseUrl: string;
		/** What has become of the messages. */
		let fateOf: (person: string) => Fate;
		/** In place of showing them. */
		let instead: Reaction | undefined;
		beforeEach(async () => {
			stand = new ScriptedVendor(send);
			baseUrl = await stand.open();
			fateOf = () => 'delivered';
			instead = undefined;
			stand.script = (_index, request) => (request.method === 'GET' ? look(request) : take);
		});
		afterEach(async () => await stand.close());

		const look = (request: SeenRequest): Reaction =>
			instead ?? {
				kind: 'say',
				answer: reading.answerTo(
					request,
					stand.reached.map((person) => ({ person, word: reading.words[fateOf(person)] })),
				),
			};
		const looks = () => stand.requests.filter(({ method }) => method === 'GET');
		const everybody = Array.from({ length: PEOPLE }, (_, index) => send.person(index));
		const [first] = everybody;

		function start(options: IDataObject, node: Partial<NodeSpec> = {}, more: IDataObject = {}) {
			return engine.start({
				node: {
					type: vendor,
					...node,
					parameters: {
						resource: 'message',
						operation: name,
						...send.parameters,
						...more,
						options: { ...(send.parameters.options as IDataObject), ...options },
					},
				},
				credentials: { [credential.name]: { ...credential.data, baseUrl } },
				items: everybody.map(
					(to, index): INodeExecutionData => ({ json: { index, to, text: `Hello 👋 ${index}` } }),
				),
				trace: true,
			});
		}

		/** Whatever is waited for, everybody is written to once. */
		async function run(...how: Parameters<typeof start>): Promise<RunResult> {
			const result = await start(...how).result;
			expect(stand.reached.sort()).toEqual([...everybody].sort());
			return result;
		}

		const shortly = { waitForDelivery: 0.2 };
		const orFail = { ...shortly, onNotDelivered: 'fail' };

		it('asks nothing where nobody waits', async () => {
			for (const options of [{}, { waitForDelivery: 0 }, { onNotDelivered: 'fail' }]) {
				stand.reached.length = 0;
				const result = await run(options);
				expect(result.json[0].some((json) => 'final' in json)).toBe(false);
			}
			expect(looks()).toEqual([]);
		});

		it('says of each message what has become of it', async () => {
			fateOf = (person) => (person === first ? 'failed' : 'delivered');
			const result = await run(shortly);
			expect(result.error).toBeUndefined();
			const [failed, ...others] = result.json[0];
			expect(failed).toMatchObject({
				status: 'failed',
				providerStatus: reading.words.failed,
				reason: reading.reason,
				final: true,
			});
			for (const json of others) expect(json).toMatchObject({ status: 'delivered', final: true });
			expect(result.origins[0]).toEqual(everybody.map((_, index) => index));
			expect(looks().length).toBeLessThanOrEqual(PEOPLE + 1);
		});

		it('says when the time is over that nothing is final', async () => {
			fateOf = () => 'underway';
			const result = await run(shortly);
			for (const json of result.json[0]) {
				expect(json).toMatchObject({
					status: 'sent',
					providerStatus: reading.words.underway,
					final: false,
				});
			}
		});

		it('fails what was not delivered, by the error output, and nothing else', async () => {
			fateOf = (person) => (person === first ? 'failed' : 'delivered');
			const result = await run(orFail, { onError: 'continueErrorOutput' });
			expect(result.origins).toEqual([everybody.slice(1).map((_, index) => index + 1), [0]]);
			expect(result.json[0]).toMatchObject([{ final: true }, { final: true }, { final: true }]);
			const [failed] = result.json[1];
			expect(failed.error).toContain('but did not deliver it');
			expect(failed).toMatchObject({
				details: {
					provider: vendor,
					outcome: 'undelivered',
					httpCode: null,
					delivery: {
						messageId: expect.any(String),
						status: 'failed',
						providerStatus: reading.words.failed,
						reason: reading.reason,
						final: true,
					},
				},
			});
		});

		it('fails what was not delivered in time too, and says that it may still arrive', async () => {
			fateOf = (person) => (person === first ? 'underway' : 'delivered');
			const result = await run(orFail, { onError: 'continueRegularOutput' });
			const [failed, ...others] = result.json[0];
			expect(failed).toMatchObject({
				error: expect.stringMatching(/not delivered within 1 s.*may still arrive/),
				details: { outcome: 'undelivered', delivery: { status: 'sent', final: false } },
			});
			expect(others).toMatchObject([{ final: true }, { final: true }, { final: true }]);
		});

		it('stops the node with all of it, and n8n trying again sends nobody anything', async () => {
			fateOf = (person) => (person === first ? 'failed' : 'delivered');
			const result = await run(orFail, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
			expect(result.error).toMatchObject({
				message: expect.stringContaining('but did not deliver it'),
				description: expect.stringContaining('Accepted, but not delivered: 1.'),
			});
			// What is final is not looked at again.
			expect(looks().length).toBeLessThanOrEqual(PEOPLE + 1);
		});

		it('waits again when n8n tries again, and is content with what arrives meanwhile', async () => {
			const isEarly = () => performance.now() - looks()[0].at < 300;
			fateOf = (person) => (person === first && isEarly() ? 'underway' : 'delivered');
			const result = await run(orFail, { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 });
			expect(result.error).toBeUndefined();
			for (const json of result.json[0]) expect(json).toMatchObject({ final: true });
		});

		it.each<[string, Answer]>([
			['refused', { status: 404, body: { message: 'No such message' } }],
			['answered with garbage', { status: 200, body: '<html>' }],
			['answered with something else', { status: 200, body: { data: [null], results: [7] } }],
			['answered with odd things', { status: 200, body: [{ id: { toString: 1 } }] }],
		])('keeps what was accepted where a look is %s', async (_what, answer) => {
			instead = { kind: 'say', answer };
			const result = await run(shortly);
			expect(result.error).toBeUndefined();
			for (const json of result.json[0]) {
				expect(json).toMatchObject({ provider: vendor, final: false });
			}
			stand.reached.length = 0;
			const failing = await run(orFail, { id: 'other', onError: 'continueRegularOutput' });
			for (const json of failing.json[0]) {
				expect(json).toMatchObject({ details: { outcome: 'undelivered' } });
			}
		});

		it('keeps to what was accepted where the credential is refused meanwhile', async () => {
			const body = { message: `Bad key ${credential.secret}` };
			instead = { kind: 'say', answer: { status: 401, body } };
			const result = await run(orFail, { onError: 'continueRegularOutput' });
			expect(looks().length).toBeLessThanOrEqual(PEOPLE);
			for (const json of result.json[0]) {
				expect(json).toMatchObject({ details: { outcome: 'undelivered' } });
			}
			expect(JSON.stringify(result.json)).not.toContain(credential.secret);
		});

		it("adds it to the vendor's untouched answer without Simplify", async () => {
			const result = await run(shortly, {}, { simplify: false });
			const plain = await start({}, { id: 'other' }, { simplify: false }).result;
			for (const [index, { delivery, ...answer }] of result.json[0].entries()) {
				expect(delivery).toMatchObject([{ status: 'delivered', final: true }]);
				expect(Object.keys(answer)).toEqual(Object.keys(plain.json[0][index]));
			}
		});

		it('ends when it is canceled, not when its time is over', async () => {
			fateOf = () => 'underway';
			const execution = start({ waitForDelivery: 60 });
			while (stand.reached.length < PEOPLE) await sleep(5);
			await sleep(100);
			const before = performance.now();
			execution.cancel();
			expect((await execution.result).status).toBe('canceled');
			expect(performance.now() - before).toBeLessThan(20_000);
			const soFar = stand.requests.length;
			await sleep(1200);
			expect(stand.requests).toHaveLength(soFar);
		});
	});
}
