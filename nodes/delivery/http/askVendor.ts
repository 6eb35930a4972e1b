import {
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { credentialRefusal } from './credential';
import { exchange } from './exchange';
import { complaintOf } from './failures';
import { redacted, secretsOf } from './redact';
import type { VendorAnswer, VendorApi, VendorRequest } from './vendorApi';
import { judgeAnswer, networkCode } from './verdict';

/** Whom to ask, with what, and for how long. */
export interface Asking {
	context: IHookFunctions;
	api: VendorApi;
	credentials: ICredentialDataDecryptedObject;
	/** Ends the request, whatever has arrived of its answer. */
	deadline: AbortSignal;
	/** HTTP statuses that are an answer too, such as 404 to a deletion. */
	alsoFine?: number[];
	/** What of the request nobody may see, besides the credential. */
	secrets?: string[];
}

/**
 * Asks the vendor's API while a workflow is switched on or off. There is no retry: n8n tries an
 * activation at its start again by itself, and otherwise a person is waiting.
 *
 * @throws NodeApiError with the vendor's own words, without secrets and without the request
 * @throws InvalidInput for a Base URL that is none
 */
export async function askVendor(asking: Asking, request: VendorRequest): Promise<VendorAnswer> {
	const { context, api, credentials, deadline: signal, alsoFine = [] } = asking;
	const answer = await exchange({ context, api, credentials, signal }, request).catch(
		(error: unknown) => unanswered(asking, error),
	);
	if (alsoFine.includes(answer.statusCode)) return answer;
	if (judgeAnswer(api, answer) === 'accepted') {
		// A deletion has nothing to say; what else has no object in it comes from somebody else.
		if (request.method === 'DELETE' || isPlainObject(answer.body)) return answer;
		throw apiError(asking, {
			message: `${api.displayName} gave an answer that cannot be read`,
			description: 'Check the Base URL in the credential, or try again later.',
		});
	}
	const { message, code, details, advice } = complaintOf(api, answer);
	throw apiError(asking, {
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

/** A request that got no answer, or that could not leave. */
function unanswered(asking: Asking, error: unknown): never {
	if (error instanceof InvalidInput) throw error;
	const why = asking.deadline.aborted
		? 'no answer in time'
		: (credentialRefusal(error) ??
			networkCode(error) ??
			(error instanceof Error ? error.message : 'no answer'));
	throw apiError(asking, {
		message: `${asking.api.displayName} could not be asked: ${why}`,
		description: 'Check the credential and its Base URL, or try again later.',
	});
}

/** What an error quotes may echo the request, and with it the key. */
function apiError(
	{ context, credentials, secrets: own = [] }: Asking,
	given: { message: string; description: string; httpCode?: string },
): NodeApiError {
	const secrets = [...secretsOf(credentials), ...own];
	const options = {
		...given,
		message: redacted(given.message, secrets),
		description: redacted(given.description, secrets),
	};
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
