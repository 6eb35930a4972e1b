import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Engine, loadEngine, type NodeRun, type NodeSpec } from '../support/engine';
import { installProcessedItems } from '../support/install-processed-items';
import type { ContractedSend, ContractedVendor } from './deliveryContract';
import { type Answer, type Reaction, ScriptedVendor } from './scriptedVendor';

/** The question of a vendor, as far as the contract must know it. */
export interface ContractedQuestion extends Omit<ContractedSend, 'parameters'> {
	/** Of a text to the first person. */
	text: IDataObject;
	/** Of a template to the first person with [[link]] in a variable, where the vendor has templates. */
	template?: IDataObject;
}

const LINK = /https?:\/\/[^\s"\\]+\/webhook-waiting\/[\w/-]+\?[\w=&]+/;
const MESSAGE = 'May order 1042 be refunded? 🙏 <b>"Yes"</b>';
const say = (answer: Answer): Reaction => ({ kind: 'say', answer });

let nodes = 0;

/** What Send and Wait for Response must do, for every vendor. */
export function answersContract({
	vendor,
	credential,
	question,
}: Omit<ContractedVendor, 'operations'> & { question: ContractedQuestion }): void {
	describe(`Send and Wait for Response of ${vendor}`, () => {
		let engine: Engine;
		beforeAll(async () => void (engine = await loadEngine()));

		let stand: ScriptedVendor;
		let baseUrl: string;
		beforeEach(async () => {
			stand = new ScriptedVendor(question);
			baseUrl = await stand.open();
			await installProcessedItems();
		});
		afterEach(async () => await stand.close());

		function runOf(parameters: IDataObject = {}, node: Partial<NodeSpec> = {}): NodeRun {
			return {
				node: {
					type: vendor,
					id: `asks-${++nodes}`,
					...node,
					parameters: {
						resource: 'message',
						operation: 'sendAndWait',
						message: MESSAGE,
						...question.text,
						...parameters,
						options: {
							...(question.text.options as IDataObject),
							...(parameters.options as IDataObject),
						},
					},
				},
				credentials: { [credential.name]: { ...credential.data, baseUrl } },
				items: [{ json: { order: 1042, data: { approved: true } } }],
			};
		}

		const linkIn = (content: unknown) => LINK.exec(JSON.stringify(content))?.[0] ?? '';

		/** Asks, and gives what the person got and what waits. */
		async function ask(parameters?: IDataObject, node?: Partial<NodeSpec>) {
			const run = runOf(parameters, node);
			const result = await engine.run(run);
			expect([result.status, result.error]).toEqual(['waiting', undefined]);
			const request = stand.requests.at(-1);
			return {
				link: linkIn(request?.body),
				sent: JSON.stringify(request?.body),
				result: result.json[0][0],
				waiting: engine.waiting(run, result),
			};
		}

		it('sends the question with a signed link below it, and waits', async () => {
			const { link, sent, result, waiting } = await ask();
			expect(sent).toContain(JSON.stringify(`${MESSAGE}\n\n${link}`).slice(1, -1));
			expect(link).toMatch(/\/webhook-waiting\/engine-\d+\/asks-\d+\?signature=[0-9a-f]{64}$/);
			expect(stand.reached).toEqual([question.person(0)]);
			expect(waiting.waitTill).toEqual(new Date('3000-01-01T00:00:00.000Z'));
			expect(result).toMatchObject({
				provider: vendor,
				encoding: 'UCS-2',
				segments: expect.any(Number),
			});
		});

		it('puts the link where the message has a place for it', async () => {
			const { link, sent } = await ask({ message: 'Open [[link]], or [[ link_path ]].' });
			const path = link.replace(/^.*\/webhook-waiting\//, '');
			expect(sent).toContain(`Open ${link}, or ${path}.`);
		});

		it('decides nothing when the link is only opened', async () => {
			const { link, waiting } = await ask();
			const opened = await waiting.get(link);
			expect([opened.status, opened.item]).toEqual([200, undefined]);
			expect(opened.page).toContain('<form method="post">');
			expect(opened.page).not.toContain('1042');
		});

		it('goes on with the answer and what became of the message', async () => {
			const { link, result, waiting } = await ask();
			const { status, item, page } = await waiting.post(link, { answer: 'approve' });
			expect([status, page]).toEqual([200, expect.stringContaining('Answered: Approve')]);
			expect(item?.json).toEqual({
				...result,
				data: { approved: true, respondedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
			});
			expect(item?.pairedItem).toEqual({ item: 0 });
		});

		it('takes a text', async () => {
			const { link, waiting } = await ask({ responseType: 'freeText' });
			const text = 'Only 20 € – “not” all 🙏';
			const { item } = await waiting.post(link, { answer: 'text', words: `  ${text}\r\nAna ` });
			expect(item?.json.data).toEqual({
				text: `${text}\nAna`,
				respondedAt: expect.any(String),
			});
		});

		const template = question.template ?? {};
		(question.template ? it : it.skip)('asks by a template', async () => {
			const { link, sent, result, waiting } = await ask({ ...template, askBy: 'template' });
			expect(sent).toContain(link);
			expect(link).not.toBe('');
			expect(result).not.toHaveProperty('segments');
			const { item } = await waiting.post(link, { answer: 'approve' });
			expect(item?.json.data).toMatchObject({ approved: true });
		});

		(question.template ? it : it.skip)('refuses a template without the link', async () => {
			const asText = JSON.stringify(template).replace('[[link]]', 'nothing');
			const run = runOf({ ...(JSON.parse(asText) as IDataObject), askBy: 'template' });
			const { status, error } = await engine.run(run);
			expect([status, error?.message]).toEqual([
				'error',
				'The template has no link to answer by [item 0]',
			]);
			expect(error?.description).toContain('Write [[link]] into the variable');
			expect(stand.requests).toEqual([]);
		});

		it('does not wait for an answer to what was refused', async () => {
			stand.script = () => say({ status: 422, body: { message: 'No' } });
			const { status, error } = await engine.run(runOf());
			expect([status, error?.message]).toEqual(['error', expect.stringContaining('[item 0]')]);
			const continued = await engine.run(runOf({}, { onError: 'continueRegularOutput' }));
			expect(continued.status).toBe('success');
			expect(continued.json[0][0]).toMatchObject({ details: { outcome: 'rejected' } });
		});

		it('waits where it is unknown whether the question was taken, and says so', async () => {
			stand.script = () => ({ kind: 'take-in-silence' });
			const { result, waiting } = await ask({ options: { timeout: 0.3, maxWait: 0.5 } });
			const [{ body }] = stand.requests;
			expect(result).toMatchObject({
				...{ messageId: null, provider: vendor, status: 'unknown', outcome: 'unknown' },
				reason: expect.stringContaining('unknown whether'),
			});
			const { item } = await waiting.post(linkIn(body), { answer: 'approve' });
			expect(item?.json).toMatchObject({ outcome: 'unknown', data: { approved: true } });
		});

		it('refuses more than one item before anything is sent', async () => {
			const items: INodeExecutionData[] = [{ json: { n: 1 } }, { json: { n: 2 } }];
			const { status, error } = await engine.run({ ...runOf(), items });
			expect([status, error?.message]).toEqual([
				'error',
				expect.stringContaining('has 2 input items'),
			]);
			expect(error?.description).toContain('Loop Over Items');
			expect(stand.requests).toEqual([]);
		});

		it('passes on at the time limit what came in, and no answer of another question', async () => {
			const limitWaitTime = {
				values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'minutes' },
			};
			const before = Date.now();
			const { waiting } = await ask({ options: { limitWaitTime } });
			const waits = Number(waiting.waitTill) - before;
			expect(Math.round(waits / 60_000)).toBe(2);
			expect(waiting.timeOut().json).toEqual({
				order: 1042,
				data: { approved: false, respondedAt: null, timedOut: true },
			});
		});

		it('does not wait a second time for what was sent before, whose link leads elsewhere', async () => {
			const id = `once-${++nodes}`;
			const options = { onceKey: 'order-1042-refund' };
			await ask({ options }, { id });
			const again = await engine.run(runOf({ options }, { id }));
			expect(again.status).toBe('success');
			expect(again.json[0][0]).toMatchObject({ provider: vendor, alreadySent: true });
			expect(again.json[0][0]).not.toHaveProperty('data');
			expect(stand.reached).toHaveLength(1);
		});

		it('refuses where n8n has no execution that could wait, before anything is sent', async () => {
			const routed = await loadEngine({ isRouted: true });
			const { status, error } = await routed.run(runOf());
			expect([status, error?.message]).toEqual([
				'error',
				expect.stringContaining('cannot wait for an answer here'),
			]);
			expect(error?.description).toContain('human review');
			expect(stand.requests).toEqual([]);
		});

		it('waits after n8n has run the node again, and asks once', async () => {
			stand.script = (index) =>
				index === 0 ? say({ status: 422, body: { message: 'No' } }) : { kind: 'take' };
			const retries = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
			await ask({}, retries);
			expect(stand.reached).toHaveLength(1);
		});
	});
}
