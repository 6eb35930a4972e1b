import { toInstant } from '../../../nodes/input/instant';

const iso = (value: unknown, timezone: unknown) => {
	const instant = toInstant(value, timezone);
	return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('a moment', () => {
	it.each([
		['2026-01-31T09:00:00', 'Europe/Amsterdam', '2026-01-31T08:00:00.000Z'],
		['2026-07-31T09:00:00', 'Europe/Amsterdam', '2026-07-31T07:00:00.000Z'],
		['2026-01-31T09:00:00', 'America/New_York', '2026-01-31T14:00:00.000Z'],
		['2026-01-31T09:00', 'Asia/Kolkata', '2026-01-31T03:30:00.000Z'],
		['2026-01-31T00:00:00', 'UTC', '2026-01-31T00:00:00.000Z'],
		['2026-01-31', 'America/New_York', '2026-01-31T05:00:00.000Z'],
		// The hour after the clocks went forward, and the last one before.
		['2026-03-29T03:30:00', 'Europe/Amsterdam', '2026-03-29T01:30:00.000Z'],
		['2026-03-29T01:30:00', 'Europe/Amsterdam', '2026-03-29T00:30:00.000Z'],
		['2026-01-31T09:00:00.250', 'Asia/Tokyo', '2026-01-31T00:00:00.250Z'],
	])('without a zone is one of the workflow: %s in %s', (text, timezone, expected) => {
		expect(iso(text, timezone)).toBe(expected);
	});

	it.each([
		['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
		['2026-01-31T09:00:00.000+02:00', '2026-01-31T07:00:00.000Z'],
		[new Date('2026-01-31T09:00:00Z'), '2026-01-31T09:00:00.000Z'],
		[{ toString: (): string => '2026-01-31T09:00:00.000-05:00' }, '2026-01-31T14:00:00.000Z'],
	])('with a zone stays what it is: %s', (value, expected) => {
		expect(iso(value, 'Asia/Tokyo')).toBe(expected);
	});

	it('without any zone known is one in UTC', () => {
		expect(iso('2026-01-31T09:00:00', undefined)).toBe('2026-01-31T09:00:00.000Z');
	});

	it.each(['tomorrow', '', '2026-13-45T00:00:00', {}, null, new Date('x')])(
		'is not in %p',
		(value) => expect(toInstant(value, 'UTC')).toBeUndefined(),
	);
});
