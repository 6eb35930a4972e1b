import { type IHookFunctions, type IHttpRequestOptions, NodeApiError } from 'n8n-workflow';

import { judgeAnswer, networkCode } from '../delivery/retryOnlyWhatIsSafe';
import type { VendorAnswer, VendorApi } from '../delivery/vendorApi';

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
	const verdict = judgeAnswer(api, answer);
	if (verdict === 'accepted' || alsoFine.includes(answer.statusCode)) return answer;

	const { message, code, details, advice } = api.readComplaint(answer);
	throw new NodeApiError(
		context.getNode(),
		{ message },
		{
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
		},
	);
}

function unanswered(context: IHookFunctions, api: VendorApi, error: unknown): never {
	const code = networkCode(error);
	const why = code === undefined ? 'no answer' : `no answer (${code})`;
	throw new NodeApiError(
		context.getNode(),
		{ message: why },
		{
			message: `${api.displayName} could not be reached: ${why}`,
			description: 'Check the Base URL in the credential, or try again later.',
		},
	);
}

/** Whether a failure says nothing about what is registered: no answer, or not now. */
export function isTemporary(error: unknown): boolean {
	if (!(error instanceof NodeApiError)) return false;
	const status = Number(error.httpCode);
	return !error.httpCode || Number.isNaN(status) || status === 429 || status >= 500;
}
