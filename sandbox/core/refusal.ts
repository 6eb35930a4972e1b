import type { Answer, Operation } from './vendor';

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

/** Lets a vendor's operations throw refusals. */
export function refusing<State>(
	operations: Record<string, Operation<State>>,
): Record<string, Operation<State>> {
	return Object.fromEntries(
		Object.entries(operations).map(([operationId, operation]) => [
			operationId,
			async (call) => {
				try {
					return await operation(call);
				} catch (error) {
					if (error instanceof Refusal) return error.answer;
					throw error;
				}
			},
		]),
	);
}
