import type {
	IDataObject,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { isBlank } from '../input/blank';
import { isPlainObject } from '../input/json';
import { textsIn } from './languages';
import { ANSWER, askingPage, LONGEST_ANSWER, tellingPage, WORDS } from './page';
import { type Pending, pendingOf } from './pending';
import type { Question } from './question';
import { RecentAnswers } from './recentAnswers';
import { STYLE_POLICY } from './style';
import { RUN } from './waiting';

/** More than the longest answer takes, in any script and with whatever a browser adds. */
const MOST_BYTES = 64 * 1024;

const everyMethod = (httpMethod: 'GET' | 'POST'): IWebhookDescription => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
});

/** By which n8n finds the node again when somebody opens the link. */
export const answerWebhooks: IWebhookDescription[] = [everyMethod('GET'), everyMethod('POST')];

/** What the editor says beside a node that waits. */
export const waitingTooltip =
	'={{ $parameter["operation"] === "sendAndWait" ? "Execution will continue after the answer" : "" }}';

const recentAnswers = new RecentAnswers();

/**
 * Shows the page, and takes the answer. Programs that look at links only ever GET, and a GET decides
 * nothing. That the link is genuine n8n has checked.
 */
export async function answerWebhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { method, query } = this.getRequestObject();
	const pending = pendingOf(this);
	const run = Number((query as IDataObject)[RUN] ?? 0);
	const earlier = pending?.answered?.find((one) => one.run === run);
	if (pending !== undefined && earlier !== undefined) {
		return showAnswered(this, pending.question, earlier.said);
	}
	if (pending === undefined || pending.run !== run || isOver(pending)) {
		const language = pending?.question.language ?? 'en';
		return show(this, 410, tellingPage(language, textsIn(language).closed));
	}
	return method === 'POST' ? take(this, pending) : show(this, 200, askingPage(pending.question));
}

function isOver({ endsAt }: Pending): boolean {
	return endsAt !== undefined && Date.now() >= endsAt;
}

function take(context: IWebhookFunctions, pending: Pending): IWebhookResponseData {
	const { question, run, result } = pending;
	const texts = textsIn(question.language);
	const key = `${context.getExecutionId()} ${context.getNode().id} ${run}`;
	const earlier = recentAnswers.of(key);
	if (earlier !== undefined) return showAnswered(context, question, earlier.said);
	const answer = readAnswer(context, question);
	if ('refused' in answer) {
		return show(context, answer.status, askingPage(question, answer.refused));
	}
	const { data, said } = answer;
	recentAnswers.keep(key, { said });
	const response = context.getResponseObject();
	response.set(HEADERS);
	const item: INodeExecutionData = {
		json: { ...result, data: { ...data, respondedAt: new Date().toISOString() } },
		pairedItem: { item: 0 },
	};
	return {
		// n8n shows it once it goes on, so that nobody is thanked for an answer that came too late.
		webhookResponse: tellingPage(question.language, texts.thanks, told(question, said)),
		workflowData: [[item]],
	};
}

/** Which button it was; of a text, others with the same link need not see what it says. */
function told({ language }: Question, said: string | undefined): string | undefined {
	return said === undefined ? undefined : textsIn(language).youAnswered(said);
}

type Answer = { data: IDataObject; said?: string } | { refused: string; status: number };

function readAnswer(context: IWebhookFunctions, question: Question): Answer {
	const texts = textsIn(question.language);
	const { rawBody, headers } = context.getRequestObject();
	const bytes = rawBody?.length ?? Number(headers['content-length'] ?? 0);
	const tooLong = { refused: texts.tooLong(LONGEST_ANSWER), status: 413 };
	if (bytes > MOST_BYTES) return tooLong;
	const body: unknown = context.getBodyData();
	const { [ANSWER]: choice, [WORDS]: written } = isPlainObject(body) ? body : {};
	const words = typeof written === 'string' && !isBlank(written) ? written.trim() : undefined;
	// As browsers count: a line break that they send as two characters is one.
	const plain = words?.replace(/\r\n/g, '\n');
	if (plain !== undefined && plain.length > LONGEST_ANSWER) return tooLong;
	const { kind, approve, decline, takesWords } = question;
	const isApproved = choice === 'approve';
	if (kind === 'freeText' && choice === 'text' && plain !== undefined) {
		return { data: { text: plain } };
	}
	if (kind === 'approval' && (isApproved || (choice === 'decline' && decline !== undefined))) {
		const chatInput = takesWords && plain !== undefined ? { chatInput: plain } : {};
		return {
			data: { approved: isApproved, ...chatInput },
			said: isApproved ? approve : String(decline),
		};
	}
	return { refused: texts.incomplete, status: 400 };
}

/** The link is the key to the answer: no cache keeps the page, no other site is told the address. */
const HEADERS = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `${STYLE_POLICY}; frame-ancestors 'none'`,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex, nofollow',
};

function showAnswered(
	context: IWebhookFunctions,
	question: Question,
	said: string | undefined,
): IWebhookResponseData {
	const { language } = question;
	const page = tellingPage(language, textsIn(language).answered, told(question, said));
	return show(context, 409, page);
}

function show(context: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	context.getResponseObject().status(status).set(HEADERS).send(page);
	return { noWebhookResponse: true };
}
