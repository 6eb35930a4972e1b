import { InvalidInput } from './invalidInput';
import { requireText } from './text';

/** @throws InvalidInput when the field is not an absolute http or https URL */
export function requireUrl(field: string, value: unknown, protocols = ['https:', 'http:']): string {
	const text = requireText(field, value, 'Enter a full URL such as https://example.com/a.jpg.');
	let protocol = '';
	try {
		protocol = new URL(text).protocol;
	} catch {
		protocol = '';
	}
	if (protocols.includes(protocol)) return text;
	throw new InvalidInput(
		field,
		`"${text}" is not a valid URL`,
		`Enter a full URL that starts with ${protocols.map((name) => `${name}//`).join(' or ')}.`,
	);
}
