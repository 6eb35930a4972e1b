import { InvalidInput } from '../../input/invalidInput';

/**
 * A path whose values can never leave their segment: every value is encoded, and the dot segments,
 * which encoding leaves alone, are refused. Use as a tag: path`/contacts/${id}/messages`.
 *
 * @throws InvalidInput for an empty value or a dot segment
 */
export function path(literals: TemplateStringsArray, ...values: unknown[]): string {
	return literals.reduce((built, literal, index) => {
		const value = String(values[index - 1] ?? '').trim();
		if (value === '' || value === '.' || value === '..') {
			throw new InvalidInput('ID', `"${value}" cannot be part of an address`, 'Enter a valid ID.');
		}
		return `${built}${encoded(value)}${literal}`;
	});
}

/** Half of a character, as a cut text ends with, cannot be encoded. */
function encoded(value: string): string {
	return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));
}
