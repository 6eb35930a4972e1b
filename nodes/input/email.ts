import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';

const EMAIL = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/;

export function isEmail(value: unknown): value is string {
	return typeof value === 'string' && value.length <= 254 && EMAIL.test(value);
}

/** @throws InvalidInput naming the field */
export function requireEmail(field: string, value: unknown): string {
	const email = typeof value === 'string' ? value.trim() : value;
	if (isEmail(email)) return email;
	throw new InvalidInput(
		field,
		isBlank(value) ? 'is empty' : `"${String(value)}" is not an email address`,
		'Enter an address such as ana@example.com.',
	);
}
