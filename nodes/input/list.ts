import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { requireText } from './text';

/**
 * Splits what a user wrote as a list: an array as it is, text at its commas and line ends.
 *
 * @param field what to call it when an entry is no text
 * @returns the entries trimmed, without the empty ones
 * @throws InvalidInput for an entry that is no text, such as an object
 */
export function toList(value: unknown, field = 'The list'): string[] {
	return split(value, /[,\n]/, field);
}

/**
 * Splits a list of URLs, which may hold commas and semicolons themselves: only before a scheme.
 *
 * @throws InvalidInput for an entry that is no text
 */
export function toUrlList(value: unknown, field = 'The list of URLs'): string[] {
	return split(value, /[\s,;]+(?=[a-z][a-z0-9+.-]*:\/\/)/i, field)
		.map((url) => url.replace(/[\s,;]+$/, ''))
		.filter((url) => url !== '');
}

/**
 * A list that must not be empty, such as from an expression that found nothing.
 *
 * @throws InvalidInput when it is empty, or holds an entry that is no text
 */
export function requireList(
	field: string,
	value: unknown,
	cure = 'Enter one or more, separated by commas.',
): string[] {
	const list = toList(value, field);
	if (list.length === 0) throw new InvalidInput(field, 'is empty', cure);
	return list;
}

function split(value: unknown, separator: RegExp, field: string): string[] {
	if (isBlank(value)) return [];
	const parts: unknown[] = Array.isArray(value)
		? value
		: requireText(field, value).split(separator);
	return parts
		.filter((part) => !isBlank(part))
		.map((part, index) => requireText(`${field} ${index + 1}`, part).trim());
}
