import {
	type IDataObject,
	type ILoadOptionsFunctions,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { DeadlinePassed, exchange } from './exchange';
import { complaintOf } from './failures';
import { redacted, secretsOf, withoutSecrets } from './redact';
import type { VendorApi, VendorRequest } from './vendorApi';
import { judgeAnswer } from './verdict';

/** Longer than anybody looks at a list that is still empty. */
const PATIENCE_MS = 30_000;
/** What helps where the credential is in the way. */
const CREDENTIAL_CURES: Record<number, string | undefined> = {
	401: 'Check the credential.',
	403: 'Check what the credential is allowed to do. Where it may send but not list, enter the ID instead of picking it.',
};

/**
 * Reads one page for a picker in the editor. Pickers neither wait nor retry: a person is looking.
 *
 * @throws NodeApiError with the vendor's own words, NodeOperationError for a Base URL that is none
 */
export async function listPage(
	context: ILoadOptionsFunctions,
	api: VendorApi,
	request: VendorRequest,
): Promise<IDataObject> {
	const credentials = await context.getCredentials(api.credential);
	const wire = { context, api, credentials };
	const answer = await exchange(wire, { timeout: PATIENCE_MS, ...request }).catch(
		(error: unknown) => unanswered(context, api, error),
	);
	const secrets = secretsOf(credentials);
	if (judgeAnswer(api, answer) === 'accepted') {
		const body = withoutSecrets(answer.body, secrets);
		return isPlainObject(body) ? body : { data: body as IDataObject[] };
	}
	const { message, code } = complaintOf(api, answer);
	const said = redacted(message, secrets);
	const cure =
		CREDENTIAL_CURES[answer.statusCode] ?? 'Try again, or enter the ID instead of picking it.';
	throw new NodeApiError(
		context.getNode(),
		{ message: said },
		{
			message: `${api.displayName} refused to list: ${said}`,
			description: `${code === null ? '' : `Code ${redacted(code, secrets)}. `}${cure}`,
			httpCode: String(answer.statusCode),
		},
	);
}

/** What n8n threw where no answer came is already its own, and names the network's error. */
function unanswered(context: ILoadOptionsFunctions, api: VendorApi, error: unknown): never {
	const node = context.getNode();
	if (error instanceof InvalidInput) {
		throw new NodeOperationError(node, error.message, { description: error.cure });
	}
	if (error instanceof DeadlinePassed) {
		const message = `${api.displayName} did not answer in time`;
		const description = 'Enter the ID by hand instead, or try again later.';
		throw new NodeApiError(node, { message }, { message, description });
	}
	throw error;
}
