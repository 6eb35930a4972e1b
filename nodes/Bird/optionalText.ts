import { isBlank } from '../input/blank';
import { requireText } from '../input/text';

/**
 * Text that may be left out; a number that an expression gave counts as its digits.
 *
 * @throws InvalidInput for what is no text, such as an object
 */
export function optionalText(field: string, value: unknown): string | undefined {
	return isBlank(value) ? undefined : requireText(field, value);
}
