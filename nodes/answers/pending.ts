import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isPlainObject } from '../input/json';
import type { Question } from './question';

/** A question whose answer an execution waits for. */
export interface Pending {
	question: Question;
	/** Which run of the node has asked. */
	run: number;
	/** When it is too late (ms since the epoch); undefined for never. */
	endsAt?: number;
	/** What the flow gets of the message, beside the answer. */
	result: IDataObject;
}

/** Under this name it lies in what n8n keeps for the node with each execution. */
const NAME = 'pendingQuestion';

/**
 * Keeps a question with the execution, in whichever process it goes on. All is read while it is
 * sent: by the time somebody answers, expressions may give something else.
 */
export function keepPending(context: IExecuteFunctions, pending: Pending): void {
	context.getContext('node')[NAME] = JSON.parse(JSON.stringify(pending)) as IDataObject;
}

/** @returns undefined where the execution waits for no answer */
export function pendingOf(context: IWebhookFunctions): Pending | undefined {
	const node = inExpression(context.getNode().name);
	const kept: unknown = context.evaluateExpression(`{{ $node[${node}].context["${NAME}"] }}`);
	return isPlainObject(kept) ? (kept as unknown as Pending) : undefined;
}

/** A name as an expression has it; brackets would end the expression. */
function inExpression(name: string): string {
	return JSON.stringify(name).replace(
		/[{}]/g,
		(bracket) => `\\u00${bracket.charCodeAt(0).toString(16)}`,
	);
}
