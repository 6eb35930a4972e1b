import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Engine, loadEngine, type NodeSpec, type RunResult } from '../support/engine';
import { installProcessedItems } from '../support/install-processed-items';
import type { ContractedVendor } from './deliveryContract';
import {
	type Answer,
	type Reaction,
	ScriptedVendor,
	type SeenRequest,
	take,
} from './scriptedVendor';

/** How the vendor tells of its window, and what goes in place of a message outside of it. */
export interface ContractedWindow {
	/** The fields of a template beside those of the message. */
	template: IDataObject;
	/** The same with a variable that is another one each time it is evaluated. */
	changing: IDataObject;
	/** The same with a field that cannot be sent, and how its name is shown. */
	broken: { template: IDataObject; says: string };
	isTemplate(request: SeenRequest): boolean;
	/** The answer to what is asked before a message leaves; undefined for the message itself. */
	answerTo(request: SeenRequest, isOutside: (person: string) => boolean): Answer | undefined;
}

const PEOPLE = 4;
const OUTSIDE = 1;
const CONTINUES = { onError: 'continueRegularOutput' } as const;
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
const say = (status: number, body: unknown = { message: 'No' }): Reaction => ({
	kind: 'say',
	answer: { status, body },
});

/** WhatsApp's words for it, as vendors pass them on. */
const NAMED = {
	code: 131047,
	message: 'Message failed to send because more than 24 hours have passed since the last reply',
};

let nodes = 0;

/** What Outside 24-Hour Window must keep, for the Send Message of every vendor that has it. */
export function windowContract(
	{ vendor, credential, operations: { send }, reading }: ContractedVendor,
	window: ContractedWindow,
): void {
	describe(`Outside 24-Hour Window of ${vendor}`, () => {
		let engine: Engine;
		let routed: Engine;
		beforeAll(async () => {
			engine = await loadEngine();
			routed = await loadEngine({ isRouted: true });
		});

		let stand: ScriptedVendor;
		let baseUrl: string;
		let id: string;
		let isOutside: (person: string) => boolean;
		/** What becomes of a message, and of a template. */
		let onText: (person: string) => Reaction;
		let onTemplate: (person: string) => Reaction;
		/** In place of telling of the window. */
		let onQuestion: Reaction | undefined;
		beforeEach(async () => {
			stand = new ScriptedVendor(send);
			baseUrl = await stand.open();
			id = `node-${++nodes}`;
			isOutside = (person) => person === outsider;
			onText = onTemplate = () => take;
			onQuestion = undefined;
			stand.script = (_index, request) => {
				const answer = window.answerTo(request, isOutside);
				if (answer) return onQuestion ?? { kind: 'say', answer };
				if (request.method === 'GET') return delivered(request);
				const [person] = send.recipientsOf(request);
				return (window.isTemplate(request) ? onTemplate : onText)(person);
			};
		});
		afterEach(async () => await stand.close());

		const everybody = Array.from({ length: PEOPLE }, (_, index) => send.person(index));
		const outsider = everybody[OUTSIDE];
		const others = everybody.filter((person) => person !== outsider);

		const delivered = (request: SeenRequest): Reaction => ({
			kind: 'say',
			answer: reading!.answerTo(
				request,
				stand.reached.map((person) => ({ person, word: reading!.words.delivered })),
			),
		});
		/** The messages among the requests: whom they were for, and whether they were templates. */
		const sent = () =>
			stand.requests
				.filter((request) => request.method !== 'GET' && !window.answerTo(request, isOutside))
				.map((request) => ({
					person: send.recipientsOf(request)[0],
					isTemplate: window.isTemplate(request),
				}));
		const sentTo = (person: string) =>
			sent()
				.filter((one) => one.person === person)
				.map(({ isTemplate }) => (isTemplate ? 'template' : 'text'));

		type More = Partial<NodeSpec> & {
			options?: IDataObject;
			parameters?: IDataObject;
			items?: INodeExecutionData[];
			process?: Engine;
		};

		async function run(
			outsideWindow: string | undefined,
			{ options, parameters, items = people(), process = engine, ...node }: More = {},
		): Promise<RunResult> {
			return await process.run({
				node: {
					type: vendor,
					id,
					...CONTINUES,
					...node,
					parameters: {
						resource: 'message',
						operation: 'send',
						...send.parameters,
						...(outsideWindow === undefined ? {} : { outsideWindow }),
						...(outsideWindow === 'template' ? window.template : {}),
						...parameters,
						options: { ...(send.parameters.options as IDataObject), ...options },
					},
				},
				credentials: { [credential.name]: { ...credential.data, baseUrl } },
				items,
				trace: true,
			});
		}

		function people(): INodeExecutionData[] {
			return everybody.map((to, index) => ({ json: { index, to, text: `Hello 👋 ${index}` } }));
		}

		it.each([undefined, 'fail'])('asks nothing and sends as ever where it is %s', async (how) => {
			const result = await run(how);
			expect(endingsOf(result)).toEqual(everybody.map(() => 'text'));
			expect(stand.requests).toHaveLength(PEOPLE);
		});

		it('sends a template to who is outside, and the message to the others, each once', async () => {
			const result = await run('template', { onError: 'stopWorkflow' });
			expect(result.error).toBeUndefined();
			expect(endingsOf(result)).toEqual(['text', 'template', 'text', 'text']);
			expect(result.origins[0]).toEqual([0, 1, 2, 3]);
			expect(stand.reached.sort()).toEqual([...everybody].sort());
			expect(sentTo(outsider)).toEqual(['template']);
			expect(result.json[0][OUTSIDE]).toMatchObject({ provider: vendor, recipient: outsider });
		});

		it('says so beside the raw answer too', async () => {
			const result = await run('template', { parameters: { simplify: false } });
			const [text, template] = result.json[0];
			expect(text).not.toHaveProperty('sentAs');
			expect(template.sentAs).toBe('template');
			expect(Object.keys(template).length).toBeGreaterThan(1);
		});

		it('skips who is outside, which is no failure', async () => {
			const result = await run('skip', { onError: 'stopWorkflow' });
			expect(result.error).toBeUndefined();
			expect(endingsOf(result)).toEqual(['text', 'outside_window', 'text', 'text']);
			expect(result.json[0][OUTSIDE]).toMatchObject({
				error: expect.stringContaining('outside of the 24-hour window, so it was skipped [item 1]'),
				details: { provider: vendor, outcome: 'not_sent', httpCode: null },
			});
			expect(sentTo(outsider)).toEqual([]);
			const apart = await run('skip', { onError: 'continueErrorOutput' });
			expect(apart.origins).toEqual([[0, 2, 3], [1]]);
		});

		it('sends a template where the vendor refuses the message for the window, and stops nothing', async () => {
			isOutside = () => false;
			onText = (person) => (person === outsider ? say(400, NAMED) : take);
			const result = await run('template', {
				onError: 'stopWorkflow',
				options: { maxInFlight: 1 },
			});
			expect(result.error).toBeUndefined();
			expect(endingsOf(result)).toEqual(['text', 'template', 'text', 'text']);
			expect(stand.reached.sort()).toEqual([...everybody].sort());
			expect(sentTo(outsider)).toEqual(['text', 'template']);
		});

		it('skips where the vendor refuses the message for the window', async () => {
			isOutside = () => false;
			onText = (person) => (person === outsider ? say(400, NAMED) : take);
			const result = await run('skip', { onError: 'stopWorkflow', options: { maxInFlight: 1 } });
			expect(result.error).toBeUndefined();
			expect(endingsOf(result)).toEqual(['text', 'outside_window', 'text', 'text']);
			expect(stand.reached.sort()).toEqual([...others].sort());
		});

		it.each<[string, Reaction, string]>([
			['a refusal for another reason', say(422), 'rejected'],
			['being told to wait', say(429, NAMED), 'not_sent'],
			['a refused credential', say(401), 'rejected'],
		])('sends no template after %s', async (_what, reaction, outcome) => {
			isOutside = () => false;
			onText = () => reaction;
			const result = await run('template', {
				items: people().slice(0, 1),
				options: { onRateLimit: 'fail' },
			});
			expect(endingsOf(result)).toEqual([outcome]);
			expect(sentTo(everybody[0])).toEqual(['text']);
			expect(stand.reached).toEqual([]);
		});

		it.each<[string, Reaction]>([
			['500 that names the window', say(500, NAMED)],
			['a reset after it was taken', { kind: 'take-and-reset' }],
			[
				'an answer that nobody can read',
				{ kind: 'take-and-say', answer: { status: 200, body: 'more than 24 hours have passed' } },
			],
		])('never sends a template after what may have been taken: %s', async (_what, reaction) => {
			isOutside = () => false;
			onText = (person) => (person === outsider ? reaction : take);
			const result = await run('template', { ...RETRIES, onError: 'stopWorkflow' });
			expect(result.error).toMatchObject({ context: { data: { outcome: 'unknown' } } });
			expect(sentTo(outsider)).toEqual(['text']);
			expect(sent().some(({ isTemplate }) => isTemplate)).toBe(false);
		});

		it.each<[string, boolean]>([
			['it is outside', true],
			['the vendor refused the message', false],
		])('names both where the template is refused, when %s', async (_when, isAsked) => {
			isOutside = (person) => isAsked && person === outsider;
			onText = (person) => (person === outsider ? say(400, NAMED) : take);
			onTemplate = () => say(422, { message: 'Template is paused' });
			const result = await run('template');
			expect(endingsOf(result)).toEqual(['text', 'rejected', 'text', 'text']);
			const { error } = result.json[0][OUTSIDE];
			expect(error).toContain('The message is outside of the 24-hour window');
			expect(error).toContain('The template instead:');
			if (!isAsked) expect(error).toContain('24 hours have passed');
			expect(stand.reached.sort()).toEqual([...others].sort());
		});

		it('stops at a template that is refused, where it stops on failure', async () => {
			isOutside = () => true;
			onTemplate = () => say(422);
			const result = await run('template', {
				onError: 'stopWorkflow',
				options: { maxInFlight: 1 },
			});
			expect(result.error?.message).toContain('The template instead:');
			expect(sent()).toHaveLength(1);
		});

		it('does not know what became of a template, and never sends it again, nor the message', async () => {
			onTemplate = () => ({ kind: 'take-and-reset' });
			const result = await run('template', { ...RETRIES, onError: 'stopWorkflow' });
			expect(result.error).toMatchObject({ context: { data: { outcome: 'unknown' } } });
			expect(sentTo(outsider)).toEqual(['template']);
		});

		it('n8n running the node again sends nobody twice, though the texts are others each time', async () => {
			let hasRefused = false;
			onText = (person) => {
				if (person !== everybody[3] || hasRefused) return take;
				hasRefused = true;
				return say(422);
			};
			const result = await run('template', {
				...RETRIES,
				onError: 'stopWorkflow',
				options: { maxInFlight: 1 },
				parameters: { text: '=At {{ $now.toMillis() }}', ...window.changing },
			});
			expect(result.error).toBeUndefined();
			expect(endingsOf(result)).toEqual(['text', 'template', 'text', 'text']);
			expect(stand.reached.sort()).toEqual([...everybody].sort());
			expect(sentTo(outsider)).toEqual(['template']);
		});

		it('Send Once Key holds over both: one key, one message', async () => {
			await installProcessedItems();
			const options = { onceKey: '=order-{{ $json.index }}' };
			expect(endingsOf(await run('template', { options }))).toEqual([
				'text',
				'template',
				'text',
				'text',
			]);
			isOutside = () => false;
			const again = await run('template', { options });
			expect(again.json[0].map(({ alreadySent }) => alreadySent)).toEqual([true, true, true, true]);
			expect(again.json[0][OUTSIDE].sentAs).toBe('template');
			expect(stand.reached.sort()).toEqual([...everybody].sort());
		});

		it('Send Once Key is free again after a skip', async () => {
			await installProcessedItems();
			const options = { onceKey: '=order-{{ $json.index }}' };
			await run('skip', { options });
			isOutside = () => false;
			const again = await run('skip', { options });
			expect(again.json[0].map(({ alreadySent = false }) => alreadySent)).toEqual([
				true,
				false,
				true,
				true,
			]);
			expect(stand.reached.sort()).toEqual([...everybody].sort());
		});

		it.each<[string, Reaction]>([
			['is not allowed', say(403)],
			['gives an answer that nobody can read', say(200, { items: 7, results: 'x' })],
		])('sends nothing where finding out %s', async (_what, reaction) => {
			onQuestion = reaction;
			const result = await run('template');
			expect(endingsOf(result)).toEqual(everybody.map(() => 'not_sent'));
			expect(result.json[0][0].error).toContain(
				'could not be found out whether the message is within the 24-hour window',
			);
			expect(sent()).toEqual([]);
		});

		it('refuses a template that cannot be sent before anything is asked', async () => {
			const { template, says } = window.broken;
			const result = await run('template', { parameters: template });
			expect(endingsOf(result)).toEqual(everybody.map(() => 'not_sent'));
			expect(result.json[0][0].error).toContain(says);
			expect(stand.requests).toEqual([]);
		});

		it('refuses what is none of the choices', async () => {
			const result = await run('={{ "sms" }}', { parameters: window.template });
			expect(result.json[0][0].error).toContain('Outside 24-Hour Window "sms" is none');
			expect(stand.requests).toEqual([]);
		});

		it('a Suppression List holds for the template too', async () => {
			isOutside = () => true;
			const result = await run('template', { options: { suppressionList: outsider } });
			expect(endingsOf(result)).toEqual(['template', 'suppressed', 'template', 'template']);
			expect(stand.reached.sort()).toEqual([...others].sort());
		});

		it('Wait for Delivery waits for the template', async () => {
			const result = await run('template', { options: { waitForDelivery: 0.2 } });
			expect(endingsOf(result)).toEqual(['text', 'template', 'text', 'text']);
			expect(result.json[0]).toMatchObject(
				everybody.map(() => ({ status: 'delivered', final: true })),
			);
		});

		it('is for tools, too', async () => {
			const items = people().slice(OUTSIDE, OUTSIDE + 1);
			const skipped = await run('skip', { items, process: routed });
			expect(endingsOf(skipped)).toEqual(['outside_window']);
			expect(sent()).toEqual([]);
			const replaced = await run('template', { items, process: routed });
			expect(endingsOf(replaced)).toEqual(['template']);
			expect(sentTo(outsider)).toEqual(['template']);
		});
	});
}

/** How each item ended: as what it was sent, or why it was not, in the order of the items. */
function endingsOf({ json, error }: RunResult): unknown[] {
	if (error) throw new Error(error.message);
	return json[0].map((item) => {
		if (!('error' in item)) return item.sentAs ?? 'text';
		const { code, outcome } = item.details as IDataObject;
		return code === 'outside_window' || code === 'suppressed' ? code : outcome;
	});
}
