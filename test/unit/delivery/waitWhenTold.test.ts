import fc from 'fast-check';
import { backoffMs, inWords, retryAfterMs } from '../../../nodes/delivery/pace/waitWhenTold';

const now = Date.parse('2026-11-21T10:00:00Z');

describe('retryAfterMs', () => {
	it.each([
		['seconds', '7', 7000],
		['a fraction', '0.5', 500],
		['a number', 3, 3000],
		['nothing to wait', '0', 0],
		['an HTTP date', 'Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
		['a date that has passed', 'Sat, 21 Nov 2026 09:00:00 GMT', 0],
		['several headers', ['2', '9'], 2000],
		['something else', 'soon', undefined],
		['a negative number', '-5 s', undefined],
		['no header', undefined, undefined],
	])('reads %s', (_what, header, expected) => {
		expect(retryAfterMs({ 'retry-after': header }, now)).toBe(expected);
	});
});

describe('backoffMs', () => {
	it('has full jitter, a floor and a ceiling', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 50 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(attempt, random) => {
					const ms = backoffMs(attempt, random);
					expect(ms).toBeGreaterThanOrEqual(100);
					expect(ms).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** attempt));
				},
			),
		);
	});

	it('grows', () => {
		expect(backoffMs(1, 0.9)).toBeLessThan(backoffMs(2, 0.9));
		expect(backoffMs(2, 0.9)).toBeLessThan(backoffMs(5, 0.9));
	});
});

it.each([
	[400, '1 s'],
	[59_000, '59 s'],
	[90_000, '2 min'],
	[3_600_000, '1 h'],
	[5_400_000, '1.5 h'],
])('says %i ms in words', (ms, words) => expect(inWords(ms)).toBe(words));
