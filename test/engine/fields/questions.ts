import type { Knowledge } from './values';

/** Whether an operation waits for an answer, for which n8n's routing engine has no way. */
export const isQuestion = (operation: string) => operation === 'sendAndWait';

/**
 * Leaves out questions by template: the fields of a template are those of Send Template, and that
 * they work in a question is proven in test/engine/contract/answersContract.ts.
 */
export function withoutTemplateQuestions<Known extends Knowledge>(known: Known): Known {
	return {
		...known,
		impossible: (state) =>
			(isQuestion(String(state.operation)) && state.askBy === 'template') ||
			known.impossible?.(state) === true,
	};
}
