import type { Knowledge } from './values';

/** Whether an operation waits for an answer, for which n8n's routing engine has no way. */
export const isQuestion = (operation: string) => operation === 'sendAndWait';

/**
 * Leaves out questions by template, and templates in place of a message: the fields of a template are
 * those of Send Template. That they work in a question is proven in
 * test/engine/contract/answersContract.ts, and instead of a message in windowContract.ts there.
 */
export function withoutOtherTemplates<Known extends Knowledge>(known: Known): Known {
	return {
		...known,
		impossible: (state) =>
			(isQuestion(String(state.operation)) && state.askBy === 'template') ||
			state.outsideWindow === 'template' ||
			known.impossible?.(state) === true,
	};
}
