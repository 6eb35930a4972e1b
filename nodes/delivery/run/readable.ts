import { InvalidInput } from '../../input/invalidInput';

/** What JavaScript itself throws. By name, since n8n evaluates expressions in a realm of their own. */
const OF_JAVASCRIPT = ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'];

/**
 * Reads a value that an expression may have made of anything.
 *
 * @param field as the sentence about it begins
 * @throws InvalidInput in place of JavaScript's own errors, as for an object that holds itself, which
 *   neither n8n nor anybody else can read; n8n's errors as they are
 */
export function readable<T>(field: string, read: () => T): T {
	const attempt = attempted(read);
	if ('value' in attempt) return attempt.value;
	throw inWords(field, attempt.error);
}

/** An error of JavaScript's own as one that people can read; any other as it is. */
export function inWords(field: string, error: unknown): unknown {
	const { name } = (error ?? {}) as { name?: unknown };
	if (!OF_JAVASCRIPT.includes(String(name))) return error;
	return new InvalidInput(
		field,
		'holds something that cannot be read, such as an object that holds itself',
		'Check the expression: it should give text, a number, a list, or an object that is not too deep.',
	);
}

function attempted<T>(read: () => T): { value: T } | { error: unknown } {
	try {
		return { value: read() };
	} catch (error) {
		return { error };
	}
}
