import type { IDataObject } from 'n8n-workflow';

import { dataOf, sentApi, sentStatus } from '../../../nodes/Sent/api';
import { statuses } from '../../../sandbox/vendors/sent/journey';

const answer = (statusCode: number, body: unknown, headers = {}) => ({ statusCode, headers, body });
const failure = (code: string, details: unknown = null) => ({
	success: false,
	data: null,
	error: { code, message: 'No', details, doc_url: null },
	meta: { request_id: 'req_1' },
});

describe('the status words of Sent', () => {
	it.each([
		['QUEUED', 'queued'],
		['PROCESSED', 'queued'],
		['ROUTED', 'queued'],
		['SCHEDULED', 'scheduled'],
		['SENT', 'sent'],
		['DELIVERED', 'delivered'],
		['READ', 'read'],
		['FAILED', 'failed'],
		['FILTERED', 'rejected'],
		['BLOCKED', 'rejected'],
		['CANCELLED', 'canceled'],
		['RECEIVED', 'delivered'],
		['accepted', 'accepted'],
		['TELEPORTED', 'unknown'],
		[undefined, 'unknown'],
	])('%s means %s', (word, status) => expect(sentStatus(word)).toBe(status));

	it('are all known that the sandbox says', () => {
		for (const word of statuses) expect([word, sentStatus(word)]).not.toContain('unknown');
	});
});

describe('the rate limit', () => {
	const send = { method: 'POST', url: '/v3/messages' } as const;
	const perMinute = (requests: number) => ({ requests, perMs: 60_000 });

	it.each([
		[undefined, 60],
		['starter', 60],
		['growth', 300],
		['enterprise', 60],
	])('of a send on the plan %s is %d per minute', (plan, requests) => {
		expect(sentApi.rateLimit(send, plan)).toEqual({ bucket: 'send', limit: perMinute(requests) });
	});

	it('counts a resend as a send, and calling a message off as anything else', () => {
		const ofMessage = (what: string) =>
			({ method: 'POST', url: `/v3/messages/1/${what}` }) as const;
		expect(sentApi.rateLimit(ofMessage('resend')).bucket).toBe('send');
		expect(sentApi.rateLimit(ofMessage('cancel')).bucket).toBe('read');
	});

	it('is the same for v1, and another for what is read', () => {
		const v1 = { method: 'POST', url: '/v1/messages/contact' } as const;
		expect(sentApi.rateLimit(v1).bucket).toBe('send');
		const read = { method: 'GET', url: '/v3/contacts/1' } as const;
		expect(sentApi.rateLimit(read, 'growth')).toEqual({ bucket: 'read', limit: perMinute(200) });
	});
});

describe('the idempotency key', () => {
	const rule = (url: string, body: IDataObject = {}) =>
		sentApi.idempotency?.({ method: 'POST', url, body });

	it('goes with sends of v3 that are meant', () => {
		expect(rule('/v3/messages')).toMatchObject({ header: 'Idempotency-Key' });
		expect(rule('/v3/messages', { sandbox: true })).toBeUndefined();
		expect(rule('/v3/messages/1/resend')).toMatchObject({ header: 'Idempotency-Key' });
		expect(rule('/v3/messages/1/cancel')).toMatchObject({ header: 'Idempotency-Key' });
		expect(rule('/v1/messages/contact')).toBeUndefined();
		expect(sentApi.idempotency?.({ method: 'GET', url: '/v3/messages' })).toBeUndefined();
	});

	it.each([
		['order-1042_shipped', true],
		['x'.repeat(255), true],
		['x'.repeat(256), false],
		['order 1042', false],
		['', false],
	])('%s: %p', (key, isGood) => {
		expect(rule('/v3/messages')?.pattern.test(key)).toBe(isGood);
	});
});

describe('what was not processed', () => {
	it.each([
		[409, 'CONFLICT_001', true],
		[503, 'SERVICE_001', true],
		[409, 'RESOURCE_007', false],
		[503, 'INTERNAL_005', false],
		[500, 'INTERNAL_001', false],
	])('%d %s: %p', (statusCode, code, expected) => {
		expect(sentApi.notProcessed?.(answer(statusCode, failure(code)))).toBe(expected);
	});

	it('is refused, though the status says success', () => {
		expect(sentApi.refusedInSuccess?.(answer(200, failure('VALIDATION_001')))).toBe(true);
		expect(sentApi.refusedInSuccess?.(answer(202, { success: true }))).toBe(false);
		expect(sentApi.refusedInSuccess?.(answer(200, ''))).toBe(false);
	});
});

describe('what Sent complains of', () => {
	it("is read from v3's envelope", () => {
		const details = { to: ['not E.164', 'too long'], text: ['missing'] };
		expect(sentApi.readComplaint(answer(400, failure('VALIDATION_001', details)))).toEqual({
			code: 'VALIDATION_001',
			message: 'No',
			details: 'to: not E.164, too long; text: missing',
			requestId: 'req_1',
		});
	});

	it("is read from v1's error", () => {
		const body = { status: 401, title: 'Unauthorized', detail: 'Header x-api-key not found' };
		expect(sentApi.readComplaint(answer(401, body))).toEqual({
			code: null,
			message: 'Header x-api-key not found',
			details: null,
			requestId: null,
		});
		expect(sentApi.readComplaint(answer(401, { title: 'Unauthorized' })).message).toBe(
			'Unauthorized',
		);
	});

	it.each(['<html>Bad gateway</html>', '', undefined, null, [], { error: 'no' }, { meta: 7 }])(
		'is told by the status when the body is %p',
		(body) => {
			const headers = { 'x-request-id': 'req_2' };
			expect(sentApi.readComplaint(answer(502, body, headers))).toEqual({
				code: null,
				message: 'HTTP 502',
				details: null,
				requestId: 'req_2',
			});
			expect(sentApi.readComplaint(answer(401, body)).message).toBe('The API key is not valid');
		},
	);
});

it('finds no data where there is none', () => {
	expect(dataOf(answer(200, { data: { id: 1 } }))).toEqual({ id: 1 });
	for (const body of ['', null, {}, { data: null }, { data: [] }]) {
		expect(dataOf(answer(200, body))).toBeUndefined();
	}
});
