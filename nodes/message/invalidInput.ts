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
		super(`${field} ${problem}`);
		this.name = 'InvalidInput';
	}

	/** The same, for a field that stands inside another. */
	inside(outer: string): InvalidInput {
		return new InvalidInput(`${outer} ${this.field}`, this.problem, this.cure);
	}
}
