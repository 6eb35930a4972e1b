import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { requireWhole } from './number';
import { shown } from './shown';
import { smsLength } from './smsLength';

/**
 * Refuses a text that takes more SMS than the user wants to pay for.
 *
 * @param field the label of the field with the text
 * @param most what the option Max Segments holds, nothing for no limit
 * @throws InvalidInput for a longer text, naming the character that makes it cost more where it is one
 */
export function requireSegments(field: string, text: string, most: unknown): void {
	if (isBlank(most)) return;
	const limit = requireWhole(
		'Max Segments',
		most,
		{ min: 1 },
		'Leave the option out for no limit.',
	);
	const { segments, firstCostly } = smsLength(text);
	if (segments <= limit) return;
	throw new InvalidInput(
		field,
		`takes ${segments} SMS, and Max Segments is ${limit}`,
		firstCostly === undefined
			? 'Shorten it, or raise Max Segments.'
			: `Shorten it, or raise Max Segments. Because of ${shown(firstCostly)}, one SMS holds 70 characters instead of 160.`,
	);
}
