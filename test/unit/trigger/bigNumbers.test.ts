import fc from 'fast-check';

import { parseWithBigNumbers } from '../../../nodes/webhook/bigNumbers';

describe('JSON with numbers that JavaScript cannot hold', () => {
	it.each<[string, unknown]>([
		['{"id":17841400000000001}', { id: '17841400000000001' }],
		[
			'[9007199254740991,9007199254740992,-9007199254740993]',
			[9007199254740991, '9007199254740992', '-9007199254740993'],
		],
		['12345678901234567890', '12345678901234567890'],
		['{"a":[{"b":17841400000000001 }],"c":1}', { a: [{ b: '17841400000000001' }], c: 1 }],
		['{"17841400000000001":17841400000000001}', { '17841400000000001': '17841400000000001' }],
	])('%s keeps its digits', (json, expected) => {
		expect(parseWithBigNumbers(json)).toEqual(expected);
	});

	it.each([
		'"17841400000000001"',
		'"a \\" 17841400000000001 \\\\"',
		'{"a":"\\\\\\"17841400000000001\\\\"}',
		'[1.7841400000000001,0.12345678901234567,17841400000000001e2,1E20,-0,1e400]',
		'{"text":"call +1 4155550123456789 — now 🎉"}',
	])('%s is read as JavaScript reads it', (json) => {
		expect(parseWithBigNumbers(json)).toEqual(JSON.parse(json));
	});

	it.each([
		'',
		'{',
		'17841400000000001x',
		'{"a":017841400000000001}',
		'[17841400000000001,]',
		'"\\',
	])('%s is no JSON', (json) => {
		expect(() => parseWithBigNumbers(json)).toThrow(SyntaxError);
	});

	it('is the same as JSON.parse for all that JavaScript can hold', () => {
		const value = fc.jsonValue({ stringUnit: 'binary' }).filter(hasNoBigNumber);
		fc.assert(
			fc.property(value, fc.nat(3), (any, indent) => {
				const json = JSON.stringify(any, null, indent);
				// The run of digits makes sure that all of it is looked at.
				expect(parseWithBigNumbers(`[${json},17841400000000001]`)).toEqual([
					JSON.parse(json),
					'17841400000000001',
				]);
			}),
			{ numRuns: 1000 },
		);
	});

	it('gives back the digits of any whole number, wherever it stands', () => {
		fc.assert(
			fc.property(fc.bigInt(), fc.string({ unit: 'binary' }), (number, text) => {
				const json = `{${JSON.stringify(text)}:[${JSON.stringify(text)},${number}]}`;
				const [[name, [beside, read]]] = Object.entries(
					parseWithBigNumbers(json) as Record<string, [string, unknown]>,
				);
				expect([name, beside]).toEqual([text, text]);
				expect(String(read)).toBe(String(number));
				expect(typeof read === 'number').toBe(Number.isSafeInteger(Number(number)));
			}),
			// JSON knows nothing of prototypes: there it is a name like any other.
			{ numRuns: 1000, examples: [[0n, '__proto__']] },
		);
	});

	it.each([
		['escaped quotes', `{"text":"${'x\\"'.repeat(1_000_000)}","id":17841400000000001}`],
		[
			'large numbers in a text before a long list',
			`{"text":"${'17841400000000001 '.repeat(100_000)}","id":17841400000000001,"list":[${'1,'.repeat(1_000_000)}1]}`,
		],
		[
			'large numbers only',
			`{"list":[${'17841400000000001,'.repeat(100_000)}1],"id":17841400000000001}`,
		],
		['backslashes', `{"text":"${'\\\\'.repeat(500_000)}","id":17841400000000001}`],
	])('of megabytes of %s takes a moment, not minutes', (_what, json) => {
		const start = performance.now();
		expect(parseWithBigNumbers(json)).toMatchObject({ id: '17841400000000001' });
		expect(performance.now() - start).toBeLessThan(20_000);
	});

	it('may be as deep as it likes', () => {
		const json = `${'['.repeat(100_000)}17841400000000001${']'.repeat(100_000)}`;
		expect(() => parseWithBigNumbers(json)).not.toThrow();
	});
});

function hasNoBigNumber(value: unknown): boolean {
	if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
	return typeof value !== 'object' || value === null || Object.values(value).every(hasNoBigNumber);
}
