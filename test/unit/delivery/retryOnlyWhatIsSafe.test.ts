import type { IExecuteFunctions } from 'n8n-workflow';

import { unusableCredential } from '../../../nodes/delivery/http/credential';
import { complaintOf } from '../../../nodes/delivery/http/failures';
import { Transport } from '../../../nodes/delivery/http/transport';
import {
	judgeAnswer,
	judgeFailure,
	mayRetry,
	type Verdict,
} from '../../../nodes/delivery/http/verdict';
import type { VendorApi } from '../../../nodes/delivery/http/vendorApi';
import { Account } from '../../../nodes/delivery/pace/account';
import { readPolicy } from '../../../nodes/delivery/pace/policy';

const api = (more: Partial<VendorApi> = {}): VendorApi => ({
	provider: 'acme',
	displayName: 'Acme',
	credential: 'acmeApi',
	account: () => 'a',
	rateLimit: () => ({ bucket: 'all', limit: { requests: 1, perMs: 1 } }),
	readComplaint: () => ({ code: null, message: 'no', details: null, requestId: null }),
	howToCheck: '',
	...more,
});
const answer = (statusCode: number, headers = {}) => ({ statusCode, headers, body: {} });

describe('judgeAnswer', () => {
	it.each<[number, object, Verdict]>([
		[200, {}, 'accepted'],
		[202, {}, 'accepted'],
		[204, {}, 'accepted'],
		[302, { location: 'https://elsewhere.example' }, 'refused'],
		[400, {}, 'refused'],
		[401, {}, 'refused'],
		[404, {}, 'refused'],
		[422, {}, 'refused'],
		[429, {}, 'notNow'],
		[503, { 'retry-after': '1' }, 'notNow'],
		[503, {}, 'ambiguous'],
		[500, { 'retry-after': '1' }, 'ambiguous'],
		[502, {}, 'ambiguous'],
		[504, {}, 'ambiguous'],
	])('%i %j is %s', (status, headers, verdict) => {
		expect(judgeAnswer(api(), answer(status, headers))).toBe(verdict);
	});

	it("knows a vendor's own way of saying not now", () => {
		const vendor = api({ notProcessed: ({ statusCode }) => statusCode === 449 });
		expect(judgeAnswer(vendor, answer(449))).toBe('notNow');
	});

	it("knows a vendor's refusal in an answer of success", () => {
		expect(judgeAnswer(api({ refusedInSuccess: () => true }), answer(200))).toBe('refused');
	});
});

describe('judgeFailure', () => {
	const wrapped = (code: string, more = {}) =>
		Object.assign(new Error('wrapped by n8n'), {
			cause: Object.assign(new Error('network'), { code, ...more }),
		});
	it.each<[string, object, Verdict]>([
		['ECONNREFUSED', {}, 'notReached'],
		['ENOTFOUND', {}, 'notReached'],
		['EAI_AGAIN', {}, 'notReached'],
		['ETIMEDOUT', { syscall: 'connect' }, 'notReached'],
		['ETIMEDOUT', { syscall: 'read' }, 'ambiguous'],
		['ECONNABORTED', {}, 'ambiguous'],
		['ECONNRESET', {}, 'ambiguous'],
		['EPIPE', {}, 'ambiguous'],
		['CERT_HAS_EXPIRED', {}, 'cannotLeave'],
		['ERR_CANCELED', {}, 'canceled'],
	])('%s %j is %s', (code, more, verdict) => {
		expect(judgeFailure(wrapped(code, more))).toBe(verdict);
	});

	it.each([
		...['EPROTO', 'ERR_INVALID_PROTOCOL', 'ERR_INVALID_URL', 'ERR_UNESCAPED_CHARACTERS'],
		...['ERR_SSL_WRONG_VERSION_NUMBER', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_INVALID_CHAR'],
	])('%s: nothing has left, and nothing would', (code) => {
		expect(judgeFailure(wrapped(code))).toBe('cannotLeave');
	});

	it('knows when a credential let nothing out', () => {
		const cause = unusableCredential('This key is of another product.');
		expect(judgeFailure(Object.assign(new Error('wrapped by n8n'), { cause }))).toBe('cannotLeave');
	});

	it('takes what it does not know for ambiguous', () => {
		expect(judgeFailure(new Error('?'))).toBe('ambiguous');
		expect(judgeFailure('?')).toBe('ambiguous');
	});
});

describe('mayRetry', () => {
	it.each<[Verdict, boolean, boolean, boolean]>([
		// verdict, send, send with an idempotency key, read
		['notNow', true, true, true],
		['notReached', true, true, true],
		['ambiguous', false, true, true],
		['refused', false, false, false],
		['cannotLeave', false, false, false],
		['canceled', false, false, false],
		['accepted', false, false, false],
	])('%s', (verdict, send, idempotent, read) => {
		expect(mayRetry(verdict, 'send', false)).toBe(send);
		expect(mayRetry(verdict, 'send', true)).toBe(idempotent);
		expect(mayRetry(verdict, 'read', false)).toBe(read);
	});
});

describe('what a vendor’s own reading cannot cope with', () => {
	const odd = () => {
		throw new TypeError('details.map is not a function');
	};

	it('is a refusal all the same, where it is one', () => {
		expect(complaintOf(api({ readComplaint: odd }), answer(422))).toEqual({
			...{ code: null, message: 'HTTP 422', details: null, requestId: null },
		});
	});

	it('is unknown where it may have been taken, and gives its place back', async () => {
		const account = new Account().open({ maxInFlight: 1 });
		const transport = new Transport({
			...{ api: api(), policy: readPolicy({}), account, settings: {} },
			credentials: { baseUrl: 'https://api.acme.example' },
			logger: { warn: () => undefined } as never,
			onFailure: () => undefined,
		});
		const context = {
			helpers: { httpRequestWithAuthentication: async () => await Promise.resolve(answer(200)) },
		} as unknown as IExecuteFunctions;
		const request = { method: 'POST', url: '/messages' } as const;
		for (let time = 0; time < 2; time++) {
			const sending = transport.send(context, request, { kind: 'send', isReadable: odd });
			await expect(sending).rejects.toMatchObject({ details: { outcome: 'unknown' } });
		}
		transport.close();
	});
});
