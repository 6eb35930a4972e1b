import { InvalidInput } from './invalidInput';
import { requireText } from './text';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws InvalidInput when the field is not a UUID */
export function requireUuid(field: string, value: unknown, cure: string): string {
	const text = requireText(field, value, cure).trim();
	if (!UUID.test(text)) throw new InvalidInput(field, `"${text}" is not a valid ID`, cure);
	return text;
}
