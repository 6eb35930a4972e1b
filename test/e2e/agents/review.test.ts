import { SandboxClient } from '../../../sandbox/client';
import { linkSentTo, press } from '../support/answerPage';
import { connections, n8n } from '../support/n8n';
import { said, resultsIn } from './said';
import { type SendingNode, sendingNodes } from './tools';
import { Ways } from './ways';

/** An agent may use a tool only when a person agrees, who is asked through each of our vendors. */

const TEXT = 'Your order 1042 is refunded';
const [gated] = sendingNodes;
const wanted = [[{ tool: gated.name, args: { To: gated.to, Text: TEXT } }]];

jest.setTimeout(60_000);

let ways: Ways;
beforeAll(async () => void (ways = await Ways.open(await n8n())));
beforeEach(async () => {
	for (const node of sendingNodes) await sandboxOf(node).reset();
});
afterAll(async () => await ways.close());

const sandboxOf = ({ vendor }: SendingNode) => new SandboxClient(connections().sandbox.url, vendor);

const refunds = async () =>
	(await sandboxOf(gated).messages()).filter(({ content }) =>
		JSON.stringify(content).includes(TEXT),
	);

const linkSent = async (node: SendingNode) => await linkSentTo(sandboxOf(node));

describe.each(sendingNodes)('through $vendor', (reviewer) => {
	it('approved: the tool runs once, and its result reaches the model', async () => {
		const talk = await ways.reviewed(3.1, reviewer, async () => {
			const link = await linkSent(reviewer);
			expect(await refunds()).toEqual([]);
			await press(link, 'Yes, do');
		})(wanted);
		expect(talk.execution?.status).toBe('success');
		expect(resultsIn(talk.outcomes[0].text)).toMatchObject([{ recipient: gated.recipient }]);
		expect(await refunds()).toHaveLength(1);
	});

	it('declined: the tool does not run, and the model is told', async () => {
		const talk = await ways.reviewed(3.1, reviewer, async () => {
			await press(await linkSent(reviewer), 'No, do not');
		})(wanted);
		expect(talk.execution?.status).toBe('success');
		expect(said(talk.outcomes[0].text)).toMatch(/rejected/);
		expect(await refunds()).toEqual([]);
	});

	it('declined with words: they reach the model', async () => {
		const words = 'Only 20 € – “not” all of it 🙏';
		const talk = await ways.reviewed(3.1, reviewer, async () => {
			await press(await linkSent(reviewer), 'No, do not', words);
		})(wanted);
		expect(said(talk.outcomes[0].text)).toContain(words);
		expect(await refunds()).toEqual([]);
	});
});

it('whoever could not be asked is not taken for somebody who says no', async () => {
	const [, reviewer] = sendingNodes;
	await sandboxOf(reviewer).fault({ fault: '422' });
	const talk = await ways.reviewed(3.1, reviewer, async () => await Promise.resolve())(wanted);
	expect(talk.execution?.status).toBe('success');
	expect(said(talk.outcomes[0].text)).toContain('Nobody could be asked');
	expect(await refunds()).toEqual([]);
});

it('a question as an ordinary tool: the answer reaches the model', async () => {
	const [, node] = sendingNodes;
	const talk = await ways.asking(3.1, node, async () => {
		await press(await linkSent(node), 'No, do not', 'Not today');
	})([[{ tool: 'Reviewer', args: {} }]]);
	expect(talk.execution?.status).toBe('success');
	expect(resultsIn(talk.outcomes[0].text)).toMatchObject([
		{ provider: 'sent', data: { approved: false, chatInput: 'Not today' } },
	]);
});
