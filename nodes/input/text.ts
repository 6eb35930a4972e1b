import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';

/** @throws InvalidInput when the field is empty or holds anything but text or a number */
export function requireText(field: string, value: unknown, cure = 'Enter a value.'): string {
	if (isBlank(value)) throw new InvalidInput(field, 'is empty', cure);
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	throw new InvalidInput(field, 'is not text', cure);
}
