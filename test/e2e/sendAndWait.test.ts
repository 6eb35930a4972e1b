import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { type Browser, chromium, type Page } from 'playwright-core';

import { SandboxClient } from '../../sandbox/client';
import { ROOT } from '../../scripts/root.mjs';
import { until } from '../../scripts/run/until.mjs';
import { N8N_1_VERSION } from '../../scripts/n8n/install.mjs';
import { ensureChromium } from '../../scripts/setup/chromium.mjs';
import { Flow } from './agents/flow';
import {
	connections,
	type Execution,
	n8n,
	type N8nClient,
	outputOf,
	restartedN8n,
	sandboxCredentialData,
} from './support/n8n';
import { PACKAGE } from './support/package';
import { WhatsApp } from './support/whatsApp';

/** A person is asked by a message, and the flow goes on when they have answered. */

jest.setTimeout(180_000);

/** Programs that look at links, by what they call themselves. */
const PREVIEWS: Record<string, string> = {
	WhatsApp: 'WhatsApp/2.24.20.89 A',
	iMessage:
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
	Telegram: 'TelegramBot (like TwitterBot)',
	Slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
	'Outlook SafeLinks':
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
	'a phone':
		'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
	nobody: '',
};

const http = axios.create({ proxy: false, validateStatus: () => true, maxRedirects: 0 });
const sent = new SandboxClient(connections().sandbox.url, 'sent');

interface Question {
	parameters?: IDataObject;
	/** What comes in. */
	items?: IDataObject[];
	/** One after the other, in a loop. */
	isLoop?: boolean;
}

/** A flow that asks, in one n8n. */
class Asking {
	private readonly workflows: string[] = [];

	private constructor(
		readonly client: N8nClient,
		private readonly credentials: Record<string, { id: string; name: string }>,
	) {}

	static async in(client: N8nClient): Promise<Asking> {
		const type = 'sentDmApi';
		const [{ id, name }] = await client.importCredentials([
			{ name: 'Asking', type, data: sandboxCredentialData(type) },
		]);
		return new Asking(client, { [type]: { id, name } });
	}

	async close(): Promise<void> {
		for (const id of this.workflows) await this.client.deleteWorkflow(id);
	}

	/** Starts the flow, and gives the execution that waits with the link that was sent. */
	async ask(question: Question = {}): Promise<{ executionId: string; link: string }> {
		const id = await this.client.importWorkflow(this.flow(question).workflow);
		this.workflows.push(id);
		const executionId = await this.client.startWorkflow(id);
		return { executionId, link: await this.waits(executionId) };
	}

	/** Waits until the execution waits, and gives the newest link. */
	async waits(executionId: string, after = 0): Promise<string> {
		return await until(
			async () => {
				const { status, data } = await this.client.execution(executionId);
				if (status === 'error') throw new Error(JSON.stringify(data.resultData.error));
				const links = await linksSent();
				// n8n 1 stores that it waits a moment before it stores what it waits with.
				const isWaiting = status === 'waiting' && data?.waitTill !== undefined;
				return isWaiting && links.length > after ? links.at(-1) : undefined;
			},
			{ what: 'The execution waits', timeoutMs: 20_000 },
		);
	}

	async status(executionId: string) {
		return (await this.client.execution(executionId)).status;
	}

	async answer(executionId: string): Promise<IDataObject> {
		const execution = await this.client.finishedExecution(executionId);
		return jsonOf(execution, 'After')[0];
	}

	private flow({ parameters = {}, items = [{ order: 1042 }], isLoop }: Question): Flow {
		const id = randomUUID();
		const ask = {
			resource: 'message',
			operation: 'sendAndWait',
			recipients: '+447700900101',
			channels: ['sms'],
			message: '=May order {{ $json.order }} be refunded?',
			responseType: 'approval',
			approvalOptions: {
				values: { approvalType: 'double', approveLabel: 'Refund', disapproveLabel: 'Keep' },
			},
			...parameters,
		};
		const flow = new Flow('Ask').add('Start', 'n8n-nodes-base.manualTrigger', 1);
		flow
			.add('Orders', 'n8n-nodes-base.code', 2, {
				jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))}`,
			})
			.put({
				...{ id, name: 'Ask "Ana" {{x}}', type: `${PACKAGE.name}.sent`, typeVersion: 1 },
				...{ position: [0, 0], parameters: ask, credentials: this.credentials, webhookId: id },
			})
			.add('After', 'n8n-nodes-base.noOp', 1);
		if (!isLoop) return flow.chain('Start', 'Orders', 'Ask "Ana" {{x}}', 'After');
		return flow
			.add('Loop', 'n8n-nodes-base.splitInBatches', 3, { options: {} })
			.chain('Start', 'Orders', 'Loop')
			.connect('Loop', 'After')
			.connect('Loop', 'Ask "Ana" {{x}}', 'main', 1)
			.connect('Ask "Ana" {{x}}', 'Loop');
	}
}

const jsonOf = (execution: Execution, node: string) =>
	outputOf(execution, node).map(({ json }) => json);

async function linksSent(): Promise<string[]> {
	const contents = (await sent.messages()).map(({ content }) => JSON.stringify(content));
	return contents.flatMap(
		(content) => content.match(/https?:\/\/[^\s"\\]*webhook-waiting[^\s"\\]*/g) ?? [],
	);
}

const post = async (link: string, fields: Record<string, string>) =>
	await http.post(link, new URLSearchParams(fields));

const SOON_OVER: Question = {
	items: [{ order: 7, data: { approved: true } }],
	parameters: {
		options: {
			limitWaitTime: {
				values: { limitType: 'afterTimeInterval', resumeAmount: 0.01, resumeUnit: 'minutes' },
			},
		},
	},
};

let asking: Asking;
beforeAll(async () => void (asking = await Asking.in(await n8n())));
afterAll(async () => await asking.close());
beforeEach(async () => void (await sent.reset()));

describe('a question', () => {
	it('waits; looks at the link decide nothing; the answer goes on, and counts once', async () => {
		const { executionId, link } = await asking.ask();
		for (const [who, agent] of Object.entries(PREVIEWS)) {
			const headers = {
				'user-agent': agent,
				...(who === 'a phone' ? { purpose: 'prefetch' } : {}),
			};
			const { status, data } = await http.get(link, { headers });
			expect([who, status, String(data).includes('>Refund<')]).toEqual([who, 200, true]);
			await http.head(link, { headers });
		}
		expect((await http.get(`${link}&approved=true&answer=approve`)).status).toBe(401);
		expect(await asking.status(executionId)).toBe('waiting');

		const { headers } = await http.get(link);
		expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
		expect(headers['referrer-policy']).toBe('no-referrer');
		expect(headers['cache-control']).toBe('no-store');

		const answered = await post(link, { answer: 'approve' });
		expect([answered.status, String(answered.data)]).toEqual([
			200,
			expect.stringContaining('Answered: Refund'),
		]);
		expect(answered.headers['content-type']).toMatch(/^text\/html/);
		const result = await asking.answer(executionId);
		expect(result).toMatchObject({
			...{ provider: 'sent', recipient: '+447700900101', channel: 'sms' },
			...{ encoding: 'GSM-7', segments: expect.any(Number) },
			data: { approved: true, respondedAt: expect.any(String) },
		});
		expect(result.messageId).toEqual(expect.any(String));

		// n8n answers by itself once the execution has ended, and asks the node no more.
		const late = await post(link, { answer: 'decline' });
		expect([late.status, String(late.data)]).toEqual([
			200,
			expect.stringMatching(/no action required/i),
		]);
		expect((await asking.answer(executionId)).data).toMatchObject({ approved: true });
	});

	it('takes one of two answers at once', async () => {
		const { executionId, link } = await asking.ask();
		const both = await Promise.all([
			post(link, { answer: 'decline', words: 'Not yet <b>!</b>' }),
			post(link, { answer: 'approve' }),
		]);
		const thanked = both.filter(({ data }) => String(data).includes('Thank you'));
		expect(thanked).toHaveLength(1);
		const wasDeclined = String(thanked[0].data).includes('Answered: Keep');
		expect((await asking.answer(executionId)).data).toMatchObject(
			wasDeclined ? { approved: false, chatInput: 'Not yet <b>!</b>' } : { approved: true },
		);
	});

	it('is answered by no other link', async () => {
		const { executionId, link } = await asking.ask();
		const other = await asking.ask();
		const forged = link.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
		const stranger = link.replace(`/${executionId}/`, `/${other.executionId}/`);
		const unsigned = link.replace(/\?.*/, '');
		for (const bad of [forged, stranger, unsigned]) {
			for (const opened of [await http.get(bad), await post(bad, { answer: 'approve' })]) {
				expect(opened.status).toBe(401);
				expect(String(opened.data)).not.toMatch(/Refund|1042/);
			}
		}
		const unknown = link.replace(`/${executionId}/`, '/99999999/');
		expect((await post(unknown, { answer: 'approve' })).status).toBe(404);
		expect(await asking.status(executionId)).toBe('waiting');
		expect(await asking.status(other.executionId)).toBe('waiting');
		for (const { link: own } of [{ link }, other]) await post(own, { answer: 'decline' });
	});

	it('takes no megabyte, and nothing that is no answer', async () => {
		const { executionId, link } = await asking.ask({ parameters: { responseType: 'freeText' } });
		const tooLong = await post(link, { answer: 'text', words: 'x'.repeat(1_048_576) });
		expect(tooLong.status).toBe(413);
		expect((await post(link, { answer: 'text', words: '  ' })).status).toBe(400);
		expect((await http.post(link, { answer: 'approve' })).status).toBe(400);
		expect(await asking.status(executionId)).toBe('waiting');
		await post(link, { answer: 'text', words: 'Only 20 € – “not” all 🙏' });
		expect((await asking.answer(executionId)).data).toMatchObject({
			text: 'Only 20 € – “not” all 🙏',
		});
	});

	it('in a loop is answered by its own link, never by that of the one before', async () => {
		const { executionId, link: first } = await asking.ask({
			...{ items: [{ order: 1 }, { order: 2 }], isLoop: true },
		});
		await post(first, { answer: 'approve' });
		const second = await asking.waits(executionId, 1);
		expect(second).not.toBe(first);
		for (const opened of [await http.get(first), await post(first, { answer: 'decline' })]) {
			expect([opened.status, String(opened.data)]).toEqual([
				409,
				expect.stringMatching(/already been answered[^]*Answered: Refund/),
			]);
		}
		await post(second, { answer: 'decline' });
		const execution = await asking.client.finishedExecution(executionId);
		expect(jsonOf(execution, 'After').map(({ data }) => data)).toMatchObject([
			{ approved: true },
			{ approved: false },
		]);
	});

	it('is too late after the time limit', async () => {
		const { executionId, link } = await asking.ask(SOON_OVER);
		const { waitTill } = (await asking.client.execution(executionId)) as { waitTill?: string };
		await new Promise((resolve) => setTimeout(resolve, Date.parse(`${waitTill}`) - Date.now() + 5));
		// Whether n8n has gone on already or not: nobody approves any more.
		const late = await post(link, { answer: 'approve' });
		expect(String(late.data)).toMatch(
			/can no longer be answered|no action required|running already/i,
		);
	});

	it('that is refused is not waited for', async () => {
		await sent.fault({ fault: '422' });
		await expect(asking.ask()).rejects.toThrow('Sent refused the request');
		expect(await sent.messages()).toEqual([]);
		const items = [{ order: 1 }, { order: 2 }];
		await expect(asking.ask({ items })).rejects.toThrow('has 2 input items');
		expect(await sent.messages()).toEqual([]);
	});

	it('is waited for where nobody knows whether it was sent, and that is said', async () => {
		await sent.fault({ fault: 'reset-after', everyNth: 1 });
		const { executionId, link } = await asking.ask({ parameters: { options: { maxWait: 0.05 } } });
		const unknown = {
			...{ messageId: null, status: 'unknown', outcome: 'unknown' },
			reason: expect.stringContaining('unknown whether'),
		};
		const waiting = await asking.client.execution(executionId);
		expect(jsonOf(waiting, 'Ask "Ana" {{x}}')).toMatchObject([unknown]);
		await post(link, { answer: 'approve' });
		expect(await asking.answer(executionId)).toMatchObject({
			...unknown,
			data: { approved: true },
		});
	});
});

describe('on a phone', () => {
	let browser: Browser;
	beforeAll(async () => {
		const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
		browser = await chromium.launch({ executablePath: await ensureChromium(), args });
	});
	afterAll(async () => await browser.close());

	async function open(link: string, colorScheme: 'light' | 'dark'): Promise<Page> {
		const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
		const context = await browser.newContext({ ...phone, colorScheme });
		const page = await context.newPage();
		const complaints: string[] = [];
		page.on('console', (line) => complaints.push(line.text()));
		await page.goto(link);
		// A policy that is too strict would be said here.
		expect(complaints).toEqual([]);
		return page;
	}

	const photograph = async (page: Page, name: string) => {
		if (process.env.SCREENSHOTS !== '1') return;
		await page.screenshot({ path: join(ROOT, 'docs/screenshots', `${name}.png`) });
	};

	it('is answered with a thumb and with words, in light and in dark', async () => {
		const { executionId, link } = await asking.ask({
			parameters: { options: { responseFormTitle: 'Refund of an order', showMessage: true } },
		});
		await photograph(await open(link, 'dark'), 'answer-page-dark');
		const page = await open(link, 'light');
		await photograph(page, 'answer-page-light');
		expect(await page.getByRole('heading').textContent()).toBe('Refund of an order');
		expect(await page.locator('p').textContent()).toBe('May order 1042 be refunded?');
		const button = page.getByRole('button', { name: 'Keep' });
		const { width, height } = (await button.boundingBox())!;
		expect(width).toBeGreaterThan(250);
		expect(height).toBeGreaterThanOrEqual(48);
		const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
		expect(overflow).toBe(false);

		await page.getByRole('textbox').fill('Ask Ana first <script>alert(1)</script>');
		await button.tap();
		await page.getByText('Thank you').waitFor();
		expect(await page.getByText('Answered: Keep').count()).toBe(1);
		expect((await asking.answer(executionId)).data).toMatchObject({
			...{ approved: false, chatInput: 'Ask Ana first <script>alert(1)</script>' },
		});
	});

	it('takes a text', async () => {
		const { executionId, link } = await asking.ask({
			parameters: { responseType: 'freeText', options: { pageLanguage: 'de' } },
		});
		const page = await open(link, 'light');
		await page.getByLabel('Antwort').fill('Zimmer 12');
		await page.getByRole('button', { name: 'Senden' }).tap();
		await page.getByText('Danke').waitFor();
		expect((await asking.answer(executionId)).data).toMatchObject({ text: 'Zimmer 12' });
	});
});

describe('when n8n is killed and starts again', () => {
	let folder: string;
	let whatsApp: WhatsApp;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'whats-app-'));
		whatsApp = await WhatsApp.start(folder);
	});
	afterAll(async () => {
		await whatsApp.stop();
		await rm(folder, { recursive: true, force: true });
	});

	it('no question is lost, and those whose time is over end', async () => {
		const { executionId, link } = await asking.ask();
		const { executionId: over } = await asking.ask(SOON_OVER);
		await restartedN8n(whatsApp.env);
		expect(await asking.answer(over)).toEqual({
			...{ order: 7, data: { approved: false, respondedAt: null, timedOut: true } },
		});
		expect(String((await http.get(link)).data)).toContain('>Refund<');
		await post(link, { answer: 'approve' });
		expect(await asking.answer(executionId)).toMatchObject({
			...{ provider: 'sent', recipient: '+447700900101', data: { approved: true } },
		});
	});

	it('and a filter that looks like a browser opens both: n8n’s own WhatsApp node takes it for a yes, ours waits', async () => {
		const { client } = asking;
		const data = { accessToken: 'abc', businessAccountId: '1' };
		const [{ id, name }] = await client.importCredentials([
			{ name: 'WhatsApp', type: 'whatsAppApi', data },
		]);
		const workflow = await client.importWorkflow(WhatsApp.question({ whatsAppApi: { id, name } }));
		const theirs = await client.startWorkflow(workflow);
		const { executionId, link } = await asking.ask();
		const approve = await whatsApp.linkToApprove();
		await until(async () => ((await asking.status(theirs)) === 'waiting' ? true : undefined), {
			...{ what: 'The execution waits', timeoutMs: 20_000 },
		});
		for (const opened of [approve, link]) {
			await http.get(opened, { headers: { 'user-agent': PREVIEWS['Outlook SafeLinks'] } });
		}
		const decided = await client.finishedExecution(theirs);
		expect(jsonOf(decided, 'Ask')).toMatchObject([{ data: { approved: true } }]);
		expect(await asking.status(executionId)).toBe('waiting');
		await post(link, { answer: 'decline' });
		await client.deleteWorkflow(workflow);
	});
});

describe(`in n8n ${N8N_1_VERSION}`, () => {
	it('waits, and goes on with the answer', async () => {
		const old = await Asking.in(await n8n(N8N_1_VERSION));
		try {
			const { executionId, link } = await old.ask();
			expect(String((await http.get(link)).data)).toContain('>Refund<');
			expect(await old.status(executionId)).toBe('waiting');
			const answered = await post(link, { answer: 'approve' });
			expect(String(answered.data)).toContain('Answered: Refund');
			expect((await old.answer(executionId)).data).toMatchObject({ approved: true });
		} finally {
			await old.close();
		}
	});
});
