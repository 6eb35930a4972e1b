import { type IDataObject, type ILoadOptionsFunctions, NodeApiError } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { exchange } from './exchange';
import { complaintOf } from './failures';
import { redacted, secretsOf } from './redact';
import type { VendorApi, VendorRequest } from './vendorApi';
import { judgeAnswer } from './verdict';

/** Longer than anybody looks at a list that is still empty. */
const PATIENCE_MS = 30_000;
/** Where entering an ID by hand would not help. */
const CREDENTIAL_REFUSED = [401, 403];

/**
 * Reads one page for a picker in the editor. Pickers neither wait nor retry: a person is looking.
 *
 * @throws NodeApiError with the vendor's own words
 */
export async function listPage(
	context: ILoadOptionsFunctions,
	api: VendorApi,
	request: VendorRequest,
): Promise<IDataObject> {
	const credentials = await context.getCredentials(api.credential);
	const wire = { context, api, credentials };
	const answer = await exchange(wire, { timeout: PATIENCE_MS, ...request });
	if (judgeAnswer(api, answer) === 'accepted') {
		return isPlainObject(answer.body) ? answer.body : { data: answer.body as IDataObject[] };
	}
	const secrets = secretsOf(credentials);
	const { message, code } = complaintOf(api, answer);
	const said = redacted(message, secrets);
	const cure = CREDENTIAL_REFUSED.includes(answer.statusCode)
		? 'Check the credential and what it is allowed to do.'
		: 'Enter the ID by hand instead.';
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
