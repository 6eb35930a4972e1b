import { requireChoice } from '../input/choice';
import { requireInstant } from '../input/instant';
import { InvalidInput } from '../input/invalidInput';
import { isPlainObject } from '../input/json';
import { requireNumber } from '../input/number';

/** Until when an answer counts: for a while from when it was asked, or to a certain time. */
export type TimeLimit = { forMs: number } | { until: number };

const UNITS_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** Beyond it a date is none. */
const FURTHEST_MS = 100 * 365 * UNITS_MS.days;

/**
 * Reads the option Limit Wait Time, which has the form of n8n's own.
 *
 * @returns undefined where there is no limit
 * @throws InvalidInput for an amount or a time that makes no sense
 */
export function readTimeLimit(
	option: unknown,
	timezone: unknown,
	now: number = Date.now(),
): TimeLimit | undefined {
	const values = isPlainObject(option) ? option.values : undefined;
	if (!isPlainObject(values) || Object.keys(values).length === 0) return undefined;
	if (values.limitType === 'atSpecifiedTime') {
		const until = requireInstant('Max Date and Time', values.maxDateAndTime, timezone);
		if (until > now) return { until };
		throw new InvalidInput(
			'Max Date and Time',
			'is in the past',
			'Pick a time in the future, or take Limit Wait Time out.',
		);
	}
	const unit = requireChoice('Unit', values.resumeUnit ?? 'hours', ['minutes', 'hours', 'days']);
	const max = FURTHEST_MS / UNITS_MS[unit];
	const amount = requireNumber('Amount', values.resumeAmount ?? 1, { max });
	if (amount > 0) return { forMs: Math.round(amount * UNITS_MS[unit]) };
	throw new InvalidInput(
		'Amount',
		'leaves no time for an answer',
		'Enter a number above 0, or take Limit Wait Time out.',
	);
}

/** When the limit ends (ms since the epoch) of a question that is asked now. */
export function endOf(limit: TimeLimit, now: number = Date.now()): number {
	return 'until' in limit ? limit.until : now + limit.forMs;
}
