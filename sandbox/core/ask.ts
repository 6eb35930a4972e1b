import { isJson } from './body';
import type { IncomingRequest, Route } from './contract';
import type { Desk } from './desk';
import type { Verdict } from './limits';
import { Refusal } from './refusal';
import { type Answer, type Call, type Issue, isAnswer } from './vendor';

/** The vendor's own answer, in the order of a vendor's gateway: who, how often, what, then do it. */
export async function ask(
	desk: Desk,
	call: Call,
	route: Route | 'no such path' | 'no such method',
	incoming: IncomingRequest,
): Promise<Answer> {
	const { vendor, contract, limits } = desk;
	const { errors } = vendor;
	if (typeof route !== 'string' && !route.open) {
		const identity = vendor.authenticate(call);
		if (isAnswer(identity)) return identity;
		call.identity = identity;
	}
	if (route === 'no such path') return errors.notFound(call);
	if (route === 'no such method') return (errors.methodNotAllowed ?? errors.notFound)(call);

	const verdict = limits.take(call);
	if (!verdict.allowed) return withQuota(desk, errors.tooManyRequests(), verdict);

	let answer: Answer;
	if (call.rawBody.length > (vendor.maxBodyBytes?.(call.operationId) ?? Infinity)) {
		answer = errors.tooLarge();
	} else {
		const unreadable = unreadableBody(desk, call, route);
		const { issues, query } = unreadable
			? { issues: [unreadable], query: call.query }
			: contract.check(incoming, route);
		call.query = query as Call['query'];
		answer = issues.length > 0 ? errors.invalid(issues, call) : await operate(desk, call, route);
	}
	return withQuota(desk, answer, verdict);
}

function unreadableBody(desk: Desk, call: Call, route: Route): Issue | undefined {
	if (call.rawBody.length === 0) return undefined;
	const contentType = call.headers['content-type'];
	const at = { in: 'body' as const, path: [], params: {} };
	if (!desk.contract.acceptsContentType(route, contentType)) {
		const message = `content type ${contentType ?? '(none)'} is not supported`;
		return { ...at, keyword: 'contentType', message };
	}
	if (isJson(contentType) && call.body === undefined) {
		return { ...at, keyword: 'parse', message: 'the request body is not valid JSON' };
	}
	return undefined;
}

async function operate(desk: Desk, call: Call, route: Route): Promise<Answer> {
	const operation = desk.vendor.operations[call.operationId];
	if (!operation) return mistake(`no handler for operation ${call.operationId}`);
	let answer: Answer;
	try {
		answer = await operation(call);
	} catch (error) {
		if (!(error instanceof Refusal)) return mistake((error as Error).stack ?? String(error));
		answer = error.answer;
	}
	// The contract is the sandbox's word for what the vendor answers; hold it to its word.
	const breaches = desk.contract.checkAnswer(answer.status, answer.body, route);
	return breaches.length === 0
		? answer
		: mistake(`${call.operationId} breaks its contract: ${breaches.join('; ')}`);
}

/** Something is wrong with the sandbox, not with the request: never to be taken for a vendor's error. */
const mistake = (reason: string): Answer => ({ status: 599, body: { sandboxError: reason } });

function withQuota(desk: Desk, answer: Answer, { quota, retryAfter }: Verdict): Answer {
	return {
		...answer,
		headers: {
			...(quota && desk.vendor.rateLimitHeaders?.(quota)),
			...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
			...answer.headers,
		},
	};
}
