import { type IHookFunctions, type IHttpRequestOptions, NodeApiError } from 'n8n-workflow';

import { judgeAnswer, networkCode } from './verdict';
import type { VendorAnswer, VendorApi } from './vendorApi';
import { isPlainObject } from '../../input/json';

/**
 * Asks the vendor's API while a workflow is switched on or off. There is no retry: n8n tries an
 * activation at its start again by itself, and otherwise a person is waiting.
 *
 * @throws NodeApiError with the vendor's own words and nothing of the request, which holds secrets
 */
export async function askVendor(
	context: IHookFunctions,
	api: VendorApi,
	baseUrl: unknown,
	request: IHttpRequestOptions,
	alsoFine: number[] = [],
): Promise<VendorAnswer> {
	const answer = await context.helpers.httpRequestWithAuthentication
		.call(context, api.credential, {
			json: true,
			...request,
			baseURL: String(baseUrl).replace(/\/+$/, ''),
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			disableFollowRedirect: true,
		})
		.then(
			(arrived: unknown) => arrived as VendorAnswer,
			(error: unknown) => unanswered(context, api, error),
		);
	if (alsoFine.includes(answer.statusCode)) return answer;
	if (judgeAnswer(api, answer) === 'accepted') {
		// A deletion has nothing to say; what else has no object in it comes from somebody else.
		if (request.method === 'DELETE' || isPlainObject(answer.body)) return answer;
		throw apiError(context, {
			message: `${api.displayName} gave an answer that cannot be read`,
			description: 'Check the Base URL in the credential, or try again later.',
		});
	}
	const { message, code, details, advice } = api.readComplaint(answer);
	throw apiError(context, {
		message: `${api.displayName} refused to change its webhooks: ${message}`,
		description: [
			code === null ? `HTTP ${answer.statusCode}.` : `HTTP ${answer.statusCode}, code ${code}.`,
			details === null ? '' : `${details}.`,
			advice ?? '',
			answer.statusCode === 401 || answer.statusCode === 403
				? 'Check the credential and whether it may manage webhooks.'
				: '',
		]
			.filter((part) => part !== '')
			.join(' '),
		httpCode: String(answer.statusCode),
	});
}

/** A request that got no answer, or that the credential did not let out. */
function unanswered(context: IHookFunctions, api: VendorApi, error: unknown): never {
	const code = networkCode(error);
	const why = code ?? (error instanceof Error ? error.message : 'no answer');
	throw apiError(context, {
		message: `${api.displayName} could not be asked: ${why}`,
		description: 'Check the credential and its Base URL, or try again later.',
	});
}

function apiError(
	context: IHookFunctions,
	options: { message: string; description: string; httpCode?: string },
): NodeApiError {
	const error = new NodeApiError(context.getNode(), { message: options.message }, options);
	// n8n replaces messages that name a network error by words of its own.
	error.message = options.message;
	return error;
}

/** Whether a failure says nothing about what is registered: no answer, or not now. */
export function isTemporary(error: unknown): boolean {
	if (!(error instanceof NodeApiError)) return false;
	const status = Number(error.httpCode);
	return !error.httpCode || Number.isNaN(status) || status === 429 || status >= 500;
}
