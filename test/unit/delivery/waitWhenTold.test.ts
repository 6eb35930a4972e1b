import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { backoffMs, inWords, retryAfterMs } from '../../../nodes/delivery/pace/waitWhenTold';

const DAY = 86_400_000;
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
		['an empty header', ' ', undefined],
		['less than nothing', '-5', undefined],
		['a number below 0', -5, undefined],
		['milliseconds taken for seconds', '86400000', 366 * DAY],
		['more than can be counted', '9'.repeat(400), 366 * DAY],
		['the end of days', 'Fri, 31 Dec 9999 23:59:59 GMT', 366 * DAY],
		['an obsolete date', 'Sat Nov 21 10:00:30 2026', 30_000],
		['a date with a long weekday', 'Saturday, 21-Nov-26 10:00:30 GMT', 30_000],
		['a date as in JSON', '2026-11-21T10:00:30Z', 30_000],
		['a number with words', '5 minutes', undefined],
		['no text', { seconds: 5 }, undefined],
	])('reads %s', (_what, header, expected) => {
		expect(retryAfterMs({ 'retry-after': header }, now)).toBe(expected);
	});

	it.each([
		['a clock that is an hour ahead', 'Sat, 21 Nov 2026 11:00:00 GMT', 30_000],
		['a clock that is an hour behind', 'Sat, 21 Nov 2026 09:00:00 GMT', 7_230_000],
		['a Date that is none', 'today', 3_630_000],
		['no Date', undefined, 3_630_000],
	])("reads a date by the vendor's own clock: %s", (_what, date, expected) => {
		const headers = { 'retry-after': 'Sat, 21 Nov 2026 11:00:30 GMT', date };
		expect(retryAfterMs(headers, now)).toBe(expected);
	});

	it('gives for anything nothing, or a time that can be counted', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), (header, date) => {
				const ms = retryAfterMs({ 'retry-after': header, date } as IDataObject, now);
				expect(ms === undefined || (ms >= 0 && ms <= 366 * DAY)).toBe(true);
			}),
		);
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
	[59_500, '1 min'],
	[90_000, '2 min'],
	[3_599_990, '1 h'],
	[3_600_000, '1 h'],
	[5_400_000, '1.5 h'],
	[86_400_000, '24 h'],
	[3 * 86_400_000, '3 days'],
	[366 * 86_400_000, 'over a year'],
	[Infinity, 'over a year'],
	[-5000, '0 s'],
	[NaN, '0 s'],
])('says %i ms in words', (ms, words) => expect(inWords(ms)).toBe(words));
