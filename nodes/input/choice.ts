import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { shown, withoutInvisible } from './shown';

/**
 * One of several words, as an expression may give them: in any case, with blanks around.
 *
 * @returns the word as it is among the choices
 * @throws InvalidInput naming all choices
 */
export function requireChoice<Choice extends string>(
	field: string,
	value: unknown,
	choices: readonly Choice[],
): Choice {
	const exact = choices.find((choice) => choice === value);
	if (exact !== undefined) return exact;
	const word = typeof value === 'string' ? plain(value) : undefined;
	const alike = choices.filter((choice) => plain(choice) === word);
	if (alike.length === 1) return alike[0];
	throw new InvalidInput(
		field,
		isBlank(value) ? 'is empty' : `${shown(value)} is none of the choices`,
		`Choose one of: ${choices.join(', ')}.`,
	);
}

function plain(word: string): string {
	return withoutInvisible(word).trim().toLowerCase();
}
