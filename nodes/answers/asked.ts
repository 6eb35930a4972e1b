import type { Operation } from '../delivery/run/operation';
import type { Draft } from '../input/draft';
import { type Question, readQuestion } from './question';
import { filledTemplate, questionText } from './words';

/** A message that asks, and what the page that it leads to shows. */
export interface Asked<Input> {
	message: Input;
	question: Question;
}

/**
 * A sending operation that asks: whatever it sends carries the link to the page.
 *
 * @param put gives the draft that the operation knows, with the link in it
 */
function asking<Input>(
	operation: Operation<Input>,
	put: (draft: Draft) => Draft,
): Operation<Asked<Input>> {
	const { input, request, complete, result, finish, people, api, kind, html } = operation;
	return {
		api,
		kind,
		html,
		input: (draft, item) => ({
			question: readQuestion(draft),
			message: input(put(draft), item),
		}),
		request: ({ message }) => request(message),
		complete:
			complete &&
			(async ({ message }, built, transport) => await complete(message, built, transport)),
		result: (answer, { message }, sent) => result(answer, message, sent),
		finish:
			finish &&
			(async (reading, { message }, transport) => await finish(reading, message, transport)),
		people: people && {
			of: ({ message }, built) => people.of(message, built),
			without:
				people.without &&
				(({ message, question }, names) => ({
					question,
					message: people.without?.(message, names) ?? message,
				})),
		},
	};
}

/**
 * Asks by text.
 *
 * @param operation which sends a text
 * @param put gives the draft that the operation knows, with the text of the question in it
 */
export function askingByText<Input>(
	operation: Operation<Input>,
	put: (draft: Draft, text: string) => Draft,
): Operation<Asked<Input>> {
	return asking(operation, (draft) => put(draft, questionText(draft)));
}

/** Asks by a template, of whose variables one takes the link. */
export function askingByTemplate<Input>(operation: Operation<Input>): Operation<Asked<Input>> {
	return asking(operation, filledTemplate);
}
