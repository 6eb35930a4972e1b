import { InvalidInput } from './invalidInput';
import { optionalText } from './text';

/** Blanks and what nobody sees, such as the mark at the start of a file. */
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/**
 * A list of anything: from an expression as it is, or as JSON, or separated by commas, semicolons and
 * lines.
 *
 * @returns what stands in it, as it stands there; of a text, without the empty parts
 * @throws InvalidInput for what starts like a JSON list and is none, and for what is no text
 */
export function readAnyList(field: string, value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	const text = (optionalText(field, value) ?? '').replace(AROUND, '');
	if (!text.startsWith('[')) {
		return text
			.split(/[,;\n]/)
			.map((part) => part.trim())
			.filter((part) => part !== '');
	}
	const parsed = parsedList(text);
	if (parsed !== undefined) return parsed.filter((entry) => entry !== '');
	throw new InvalidInput(
		field,
		'is not a valid JSON list',
		'Correct the JSON, or separate the entries by commas.',
	);
}

function parsedList(text: string): unknown[] | undefined {
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}
