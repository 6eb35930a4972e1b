import type { IDataObject } from 'n8n-workflow';

import { readBody, readRawBody } from '../../../nodes/MessageStatusTrigger/body';
import { distribute } from '../../../nodes/MessageStatusTrigger/outputs';
import { webhookSecretTest } from '../../../nodes/webhook/secrets';
import {
	headerValues,
	onlyValue,
	sameSecret,
	sameText,
	signaturesIn,
} from '../../../nodes/webhook/signature';
import { webhookVendors } from '../../../nodes/MessageStatusTrigger/vendors';
import { subscriptionFor } from '../../../nodes/Sent/webhook/registration';
import type { MessageEvent } from '../../../nodes/message/messageEvent';

describe('headers', () => {
	const headers = { 'X-Sig': ['a', 'b'], 'x-sig': 'c, d', other: undefined, empty: '' };

	it('are read in any case, as text or as lists', () => {
		expect(headerValues(headers, 'x-SIG')).toEqual(['a', 'b', 'c, d']);
		expect(headerValues(headers, 'other')).toEqual([]);
		expect(headerValues(headers, 'constructor')).toEqual([]);
	});

	it('that must have one value have none when they have several', () => {
		expect(onlyValue(headers, 'x-sig')).toBeUndefined();
		expect(onlyValue({ a: ['1', '1'], A: '1, 1' }, 'a')).toBe('1');
		expect(onlyValue(headers, 'empty')).toBeUndefined();
		expect(onlyValue(headers, 'missing')).toBeUndefined();
	});

	it('give signatures one by one, and not without end', () => {
		expect(signaturesIn(headers, 'x-sig')).toEqual(['a', 'b', 'c', 'd']);
		expect(signaturesIn({ s: 'x,'.repeat(5000) }, 's')).toHaveLength(10);
	});
});

describe('comparison', () => {
	it.each([
		['same', 'same', true],
		['same', 'sama', false],
		['same', 'sam', false],
		['', '', true],
		['é', 'e', false],
	])('%j and %j: %s', (a, b, expected) => {
		expect(sameText(a, b)).toBe(expected);
		expect(sameSecret(a, b)).toBe(expected);
	});
});

describe('a body', () => {
	const read = (text: string) => readBody(Buffer.from(text));

	it.each(['', 'hello', '{"a":', '<xml/>', '"text"', '7', 'null', 'a=1&b=2'])(
		'%j is no JSON object',
		(text) => {
			expect(read(text)).toEqual({ unreadable: expect.any(String) });
		},
	);

	it('may begin with a byte order mark, and may be a list', () => {
		expect(read('\ufeff{"a":1}')).toEqual({ json: { a: 1 } });
		expect(read('[{"a":1}]')).toEqual({ json: [{ a: 1 }] });
	});

	it.each([501, 100_000, 1_000_000])('that is %d levels deep is refused', (levels) => {
		expect(read('['.repeat(levels) + ']'.repeat(levels))).toEqual({
			unreadable: expect.stringContaining('deep'),
		});
		expect(read('{"a":'.repeat(levels) + '1' + '}'.repeat(levels))).toEqual({
			unreadable: expect.stringContaining('deep'),
		});
	});

	it('that is 500 levels deep, or only long, is read', () => {
		expect(read('['.repeat(500) + ']'.repeat(500))).toHaveProperty('json');
		expect(read(`{"a":"${'['.repeat(10_000)}"}`)).toHaveProperty('json');
		const wide = JSON.stringify({ list: Array.from({ length: 200_000 }, (_, id) => ({ id })) });
		expect(read(wide)).toHaveProperty('json');
	});

	it('with __proto__ in it changes no object', () => {
		const body = read('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}}}');
		expect(body).toHaveProperty('json');
		expect(({} as IDataObject).polluted).toBeUndefined();
	});

	it('that n8n has not read yet is read now', async () => {
		const request = {
			rawBody: undefined as Buffer | undefined,
			readRawBody: async () => void (request.rawBody = Buffer.from('late')),
		};
		expect(String(await readRawBody(request))).toBe('late');
		expect(await readRawBody({})).toHaveLength(0);
	});

	it('that n8n cannot read any more is none', async () => {
		const gone = async () => await Promise.reject(new Error('stream is not readable'));
		expect(await readRawBody({ readRawBody: gone })).toBeUndefined();
	});

	it('keeps the digits of large ids', () => {
		expect(read('{"id":17841400000000001}')).toEqual({ json: { id: '17841400000000001' } });
	});
});

describe('outputs', () => {
	const outgoing = (type: string, status: string) => ({
		event: { type, status } as MessageEvent,
		item: { json: { type, status } },
	});
	const events = [
		outgoing('message.status', 'failed'),
		outgoing('message.received', 'delivered'),
		outgoing('message.status', 'delivered'),
		outgoing('message.interaction', 'read'),
	];

	it('one for all', () => {
		expect(distribute(events, 'one', ['failed'])).toEqual([events.map(({ item }) => item)]);
		expect(distribute(events, undefined, [])).toHaveLength(1);
	});

	it('one for each status in the order of life, and one for the rest', () => {
		const split = distribute(events, 'perStatus', ['failed', 'read', 'delivered']);
		expect(split.map((items) => items.map(({ json }) => json))).toEqual([
			[{ type: 'message.status', status: 'delivered' }],
			[],
			[{ type: 'message.status', status: 'failed' }],
			[
				{ type: 'message.received', status: 'delivered' },
				{ type: 'message.interaction', status: 'read' },
			],
		]);
	});
});

describe('what Sent is asked to deliver', () => {
	const wanted = (events: string[], statuses: string[]) =>
		subscriptionFor((name) => (name === 'events' ? events : statuses));

	it.each([
		[['message.status'], ['delivered', 'failed'], ['message'], ['delivered', 'failed']],
		[
			['message.status'],
			['queued', 'rejected'],
			['message'],
			['queued', 'routed', 'filtered', 'blocked'],
		],
		[['message.received'], ['delivered'], ['message'], ['received']],
		[['message.status', 'message.received'], ['read'], ['message'], ['read', 'received']],
		[['message.status', 'contact'], ['unknown', 'read'], ['message', 'contact'], undefined],
		[['templates', 'link'], ['read'], ['templates', 'link'], undefined],
	])('%j with %j', (events, statuses, types, filters) => {
		expect(wanted(events, statuses)).toEqual({
			event_types: types,
			event_filters: filters === undefined ? {} : { message: filters },
		});
	});

	it('needs a status that Sent has', () => {
		expect(() => wanted(['message.status'], ['accepted'])).toThrow('Statuses has none that Sent');
		expect(() => wanted(['message.status'], [])).toThrow('Statuses has none that Sent');
		expect(() => wanted(['message.received'], [])).not.toThrow();
	});
});

describe('the secret of a webhook', () => {
	const test = async (secret: unknown) =>
		await webhookSecretTest.call({} as never, { data: { secret } } as never);

	it.each([
		['a key', 'OK'],
		['', 'Error'],
		['   ', 'Error'],
		['key ', 'Error'],
		[undefined, 'Error'],
	])('%j: %s', async (secret, status) => {
		expect(await test(secret)).toMatchObject({ status });
	});
});

describe('the vendors', () => {
	it('do not get in the way of each other', () => {
		const values = webhookVendors.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
		const methods = webhookVendors.flatMap(({ methods: own }) => [
			...Object.keys(own?.loadOptions ?? {}),
			...Object.keys(own?.listSearch ?? {}),
		]);
		expect(new Set(methods).size).toBe(methods.length);
	});

	it.each(webhookVendors.map((vendor) => [vendor.value, vendor] as const))(
		'%s lets the user choose the events',
		(_name, { fields }) => {
			expect(fields.filter(({ name }) => name === 'events')).toEqual([
				expect.objectContaining({ type: 'multiOptions', required: true }),
			]);
		},
	);
});
