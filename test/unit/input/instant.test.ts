import fc from 'fast-check';
import { DateTime } from 'luxon';
import { requireInstant, requireSchedule, toInstant } from '../../../nodes/input/instant';
import { anything, attempt } from './anything';
import { refusal } from './refusal';

const iso = (value: unknown, timezone: unknown) => {
	const instant = toInstant(value, timezone);
	return instant === undefined ? undefined : new Date(instant).toISOString();
};

const NOON = Date.parse('2026-11-27T12:00:00Z');

describe('a moment', () => {
	it.each([
		['2026-01-31T09:00:00', 'Europe/Amsterdam', '2026-01-31T08:00:00.000Z'],
		['2026-07-31T09:00:00', 'Europe/Amsterdam', '2026-07-31T07:00:00.000Z'],
		['2026-01-31T09:00:00', 'America/New_York', '2026-01-31T14:00:00.000Z'],
		['2026-01-31T09:00', 'Asia/Kolkata', '2026-01-31T03:30:00.000Z'],
		['2026-01-31T00:00:00', 'UTC', '2026-01-31T00:00:00.000Z'],
		['2026-01-31', 'America/New_York', '2026-01-31T05:00:00.000Z'],
		['2026-01-31T09:00:00.250', 'Asia/Tokyo', '2026-01-31T00:00:00.250Z'],
		// As people and databases write it.
		['2026-11-27 10:00:00', 'Europe/Berlin', '2026-11-27T09:00:00.000Z'],
		['2026-11-27 10:00', 'Europe/Berlin', '2026-11-27T09:00:00.000Z'],
		['2026-11-27, 10:00', 'Europe/Berlin', '2026-11-27T09:00:00.000Z'],
		['2026/11/27', 'Europe/Berlin', '2026-11-26T23:00:00.000Z'],
		['2026/11/27 9:05', 'Europe/Berlin', '2026-11-27T08:05:00.000Z'],
		['2026.11.27', 'Europe/Berlin', '2026-11-26T23:00:00.000Z'],
		['2026-1-5', 'UTC', '2026-01-05T00:00:00.000Z'],
		['2026-11-27 10:00 PM', 'UTC', '2026-11-27T22:00:00.000Z'],
		['2026-11-27 12:30 am', 'UTC', '2026-11-27T00:30:00.000Z'],
		['2026-11-27 24:00', 'UTC', '2026-11-28T00:00:00.000Z'],
		['Nov 27, 2026', 'Europe/Berlin', '2026-11-26T23:00:00.000Z'],
		['November 27, 2026 10:00', 'Europe/Berlin', '2026-11-27T09:00:00.000Z'],
		['27 Nov 2026, 10:00:30', 'Europe/Berlin', '2026-11-27T09:00:30.000Z'],
		['27 November 2026 10:00 AM', 'Europe/Berlin', '2026-11-27T09:00:00.000Z'],
		[' 2026-11-27\u200b 10:00\n', 'UTC', '2026-11-27T10:00:00.000Z'],
		// The hour that the clocks skip is the one after; of a repeated one it is the first.
		['2026-03-29T01:30:00', 'Europe/Amsterdam', '2026-03-29T00:30:00.000Z'],
		['2026-03-29T02:30:00', 'Europe/Amsterdam', '2026-03-29T01:30:00.000Z'],
		['2026-03-29T03:30:00', 'Europe/Amsterdam', '2026-03-29T01:30:00.000Z'],
		['2026-10-25T02:30:00', 'Europe/Amsterdam', '2026-10-25T00:30:00.000Z'],
		['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
	])('without a zone is one of the workflow: %s in %s', (text, timezone, expected) => {
		expect(iso(text, timezone)).toBe(expected);
		expect(requireInstant('Created After', text, timezone)).toBe(Date.parse(expected));
	});

	const berlin = DateTime.fromISO('2026-11-27T13:00:00', { zone: 'Europe/Berlin' });
	it.each([
		['UTC', '2026-11-27T12:00:00Z'],
		['an offset', '2026-11-27T14:00:00.000+02:00'],
		['a short offset', '2026-11-27 14:00 +0200'],
		['a word for UTC', '2026-11-27 12:00:00 UTC'],
		['a zone', '2026-11-27T13:00:00[Europe/Berlin]'],
		['an offset and a zone', '2026-11-27T13:00:00.000+01:00[Europe/Berlin]'],
		['what databases store', '2026-11-27 12:00:00.000000+00'],
		['what e-mails have', 'Fri, 27 Nov 2026 13:00:00 +0100'],
		['what HTTP has', 'Fri, 27 Nov 2026 12:00:00 GMT'],
		['what JavaScript says', 'Fri Nov 27 2026 13:00:00 GMT+0100 (Central European Standard Time)'],
		['a Date', new Date(NOON)],
		['{{ $now }}', berlin],
		['{{ $now }} within a text', String(berlin)],
		['{{ $now }} that lost its methods', JSON.parse(JSON.stringify({ ...berlin, ts: NOON }))],
		['another library', { toString: () => '2026-11-27T07:00:00.000-05:00' }],
		['seconds since 1970', NOON / 1000],
		['seconds since 1970 with a fraction', NOON / 1000 + 0.0001],
		['milliseconds since 1970', NOON],
		['seconds since 1970 as text', String(NOON / 1000)],
		['milliseconds since 1970 as text', ` ${NOON} `],
	])('with a zone stays what it is: %s', (_what, value) => {
		expect(iso(value, 'Asia/Tokyo')).toBe('2026-11-27T12:00:00.000Z');
	});

	it('is the start of the day that {{ $today }} is', () => {
		const today = DateTime.fromISO('2026-11-27', { zone: 'America/New_York' }).startOf('day');
		expect(iso(today, 'America/New_York')).toBe('2026-11-27T05:00:00.000Z');
	});

	it('without any zone known is one in UTC', () => {
		expect(iso('2026-01-31T09:00:00', undefined)).toBe('2026-01-31T09:00:00.000Z');
	});

	it('is not read in a zone that does not exist', () => {
		expect(toInstant('2026-01-31T09:00:00', 'Europe/Atlantis')).toBeUndefined();
		expect(iso('2026-01-31T09:00:00Z', 'Asia/Tokyo')).toBe('2026-01-31T09:00:00.000Z');
	});

	it.each([
		['01/12/2026', 'can be read as two different dates', 'Write the year first'],
		['1.12.2026 10:00', 'can be read as two different dates', 'Write the year first'],
		['27/11/2026', 'can be read as two different dates', 'Write the year first'],
		['1-2-26', 'can be read as two different dates', 'Write the year first'],
		['tomorrow', '"tomorrow" is not a date and time', 'year first'],
		['Fri, 27 Nov 2026 13:00:00', 'is not a date and time', 'year first'],
		['Fri Nov 27 2026 13:00:00  (Berlin)', 'is not a date and time', 'year first'],
		['10:00', '"10:00" is not a date and time', 'year first'],
		['2026', '"2026" is not a date and time', 'year first'],
		['2026-11', '"2026-11" is not a date and time', 'year first'],
		['2026-13-45T00:00:00', 'is not a date and time', 'year first'],
		['2026-02-29', 'is not a date and time', 'year first'],
		['2026-11-27 25:00', 'is not a date and time', 'year first'],
		['2026-11-27 13:00 PM', 'is not a date and time', 'year first'],
		['2026-11/27', 'is not a date and time', 'year first'],
		[46_353, '"46353" is not a date and time', 'year first'],
		[20261127, '"20261127" is not a date and time', 'year first'],
		[1e21, 'is not a date and time', 'year first'],
		[{}, 'an object is not a date and time', 'year first'],
		[[NOON], 'a list is not a date and time', 'year first'],
		[true, '"true" is not a date and time', 'year first'],
		[new Date('x'), 'an object is not a date and time', 'year first'],
		['', 'is empty', 'Pick a date and time'],
		[null, 'is empty', 'Pick a date and time'],
	])('is not in %p', (value, message, cure) => {
		expect(toInstant(value, 'UTC')).toBeUndefined();
		const said = refusal(() => requireInstant('Created After', value, 'UTC'));
		expect(said.message).toMatch(/^Created After:? /);
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});

	it('is the same however often it is read, in whatever zone it was written', () => {
		const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu');
		const moments = fc.date({
			min: new Date('2001-09-09T02:00:00Z'),
			max: new Date('2286-11-20T17:46:39Z'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(moments, zones, zones, (moment, written, workflow) => {
				const time = DateTime.fromJSDate(moment, { zone: written });
				const ms = moment.getTime();
				for (const value of [ms, String(ms), moment, time, time.toISO(), time.toUTC().toISO()]) {
					expect(toInstant(value, workflow)).toBe(ms);
				}
				expect(toInstant(time.toISO({ extendedZone: true }), workflow)).toBe(ms);
				expect(toInstant(time.toHTTP(), workflow)).toBe(ms - (ms % 1000));
				expect(toInstant(time.toRFC2822(), workflow)).toBe(ms - (ms % 1000));
				const local = time.setZone(workflow);
				const isUnique = local.getPossibleOffsets().length === 1;
				if (isUnique) expect(toInstant(local.toISO({ includeOffset: false }), workflow)).toBe(ms);
			}),
		);
	});

	it('is a moment or refused, whatever is entered', () => {
		const near = fc.stringMatching(
			/^20\d\d[-/.]\d\d[-/.]\d\d([ T]\d\d:\d\d(:\d\d)?( ?[ap]m|Z)?)?$/,
		);
		fc.assert(
			fc.property(anything(near, fc.date(), fc.nat()), (value) => {
				const instant = attempt(() => requireInstant('At', value, 'Europe/Berlin'));
				expect(toInstant(value, 'Europe/Berlin')).toBe(instant);
				if (instant === undefined) return;
				expect(Number.isInteger(instant)).toBe(true);
				expect(toInstant(new Date(instant), 'UTC')).toBe(instant);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('a schedule', () => {
	const MINUTE = 60_000;
	const DAY = 1_440 * MINUTE;
	const limits = { soonestMs: 5 * MINUTE, furthestMs: 35 * DAY, now: NOON };

	it.each([0, -MINUTE, MINUTE, 30_000])('is now within a minute: %d ms', (ms) => {
		expect(requireSchedule('Schedule For', NOON + ms, 'UTC', limits)).toBeUndefined();
		expect(
			requireSchedule('Schedule For', new Date(NOON + ms), 'UTC', { now: NOON }),
		).toBeUndefined();
	});

	it.each([
		['2026-11-27 12:05', 5 * MINUTE],
		['2026-11-27 13:00', 60 * MINUTE],
		['2027-01-01 12:00', 35 * DAY],
	])('is %s', (text, ms) => {
		expect(requireSchedule('Schedule For', text, 'UTC', limits)).toBe(NOON + ms);
	});

	it.each([
		['2026-11-27 11:58', 'is in the past', 'leave it out to send at once'],
		['2026-11-27 12:04', 'is less than 5 minutes ahead', 'Pick a later time'],
		['2027-01-01 12:01', 'is more than 35 days ahead', 'Pick a time within 35 days.'],
		['01/12/2026', 'can be read as two different dates', 'Write the year first'],
		['', 'is empty', 'Pick a date and time'],
	])('is not %s', (text, message, cure) => {
		const said = refusal(() => requireSchedule('Schedule For', text, 'UTC', limits));
		expect(said.message).toContain('Schedule For ');
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});

	it.each([
		[DAY, '1 day'],
		[90 * MINUTE, '1.5 hours'],
		[MINUTE, '1 minute'],
	])('says how far ahead: %d ms are %s', (furthestMs, words) => {
		expect(
			refusal(() => requireSchedule('At', NOON + 2 * DAY, 'UTC', { furthestMs, now: NOON })),
		).toEqual({ message: `At is more than ${words} ahead`, cure: `Pick a time within ${words}.` });
	});

	it('has no end where the vendor has none', () => {
		expect(requireSchedule('At', NOON + 9_999 * DAY, 'UTC', { now: NOON })).toBe(
			NOON + 9_999 * DAY,
		);
	});
});
