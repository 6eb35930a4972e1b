import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { shown, withoutInvisible } from './shown';

export interface Range {
	min?: number;
	max?: number;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/**
 * A whole number, also one written as text.
 *
 * @param range its bounds, themselves allowed
 * @param cure what to do besides entering another one, such as where it is found
 * @throws InvalidInput for what is empty, no whole number, inexact or out of bounds
 */
export function requireWhole(
	field: string,
	value: unknown,
	range: Range = {},
	cure?: string,
): number {
	const number = read(value);
	if (number !== undefined && Number.isSafeInteger(number) && isWithin(number, range)) {
		return number;
	}
	return refuse('whole number', field, value, range, cure);
}

/**
 * A number, also one written as text with a decimal point.
 *
 * @param range its bounds, themselves allowed
 * @param cure what to do besides entering another one, such as where it is found
 * @throws InvalidInput for what is empty, no number or out of bounds
 */
export function requireNumber(
	field: string,
	value: unknown,
	range: Range = {},
	cure?: string,
): number {
	const number = read(value);
	if (number !== undefined && isWithin(number, range)) return number;
	return refuse('number', field, value, range, cure);
}

function read(value: unknown): number | undefined {
	if (typeof value === 'bigint') return Number(value);
	const text = typeof value === 'string' ? withoutInvisible(value).trim() : undefined;
	const number = text !== undefined && DECIMAL.test(text) ? Number(text) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
	return number === 0 ? 0 : number;
}

function isWithin(number: number, { min = -Infinity, max = Infinity }: Range): boolean {
	return number >= min && number <= max;
}

function refuse(
	what: string,
	field: string,
	value: unknown,
	{ min, max }: Range,
	cure?: string,
): never {
	const from = min === undefined ? '' : ` from ${min}`;
	const to = max === undefined ? '' : min === undefined ? ` up to ${max}` : ` to ${max}`;
	throw new InvalidInput(
		field,
		isBlank(value) ? 'is empty' : `${shown(value)} is not a ${what}${from}${to}`,
		[`Enter a ${what}${from}${to}.`, cure].filter(Boolean).join(' '),
	);
}
