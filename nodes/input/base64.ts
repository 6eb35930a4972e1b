import { InvalidInput } from './invalidInput';
import { withoutInvisible } from './shown';
import { requireText } from './text';

/** How a file stands in a web page: data:application/pdf;base64,JVBERi0… */
const DATA_URL = /^data:[^,]{0,200};base64,/i;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * A file as Base64, without the data: that websites put before it and without line breaks.
 *
 * @throws InvalidInput when it is empty or not Base64
 */
export function requireBase64(
	field: string,
	value: unknown,
	cure = 'Enter the file as Base64.',
): string {
	const text = withoutInvisible(requireText(field, value, cure))
		.trim()
		.replace(DATA_URL, '')
		.replace(/[\r\n]/g, '');
	if (text === '') throw new InvalidInput(field, 'is empty', cure);
	const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=');
	if (BASE64.test(padded)) return padded;
	throw new InvalidInput(field, 'is not Base64', cure);
}
