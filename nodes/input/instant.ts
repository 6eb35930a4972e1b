/** A date, or a date and time, without a time zone: what n8n's date picker gives. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/;

/**
 * The moment that a date field means. n8n's date picker leaves the time zone out and means the one
 * of the workflow, whatever zone the server runs in.
 *
 * @param value text, a Date, or a DateTime from an expression
 * @param timezone IANA name of the workflow's time zone
 * @returns ms since the epoch, undefined for what is no date
 */
export function toInstant(value: unknown, timezone: unknown): number | undefined {
	if (value instanceof Date) return orUndefined(value.getTime());
	const text = String(value).trim();
	if (!WITHOUT_ZONE.test(text)) return orUndefined(Date.parse(text));
	const asUtc = orUndefined(Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`));
	if (asUtc === undefined || typeof timezone !== 'string') return asUtc;
	// Twice, because the offset may change between the first guess and the moment that is meant.
	const guess = asUtc - offsetMs(asUtc, timezone);
	return asUtc - offsetMs(guess, timezone);
}

function orUndefined(time: number): number | undefined {
	return Number.isNaN(time) ? undefined : time;
}

/** How far a zone's clocks are ahead of UTC at a moment. */
function offsetMs(instant: number, timeZone: string): number {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	const parts = Object.fromEntries(
		format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
	);
	const { year, month, day, hour, minute, second } = parts;
	const shown = Date.UTC(year, month - 1, day, hour, minute, second);
	return shown - Math.floor(instant / 1000) * 1000;
}
