import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { DateTime, IANAZone } from './libraries/dates';
import { shown, withoutInvisible } from './shown';

const CURE = 'Pick a date and time, or write it year first, such as 2026-12-01 10:00.';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Year first: 2026-11-27, 2026/11/27 9:00, 2026-11-27T10:00:00.000+01:00[Europe/Berlin]. */
const YEAR_FIRST =
	/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:T|\s+|,\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?(?:\[([\w/+-]+)\])?)?$/i;
/** Day and month as numbers, year last: nobody knows which is which. */
const YEAR_LAST = /^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})\b/;
/** How JavaScript and email write a date, which always names its zone. */
const WITH_ENGLISH_ZONE =
	/^[A-Z][a-z]{2},? (?:\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} \d{1,2}) \d{4} \d{2}:\d{2}(:\d{2})? (?:(?:GMT|UTC)(?:[+-]\d{4})?|[+-]\d{4})(?: \([^)]*\))?$/;
const IN_ENGLISH = ['LLL d, yyyy', 'LLLL d, yyyy', 'd LLL yyyy', 'd LLLL yyyy'].flatMap((day) => [
	day,
	`${day} H:mm`,
	`${day} H:mm:ss`,
	`${day} h:mm a`,
]);

/** From 2001 to 2286; what is outside may be anything, such as the days of a spreadsheet. */
const EPOCH_SECONDS = { min: 1_000_000_000, max: 9_999_999_999.999 };
const EPOCH_MS = { min: 1_000_000_000_000, max: 9_999_999_999_999 };

/**
 * The moment that a date field means, the same in all fields and filters.
 *
 * Text with a time zone, a Date and a DateTime such as {{ $now }} are that moment. Text without one,
 * such as n8n's date picker gives, is meant in the zone of the workflow, whatever zone the server
 * runs in; a date alone is the start of that day. An hour that the clocks skip is the one after, and
 * of an hour that they repeat it is the first. Numbers, also as text, are seconds or milliseconds since 1970
 * when they are of the years 2001 to 2286.
 *
 * @param timezone IANA name of the workflow's time zone, undefined for UTC
 * @returns ms since the epoch
 * @throws InvalidInput for what is empty, no date, or one that can be read in two ways
 */
export function requireInstant(field: string, value: unknown, timezone: unknown): number {
	if (isBlank(value)) throw new InvalidInput(field, 'is empty', CURE);
	const instant = toInstant(value, timezone);
	if (instant !== undefined) return instant;
	const isOpen = typeof value === 'string' && YEAR_LAST.test(value.trim());
	throw new InvalidInput(
		field,
		isOpen
			? `${shown(value)} can be read as two different dates`
			: `${shown(value)} is not a date and time`,
		isOpen ? 'Write the year first, then month and day, such as 2026-12-01.' : CURE,
	);
}

/** As requireInstant, undefined for everything that it refuses. */
export function toInstant(value: unknown, timezone: unknown): number | undefined {
	try {
		return typeof value === 'object' ? ofObject(value, timezone) : ofText(value, timezone);
	} catch {
		return undefined;
	}
}

export interface ScheduleLimits {
	/** How far ahead it has to be at least. */
	soonestMs?: number;
	/** How far ahead it may be at most. */
	furthestMs?: number;
	/** ms since the epoch. */
	now?: number;
}

/**
 * When something is to happen. A minute before or after now is now.
 *
 * @returns ms since the epoch, undefined for now
 * @throws InvalidInput for what is no date, in the past, too soon or too far ahead
 */
export function requireSchedule(
	field: string,
	value: unknown,
	timezone: unknown,
	{ soonestMs = 0, furthestMs = Infinity, now = Date.now() }: ScheduleLimits = {},
): number | undefined {
	const time = requireInstant(field, value, timezone);
	if (Math.abs(time - now) <= MINUTE_MS) return undefined;
	if (time < now) {
		throw new InvalidInput(
			field,
			'is in the past',
			'Pick a time in the future, or leave it out to send at once.',
		);
	}
	if (time < now + soonestMs) {
		throw new InvalidInput(
			field,
			`is less than ${duration(soonestMs)} ahead`,
			'Pick a later time, or leave it out to send at once.',
		);
	}
	if (time > now + furthestMs) {
		const most = duration(furthestMs);
		throw new InvalidInput(field, `is more than ${most} ahead`, `Pick a time within ${most}.`);
	}
	return time;
}

function duration(ms: number): string {
	const [count, unit] =
		ms >= DAY_MS
			? [ms / DAY_MS, 'day']
			: ms >= 60 * MINUTE_MS
				? [ms / 60 / MINUTE_MS, 'hour']
				: [ms / MINUTE_MS, 'minute'];
	return `${Number(count.toFixed(1))} ${unit}${count === 1 ? '' : 's'}`;
}

/** A Date, a DateTime of any copy of luxon, or one that lost its methods on the way. */
function ofObject(value: object | null, timezone: unknown): number | undefined {
	if (value === null || Array.isArray(value)) return undefined;
	const { isLuxonDateTime, toMillis, getTime, ts } = value as Record<string, unknown>;
	if (typeof toMillis === 'function') return finite(toMillis.call(value));
	if (typeof getTime === 'function') return finite(getTime.call(value));
	if (isLuxonDateTime === true) return finite(ts);
	return ofText(String(value), timezone);
}

function finite(time: unknown): number | undefined {
	return typeof time === 'number' && Number.isFinite(time) ? Math.round(time) : undefined;
}

function ofText(value: unknown, timezone: unknown): number | undefined {
	if (typeof value === 'number') return ofEpoch(value);
	if (typeof value !== 'string') return undefined;
	const text = withoutInvisible(value).trim();
	if (/^\d{10}(\.\d+)?$|^\d{13}$/.test(text)) return ofEpoch(Number(text));
	if (WITH_ENGLISH_ZONE.test(text)) return finite(Date.parse(text));
	const zone = zoneOf(timezone);
	return ofYearFirst(text, zone) ?? ofEnglish(text, zone);
}

function ofEpoch(value: number): number | undefined {
	if (value >= EPOCH_SECONDS.min && value <= EPOCH_SECONDS.max) return Math.round(value * 1000);
	return value >= EPOCH_MS.min && value <= EPOCH_MS.max ? Math.round(value) : undefined;
}

/** @throws when there is no such zone: a wrong hour is worse than none */
function zoneOf(timezone: unknown): IANAZone {
	const isNamed = typeof timezone === 'string' && timezone !== '';
	const zone = IANAZone.create(isNamed ? timezone : 'UTC');
	if (zone.isValid) return zone;
	throw new Error(`There is no time zone ${zone.name}`);
}

function ofYearFirst(text: string, workflowZone: IANAZone): number | undefined {
	const match = YEAR_FIRST.exec(text);
	if (match === null) return undefined;
	const [
		,
		year,
		,
		month,
		day,
		hour = '0',
		minute = '0',
		second = '0',
		fraction,
		half,
		offset,
		zone,
	] = match;
	const hours = half === undefined ? Number(hour) : onClock(Number(hour), half);
	if (hours === undefined) return undefined;
	const two = (part: string | number): string => String(part).padStart(2, '0');
	const date = `${year}-${two(month)}-${two(day)}`;
	const time = `${two(hours)}:${two(minute)}:${two(second)}.${fraction ?? '0'}`;
	const iso = `${date}T${time}${offset === undefined ? '' : offset.replace(/UTC|GMT/i, 'Z')}`;
	const read = DateTime.fromISO(iso, { zone: zone ?? workflowZone });
	return offset === undefined ? ofLocal(read) : ofDateTime(read);
}

/** The hour of a 12-hour clock. */
function onClock(hour: number, half: string): number | undefined {
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function ofEnglish(text: string, zone: IANAZone): number | undefined {
	if (!/^(?:[A-Z][a-z]{2,8} \d|\d{1,2} [A-Z])/.test(text)) return undefined;
	const plain = text.replace(/\s+/g, ' ').replace(/(\d{4}),/, '$1');
	for (const format of IN_ENGLISH) {
		const instant = ofLocal(DateTime.fromFormat(plain, format, { zone, locale: 'en' }));
		if (instant !== undefined) return instant;
	}
	return undefined;
}

/** Of an hour that the clocks repeat it is the first, whatever the season is now. */
function ofLocal(time: DateTime): number | undefined {
	return time.isValid ? ofDateTime(time.getPossibleOffsets()[0]) : undefined;
}

function ofDateTime(time: DateTime): number | undefined {
	return time.isValid ? time.toMillis() : undefined;
}
