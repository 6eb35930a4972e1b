/** As RFC 9110 has dates, the obsolete forms too, and as JSON has them. */
const DATE = /^(?:[a-z]{3,9},? .*\d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT)/i;
const ZONE = /(?:GMT|UTC?|Z|[+-]\d\d:?\d\d)$/i;

/** The text of a header, or of the first where there are several. Undefined for anything odd. */
export function headerText(header: unknown): string | undefined {
	const value: unknown = Array.isArray(header) ? header[0] : header;
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

/** The time in a header, in ms since the epoch. HTTP's dates are in GMT, also where they do not say so. */
export function headerTime(header: unknown): number | undefined {
	const text = headerText(header);
	if (text === undefined || !DATE.test(text)) return undefined;
	const time = Date.parse(ZONE.test(text) ? text : `${text} GMT`);
	return Number.isNaN(time) ? undefined : time;
}
