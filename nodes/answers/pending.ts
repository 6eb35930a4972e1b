import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

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
	/** Questions of earlier runs that were answered, in a loop for instance: the newest of them. */
	answered?: Answered[];
}

/** A question that was answered, as far as others may know it. */
export interface Answered {
	run: number;
	/** What the button said; a text is nobody's business. */
	said?: string;
}

/** Under this name it lies in what n8n keeps for the node with each execution. */
const NAME = 'pendingQuestion';

/** A loop may go round without end, and nobody opens a link of long ago. */
const MOST_ANSWERED = 100;

/**
 * Keeps a question with the execution, in whichever process it goes on. All is read while it is
 * sent: by the time somebody answers, expressions may give something else.
 */
export function keepPending(context: IExecuteFunctions, pending: Pending): void {
	const kept = context.getContext('node');
	const before: unknown = kept[NAME];
	const answered = isPlainObject(before)
		? answeredUntil(context, before as unknown as Pending, pending.run)
		: [];
	const all = answered.length > 0 ? { ...pending, answered } : pending;
	kept[NAME] = JSON.parse(JSON.stringify(all)) as IDataObject;
}

/** The answers that were known before, and that to the question before this one. */
function answeredUntil(context: IExecuteFunctions, before: Pending, run: number): Answered[] {
	const last = answerTo(context, before);
	return [...(before.answered ?? []), ...(last === undefined ? [] : [last])]
		.filter((one) => one.run < run)
		.slice(-MOST_ANSWERED);
}

/** @returns undefined where nobody answered in time */
function answerTo(context: IExecuteFunctions, { question, run }: Pending): Answered | undefined {
	const given = outputOf(context, run);
	const { approved, text, timedOut } = isPlainObject(given) ? given : {};
	if (timedOut === true) return undefined;
	if (question.kind === 'freeText') return typeof text === 'string' ? { run } : undefined;
	if (typeof approved !== 'boolean') return undefined;
	return { run, said: approved ? question.approve : question.decline };
}

/** What an earlier run of the node has given, if n8n still knows it. */
function outputOf(context: IExecuteFunctions, run: number): unknown {
	try {
		const items: unknown = context.getWorkflowDataProxy(0).$items(context.getNode().name, 0, run);
		const [item] = Array.isArray(items) ? (items as INodeExecutionData[]) : [];
		return item?.json.data;
	} catch {
		return undefined;
	}
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
