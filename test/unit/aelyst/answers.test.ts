import { aelystApi, itemsOf, nextCursor } from '../../../nodes/Aelyst/api';
import {
	aelystStatus,
	readSent,
	statusHistory,
	toMessageResult,
} from '../../../nodes/Aelyst/results';

const answer = (body: unknown, statusCode = 200) => ({ statusCode, headers: {}, body });

describe('the answer to a send', () => {
	it.each([
		['phone:+60121233112', '+60121233112'],
		['email:abdc@gmail.com', 'abdc@gmail.com'],
		['id:123', '123'],
	])('to %s is read into the shared result', (identifier, recipient) => {
		expect(readSent(answer({ messageId: 1262965213 }), identifier, 551174)?.results).toEqual([
			{
				messageId: '1262965213',
				provider: 'aelyst',
				channel: '551174',
				recipient,
				status: 'accepted',
				providerStatus: null,
				sentAt: null,
				reference: null,
			},
		]);
	});

	it('through the last channel names none, and is left as it is without Simplify', () => {
		const body = { messageId: 1 };
		expect(readSent(answer(body), 'id:1', null)?.results).toEqual([
			expect.objectContaining({ channel: null }),
		]);
		expect(readSent(answer(body), 'id:1', null)?.raw).toBeUndefined();
	});

	it.each([undefined, '', '<html>', {}, { messageId: null }, []])('%p says nothing', (body) => {
		expect(readSent(answer(body), 'id:1', null)).toBeUndefined();
	});
});

describe('a message', () => {
	/** The example of the vendor's documentation, with a whole history in no order. */
	const message = {
		messageId: 1262965213,
		channelMessageId: 123,
		contactId: 123,
		channelId: 456,
		traffic: 'outgoing',
		message: { type: 'text', text: 'Message text', messageTag: 'ACCOUNT_UPDATE' },
		status: [
			{ value: 'failed', timestamp: 1662965214, message: 'Failed reason' },
			{ value: 'sent', timestamp: 1662965213 },
			{ value: 'pending', timestamp: 1662965213 },
		],
		sender: { source: 'api', userId: null, teamId: null },
	};

	it('is read into the shared result, with its last status', () => {
		expect(toMessageResult(message)).toEqual({
			messageId: '1262965213',
			provider: 'aelyst',
			channel: '456',
			recipient: '123',
			status: 'failed',
			providerStatus: 'failed',
			sentAt: '2022-09-12T06:46:53.000Z',
			reference: null,
			direction: 'outgoing',
			contactId: '123',
			type: 'text',
			text: 'Message text',
			reason: 'Failed reason',
			senderSource: 'api',
		});
	});

	it('has a history from first to last', () => {
		expect(statusHistory(message)).toEqual([
			{ status: 'queued', providerStatus: 'pending', at: '2022-09-12T06:46:53.000Z', reason: null },
			{ status: 'sent', providerStatus: 'sent', at: '2022-09-12T06:46:53.000Z', reason: null },
			{
				status: 'failed',
				providerStatus: 'failed',
				at: '2022-09-12T06:46:54.000Z',
				reason: 'Failed reason',
			},
		]);
	});

	it('that came in has no recipient and no status', () => {
		const incoming = { ...message, traffic: 'incoming', status: undefined, sender: null };
		expect(toMessageResult(incoming as never)).toMatchObject({
			recipient: null,
			contactId: '123',
			direction: 'incoming',
			status: 'unknown',
			providerStatus: null,
			sentAt: null,
		});
	});

	it('tells the title of quick replies, and copes with nothing', () => {
		const { text } = toMessageResult({ message: { type: 'quick_reply', title: 'Which?' } });
		expect(text).toBe('Which?');
		expect(
			toMessageResult({ status: [{ value: 'sent', timestamp: 'x' }, null] as never }),
		).toMatchObject({ messageId: null, status: 'sent', sentAt: null, text: null });
	});

	it.each([
		['pending', 'queued'],
		['sent', 'sent'],
		['delivered', 'delivered'],
		['READ', 'read'],
		['failed', 'failed'],
		['archived', 'unknown'],
		[undefined, 'unknown'],
	])('with the status %p is %s', (word, status) => {
		expect(aelystStatus(word)).toBe(status);
	});
});

describe('a complaint', () => {
	it.each([
		[400, { code: 400, message: 'Validation error.' }, '400', 'Validation error.'],
		[401, { code: 401, message: 'UN_AUTHORIZED' }, '401', 'UN_AUTHORIZED'],
		[429, { code: 429, message: 'Too Many Requests' }, '429', 'Too Many Requests'],
		[403, {}, null, 'The access token may not do this'],
		[502, '<html>', null, 'HTTP 502'],
		[500, null, null, 'HTTP 500'],
	])('%i %p is told in the vendor’s words', (statusCode, body, code, message) => {
		expect(aelystApi.readComplaint(answer(body, statusCode))).toMatchObject({
			code,
			message,
			details: null,
			requestId: null,
		});
	});

	it('without a reason comes with advice', () => {
		const advice = (status: number) => aelystApi.readComplaint(answer({}, status)).advice;
		expect(advice(400)).toContain('Check Channel First');
		expect(advice(404)).toContain('its own workspace only');
		expect(advice(500)).toBeUndefined();
	});

	it('that the contact is in queue is no refusal, and asks for half a minute', () => {
		expect(aelystApi.notProcessed?.(answer({}, 449))).toBe(true);
		expect(aelystApi.notProcessed?.(answer({}, 400))).toBe(false);
		expect(aelystApi.waitMs?.(answer({}, 449))).toBe(30_000);
		expect(aelystApi.waitMs?.(answer({}, 429))).toBeUndefined();
	});
});

describe('the rate limit', () => {
	it('counts for each method and path on its own', () => {
		const bucket = (method: 'GET' | 'POST', url: string) =>
			aelystApi.rateLimit({ method, url, qs: { cursorId: '5' } }).bucket;
		const all = [
			bucket('GET', '/contact/id:1/message'),
			bucket('POST', '/contact/id:1/message'),
			bucket('POST', '/contact/id:2/message'),
		];
		expect(new Set(all).size).toBe(3);
		expect(bucket('GET', '/space/channel')).toBe(bucket('GET', '/space/channel'));
		expect(aelystApi.rateLimit({ method: 'GET', url: '/' }).limit).toEqual({
			requests: 5,
			perMs: 1000,
		});
	});
});

describe('lists', () => {
	it.each([
		['https://api.aelyst.ai/contact/1/message/list?limit=10&cursorId=20', '20'],
		['/space/channel?cursorId=7', '7'],
		['https://elsewhere.example/?cursorId=a%26b', 'a&b'],
		['https://api.aelyst.ai/space/user?limit=10', undefined],
		['https://api.aelyst.ai/space/user?cursorId=', undefined],
		['', undefined],
		[null, undefined],
	])('whose next page is %p go on at %p', (next, cursor) => {
		expect(nextCursor({ items: [], pagination: { next } })).toBe(cursor);
	});

	it.each([null, {}, { items: {} }, 'text'])('are none in %p', (body) => {
		expect(itemsOf(body)).toBeUndefined();
		expect(nextCursor(body)).toBeUndefined();
	});
});
