import { InvalidInput } from './invalidInput';

/** What is wrong with a value, as the end of the sentence "<field> …", and what to do about it. */
export interface Fault {
	problem: string;
	cure: string;
}

const MOST_NAMED = 10;

/**
 * The values of a list, where all of them can be used.
 *
 * @param readings a value or a fault for each entry
 * @throws InvalidInput naming all entries with a fault, the first ten of many
 */
export function allOrNone<Value>(
	field: string,
	readings: Array<{ value: Value } | Fault>,
): Value[] {
	const faults = readings.filter((one) => 'problem' in one);
	if (faults.length === 1) throw new InvalidInput(field, faults[0].problem, faults[0].cure);
	if (faults.length > 1) {
		const cures = [...new Set(faults.map(({ cure }) => cure))];
		throw new InvalidInput(
			field,
			`has ${faults.length} mistakes: ${firstOf(faults.map(({ problem }) => problem))}`,
			cures.length === 1 ? cures[0] : 'Correct them, or take them out.',
		);
	}
	return readings.filter((one) => 'value' in one).map(({ value }) => value);
}

/** Ten of many, and how many more there are. */
export function firstOf(texts: string[]): string {
	const more = texts.length - MOST_NAMED;
	const named = texts.slice(0, MOST_NAMED).join('; ');
	return more > 0 ? `${named}; and ${more} more` : named;
}
