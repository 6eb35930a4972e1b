import type { Answer, Operation } from './vendor';

/** Thrown where a vendor's rule is broken, however deep; ends the request with this answer. */
export class Refusal extends Error {
	constructor(readonly answer: Answer) {
		super(`refused with ${answer.status}`);
	}
}

/** Lets the operations of a vendor throw refusals. */
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
