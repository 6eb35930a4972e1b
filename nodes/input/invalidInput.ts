/** How a problem begins that says of no text what it is; after a label that alone is no sentence. */
const WHAT_IT_IS = /^(an object|a list|a function|null|nothing) /;

/**
 * Something the user entered cannot be sent. Thrown by the pure functions that build requests;
 * delivery adds the item and turns it into n8n's own error before anything is sent.
 */
export class InvalidInput extends Error {
	/**
	 * @param field the label of the field as the editor shows it
	 * @param problem what is wrong, as the end of the sentence "<field> …"
	 * @param cure what to do about it, a sentence of its own
	 */
	constructor(
		readonly field: string,
		readonly problem: string,
		readonly cure: string,
	) {
		super(`${field}${WHAT_IT_IS.test(problem) ? ':' : ''} ${problem}`);
		this.name = 'InvalidInput';
	}
}

/** Builds something that stands inside a field, whose name then stands before what is wrong. */
export function inside<T>(outer: string, build: () => T): T {
	const attempt = attempted(build);
	if ('value' in attempt) return attempt.value;
	const { error } = attempt;
	if (!(error instanceof InvalidInput)) throw error;
	throw new InvalidInput(`${outer} ${error.field}`, error.problem, error.cure);
}

function attempted<T>(build: () => T): { value: T } | { error: unknown } {
	try {
		return { value: build() };
	} catch (error) {
		return { error };
	}
}
