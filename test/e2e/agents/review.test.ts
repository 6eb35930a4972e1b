import axios from 'axios';

import { SandboxClient } from '../../../sandbox/client';
import { until } from '../../../scripts/run/until.mjs';
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

/** The link in the message that asks the person. */
async function linkSent(node: SendingNode): Promise<string> {
	return await until(
		async () => {
			const sent = JSON.stringify((await sandboxOf(node).messages()).map(({ content }) => content));
			return /https?:\/\/[^\s"\\]*webhook-waiting[^\s"\\]*/.exec(sent)?.[0];
		},
		{ what: `${node.vendor} is sent the question`, timeoutMs: 15_000 },
	);
}

/** A person's phone: what looks like a program that previews links is shown nothing by some. */
const phone = axios.create({
	proxy: false,
	headers: {
		'user-agent':
			'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
	},
});

const attribute = (tag: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1];
const unescaped = (html: string) => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** What a browser sends when somebody writes words, if any, and presses the button. */
async function press(link: string, label: string, words?: string): Promise<void> {
	const page: string = (await phone.get(link)).data;
	const forms = [...page.matchAll(/<form\b[^>]*>[^]*?<\/form>/g)].map(([form]) => form);
	const form = forms.find((one) => one.includes(`>${label}<`));
	if (form === undefined) throw new Error(`No button "${label}" in ${page}`);
	const sent = new URLSearchParams();
	for (const [field] of form.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
		const name = attribute(field, 'name');
		if (name === undefined) continue;
		const isHidden = attribute(field, 'type') === 'hidden';
		sent.set(name, isHidden ? unescaped(attribute(field, 'value') ?? '') : (words ?? ''));
	}
	const button = [...form.matchAll(/<button\b[^>]*>/g)]
		.map(([tag]) => tag)
		.find((tag) => form.includes(`${tag}${label}<`));
	const name = button && attribute(button, 'name');
	if (name) sent.set(name, unescaped(attribute(button, 'value') ?? ''));
	const action = unescaped(attribute(form, 'action') ?? '');
	await phone.post(new URL(action, link).href, sent);
}

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
