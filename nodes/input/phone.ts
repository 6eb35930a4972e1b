import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * Brings a phone number into E.164 without guessing: separators go, a leading 00 becomes +,
 * national digits stay as they are (some countries' chat numbers differ from their phone numbers).
 *
 * @returns the number, such as +14155550123, or undefined when it cannot be one
 */
export function toE164(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const compact = String(value)
		.trim()
		.replace(/[\s().\-\u00a0\u2010-\u2015]/g, '')
		.replace(/^00/, '+');
	return E164.test(compact) ? compact : undefined;
}

/** @throws InvalidInput naming the field and, where only the + is missing, the form that would do */
export function requirePhone(field: string, value: unknown, _country?: string): string {
	const phone = toE164(value);
	if (phone !== undefined) return phone;
	if (isBlank(value)) {
		throw new InvalidInput(field, 'is empty', 'Enter a phone number such as +14155550123.');
	}
	const guess = toE164(`+${String(value).replace(/^\+/, '')}`);
	throw new InvalidInput(
		field,
		`"${String(value)}" is not a phone number in E.164 format`,
		guess === undefined
			? 'Write it as + followed by the country code and the number, such as +14155550123.'
			: `Write it with + and the country code. If the country code is already there, use ${guess}.`,
	);
}
export function readCountry(value: unknown): string | undefined {
	return isBlank(value) ? undefined : String(value);
}
