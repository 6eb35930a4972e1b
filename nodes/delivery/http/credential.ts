import {
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	UserError,
} from 'n8n-workflow';

import { requireBaseUrl } from '../../input/baseUrl';
import { InvalidInput } from '../../input/invalidInput';

/** The name of the error by which a credential of ours says that it cannot be used. */
const CREDENTIAL_UNUSABLE = 'CredentialUnusable';

/** What a credential's `authenticate` throws, so that delivery knows that nothing has left. */
export function unusableCredential(message: string): Error {
	return Object.assign(new UserError(message), { name: CREDENTIAL_UNUSABLE });
}

/** What a credential of ours says is wrong with it, where it did not let the request out. */
export function credentialRefusal(error: unknown): string | undefined {
	for (let inner: unknown = error, depth = 0; inner && depth < 5; depth++) {
		const { name, cause, message } = inner as {
			name?: unknown;
			cause?: unknown;
			message?: unknown;
		};
		if (name === CREDENTIAL_UNUSABLE) return String(message);
		inner = cause;
	}
	return undefined;
}

/**
 * A request below the Base URL as the nodes read it, for `authenticate`: so a credential's test says
 * of an address what the nodes say of it. A request with a full address of its own, as the HTTP
 * Request node sends with this credential, stays as it is.
 *
 * @throws an error of n8n's that says what is wrong with the Base URL, and what to do
 */
export function atBaseUrl(
	{ baseUrl }: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	if (request.baseURL === undefined) return request;
	const checked = attempt(() => requireBaseUrl(baseUrl));
	if (typeof checked === 'string') return { ...request, baseURL: checked };
	throw checked instanceof InvalidInput
		? unusableCredential(`${checked.message}. ${checked.cure}`)
		: checked;
}

/** The error rather than a throw, so that it can be told in other words. */
function attempt(read: () => string): unknown {
	try {
		return read();
	} catch (error) {
		return error;
	}
}
