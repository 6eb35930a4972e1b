import type { Answer } from './vendor';

/** Thrown where a vendor's rule is broken, however deep in its code; ends the request with the answer. */
export class Refusal extends Error {
	constructor(
		readonly answer: Answer,
		reason = JSON.stringify(answer.body),
	) {
		super(reason);
	}

	/** For the control API, when a simulation breaks a rule. */
	get status(): number {
		return this.answer.status;
	}
}
