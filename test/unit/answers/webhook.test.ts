import type { IWebhookFunctions } from 'n8n-workflow';

import { LONGEST_ANSWER } from '../../../nodes/answers/page';
import type { Pending } from '../../../nodes/answers/pending';
import { RecentAnswers } from '../../../nodes/answers/recentAnswers';
import { answerWebhook } from '../../../nodes/answers/webhook';

const RESULT = { messageId: 'msg_1', provider: 'sent', status: 'queued' };

const pending: Pending = {
	question: {
		...{ kind: 'approval', language: 'en', approve: 'Refund', decline: 'Keep' },
		...{ takesWords: true, submit: 'Submit' },
	},
	run: 0,
	result: RESULT,
};
const text: Pending = { ...pending, question: { ...pending.question, kind: 'freeText' } };

let executions = 0;

interface Call {
	method?: string;
	query?: Record<string, string>;
	body?: unknown;
	bytes?: number;
	headers?: Record<string, string>;
	kept?: unknown;
	executionId?: string;
}

async function call({
	method = 'POST',
	query = { signature: 'abc' },
	body = {},
	bytes = 100,
	headers = {},
	kept = pending,
	executionId = `execution-${++executions}`,
}: Call) {
	const seen = { status: 200, headers: {} as Record<string, string>, page: '', asked: '' };
	const response = {
		status: (status: number) => Object.assign(response, void (seen.status = status)),
		set: (all: Record<string, string>) => Object.assign(response, void (seen.headers = all)),
		send: (page: string) => void (seen.page = page),
	};
	const context = {
		getRequestObject: () => ({ method, query, headers, rawBody: { length: bytes } }),
		getResponseObject: () => response,
		getBodyData: () => body,
		getExecutionId: () => executionId,
		getNode: () => ({ id: 'node-1', name: 'Ask "Ana" }}' }),
		evaluateExpression(expression: string) {
			seen.asked = expression;
			return kept;
		},
	} as unknown as IWebhookFunctions;
	const result = await answerWebhook.call(context);
	const page = String(result.webhookResponse ?? seen.page);
	return { ...seen, page, result, item: result.workflowData?.[0]?.[0] };
}

const approve = { answer: 'approve' };

describe('opening the link', () => {
	it.each(['GET', 'HEAD'])('by %s shows the page and decides nothing', async (method) => {
		const { status, page, result, headers } = await call({
			...{ method, body: approve, query: { signature: 'abc', answer: 'approve' } },
		});
		expect([status, result]).toEqual([200, { noWebhookResponse: true }]);
		expect(page).toContain('>Refund<');
		expect(headers).toMatchObject({
			'Content-Security-Policy': expect.stringMatching(
				/^default-src 'none'; style-src 'sha256-\S+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
			),
			'Cache-Control': 'no-store',
			'Referrer-Policy': 'no-referrer',
		});
	});

	it('reads what was asked by a name that cannot end the expression', async () => {
		expect((await call({})).asked).toBe(
			'{{ $node["Ask \\"Ana\\" \\u007d\\u007d"].context["pendingQuestion"] }}',
		);
	});
});

describe('answering', () => {
	it('approves, and hands on what became of the message', async () => {
		const { item, page } = await call({ body: approve });
		expect(item).toEqual({
			json: { ...RESULT, data: { approved: true, respondedAt: expect.any(String) } },
			pairedItem: { item: 0 },
		});
		expect(page).toContain('Answered: Refund');
	});

	it('declines with words, as they were written', async () => {
		const words = ' Only 20 € – “not” all <b>of it</b> 🙏\r\nAna ';
		const { item } = await call({ body: { answer: 'decline', words } });
		expect(item?.json.data).toMatchObject({
			approved: false,
			chatInput: 'Only 20 € – “not” all <b>of it</b> 🙏\nAna',
		});
	});

	it.each(['', '  ', '\u200b'])('has no words where nobody wrote any: %p', async (words) => {
		const { item } = await call({ body: { answer: 'decline', words } });
		expect(item?.json.data).not.toHaveProperty('chatInput');
	});

	it('takes a text, and does not show it to the next', async () => {
		const first = await call({
			kept: text,
			body: { answer: 'text', words: 'Room 12' },
			executionId: 'x',
		});
		expect(first.item?.json.data).toMatchObject({ text: 'Room 12' });
		const second = await call({
			kept: text,
			body: { answer: 'text', words: '13' },
			executionId: 'x',
		});
		expect([second.status, second.item]).toEqual([409, undefined]);
		expect(second.page).not.toMatch(/Room|13</);
	});

	it('counts once: the second is told what was answered', async () => {
		await call({ body: approve, executionId: 'same' });
		const { status, page, item } = await call({
			...{ body: { answer: 'decline' }, executionId: 'same' },
		});
		expect([status, item]).toEqual([409, undefined]);
		expect(page).toContain('already been answered');
		expect(page).toContain('Answered: Refund');
	});

	it.each<[string, unknown]>([
		['nothing', {}],
		['no form', undefined],
		['a list', [approve]],
		['another word', { answer: 'maybe' }],
		['two at once', { answer: ['approve', 'decline'] }],
		['a text to buttons', { answer: 'text', words: 'yes' }],
	])('asks again for %s', async (_what, body) => {
		const { status, item, page } = await call({ body });
		expect([status, item]).toEqual([400, undefined]);
		expect(page).toContain('Please give an answer.');
		expect(page).toContain('>Refund<');
	});

	it('takes no no where there is no button for it, and no words where none were asked for', async () => {
		const question = { ...pending.question, decline: undefined, takesWords: false };
		const single = { ...pending, question };
		expect((await call({ kept: single, body: { answer: 'decline' } })).status).toBe(400);
		const { item } = await call({ kept: single, body: { ...approve, words: 'x' } });
		expect(item?.json.data).not.toHaveProperty('chatInput');
	});

	it('refuses a text that is empty', async () => {
		expect((await call({ kept: text, body: { answer: 'text', words: ' ' } })).status).toBe(400);
	});

	it('takes the longest answer that the page lets through, and none that is longer', async () => {
		const words = 'é'.repeat(LONGEST_ANSWER - 2) + '\r\n' + 'x';
		const longest = await call({ kept: text, body: { answer: 'text', words } });
		expect(String((longest.item?.json.data as { text: string }).text)).toHaveLength(LONGEST_ANSWER);
		const longer = await call({ kept: text, body: { answer: 'text', words: `${words}x` } });
		expect([longer.status, longer.item]).toEqual([413, undefined]);
		expect(longer.page).toContain('at most 4000 characters');
	});

	it('refuses a megabyte', async () => {
		const { status, item } = await call({ body: approve, bytes: 1_048_576 });
		expect([status, item]).toEqual([413, undefined]);
	});
});

describe('a link that no longer counts', () => {
	it.each<[string, Call]>([
		['of an earlier run of the node', { kept: { ...pending, run: 2 }, query: { r: '1' } }],
		['of the first run', { kept: { ...pending, run: 1 } }],
		['of a run that is none', { query: { r: 'x' } }],
		['after the time limit', { kept: { ...pending, endsAt: Date.now() - 1 } }],
		['where nothing was asked', { kept: null }],
	])('%s is answered with 410 and decides nothing', async (_what, given) => {
		for (const method of ['GET', 'POST']) {
			const { status, page, item } = await call({ ...given, method, body: approve });
			expect([status, item]).toEqual([410, undefined]);
			expect(page).toContain('can no longer be answered');
			expect(page).not.toMatch(/Refund|<form/);
		}
	});

	it.each<[string, object, string | undefined]>([
		['of an approval', { run: 1, said: 'Refund 1' }, 'Answered: Refund 1'],
		['of a text', { run: 1 }, undefined],
	])('%s of an earlier run is told what was answered', async (_what, answered, told) => {
		const kept = { ...pending, run: 3, answered: [{ run: 0, said: 'No' }, answered] };
		for (const method of ['GET', 'POST']) {
			const { status, page, item } = await call({
				...{ kept, query: { r: '1' }, method, body: approve },
			});
			expect([status, item]).toEqual([409, undefined]);
			expect(page).toContain('already been answered');
			expect(page).not.toMatch(/<form|>Refund<|Answered: No/);
			if (told !== undefined) expect(page).toContain(told);
			else expect(page).not.toContain('Answered:');
		}
	});

	it('counts until the time limit, and by the link of its own run', async () => {
		const kept = { ...pending, run: 3, endsAt: Date.now() + 60_000 };
		expect((await call({ kept, query: { r: '3' }, body: approve })).item).toBeDefined();
	});
});

it('an answer is remembered for a moment only, since n8n knows it then', () => {
	let now = 0;
	const answers = new RecentAnswers(() => now);
	answers.keep('a', { said: 'Yes' });
	now = 9_000;
	expect(answers.of('a')?.said).toBe('Yes');
	now = 11_000;
	expect(answers.of('a')).toBeUndefined();
});
