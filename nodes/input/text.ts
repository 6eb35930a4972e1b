import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { pathsIn } from './paths';
import { withoutInvisible } from './shown';

/**
 * Text, whatever kind of value an expression gave: digits of a number as they are, "true" and
 * "false", the ISO form of a date.
 *
 * @param cure what to enter instead of nothing
 * @param options.allowBlank whether blanks alone are text too
 * @throws InvalidInput when it is empty, or something that is no text, such as an object
 */
export function requireText(
	field: string,
	value: unknown,
	cure = 'Enter a value.',
	{ allowBlank = false }: { allowBlank?: boolean } = {},
): string {
	const isSpace = typeof value === 'string' && withoutInvisible(value) !== '';
	if (isBlank(value) && !(allowBlank && isSpace)) {
		throw new InvalidInput(field, 'is empty', cure);
	}
	return asText(field, value, cure);
}

/**
 * As requireText, for what may be left out.
 *
 * @returns undefined when nothing was entered
 * @throws InvalidInput for what is no text, such as an object
 */
export function optionalText(field: string, value: unknown): string | undefined {
	return isBlank(value) ? undefined : asText(field, value);
}

function asText(field: string, value: unknown, cure?: string): string {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
			return digits(field, value);
		case 'bigint':
		case 'boolean':
			return String(value);
		default:
			return dateText(value) ?? refuse(field, value, cure);
	}
}

/** A number as people write it: never 1e-7, never digits that were lost before. */
function digits(field: string, value: number): string {
	if (!Number.isFinite(value)) throw new InvalidInput(field, `is ${value}`, 'Give text instead.');
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new InvalidInput(
			field,
			`is ${value}, a number too long to be exact`,
			'Give it as text where it comes from: its last digits are already lost.',
		);
	}
	const text = String(value);
	if (!text.includes('e')) return text;
	return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/** The ISO form of a Date, or of a DateTime such as {{ $now }}. */
function dateText(value: unknown): string | undefined {
	try {
		if (value instanceof Date || tagOf(value) === 'Date') return (value as Date).toISOString();
		const { isLuxonDateTime, toISO } = value as { isLuxonDateTime?: unknown; toISO?: unknown };
		if (isLuxonDateTime !== true || typeof toISO !== 'function') return undefined;
		const text: unknown = toISO.call(value);
		return typeof text === 'string' ? text : undefined;
	} catch {
		return undefined;
	}
}

function refuse(field: string, value: unknown, cure?: string): never {
	throw new InvalidInput(
		field,
		`is not text but ${kindOf(value)}`,
		[cure, wayOut(value)].filter(Boolean).join(' ') || 'Give text instead.',
	);
}

/** In the words of somebody who writes expressions. */
function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (value instanceof Date || tagOf(value) === 'Date') return 'a date that there is not';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** What a value of another realm says that it is. */
function tagOf(value: unknown): string {
	return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function wayOut(value: unknown): string {
	if (Array.isArray(value)) return "Take one entry of it, or join them with .join(', ').";
	const paths = pathsIn(value);
	return paths.length === 0 ? '' : `Take one of its values: ${paths.join(', ')}.`;
}
