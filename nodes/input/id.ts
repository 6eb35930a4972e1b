import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { shown, withoutInvisible } from './shown';
import { requireText } from './text';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** What a spreadsheet makes of a long number: 1.78414E+16. */
const CUT_SHORT = /^\d[.,]\d+E\+?\d+$/i;

/** Line breaks and other control characters, and halves of characters. */
const NOT_IN_AN_ID = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * The ID of something: text on one line, or a whole number that is still exact.
 *
 * @throws InvalidInput when it is empty, no ID, or a number whose last digits were lost
 */
export function requireId(field: string, value: unknown, cure = 'Enter an ID.'): string {
	const id = withoutInvisible(requireText(field, value, cure)).trim();
	if (NOT_IN_AN_ID.test(id) || typeof value === 'boolean' || isFraction(value)) {
		throw new InvalidInput(field, `${shown(value)} is not a valid ID`, cure);
	}
	if (!CUT_SHORT.test(id)) return id;
	throw new InvalidInput(
		field,
		`${shown(id)} is a number that a spreadsheet has cut short`,
		'Format the column as text before the IDs are entered.',
	);
}

/** As requireId, for what may be left out. @returns undefined when nothing was entered */
export function optionalId(field: string, value: unknown): string | undefined {
	return isBlank(value) ? undefined : requireId(field, value);
}

function isFraction(value: unknown): boolean {
	return typeof value === 'number' && !Number.isInteger(value);
}

/** What a UUID is to people who do not know the word. */
export const UUID_IN_WORDS = 'An ID looks like 6ba7b810-9dad-11d1-80b4-00c04fd430c8.';

/** @throws InvalidInput when the field is not a UUID */
export function requireUuid(field: string, value: unknown, cure: string): string {
	const withShape = `${cure} ${UUID_IN_WORDS}`;
	const text = withoutInvisible(requireText(field, value, withShape)).trim();
	if (UUID.test(text)) return text;
	throw new InvalidInput(field, `${shown(text)} is not a valid ID`, withShape);
}
