import {
	type IAllExecuteFunctions,
	type IDataObject,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { judgeAnswer } from './verdict';
import type { VendorAnswer, VendorApi } from './vendorApi';
import { isPlainObject } from '../../input/json';

/**
 * Reads one page for a picker in the editor. Pickers neither wait nor retry: a person is looking.
 *
 * @throws NodeApiError with the vendor's own words
 */
export async function listPage(
	context: ILoadOptionsFunctions,
	api: VendorApi,
	request: IHttpRequestOptions,
): Promise<IDataObject> {
	const { baseUrl } = await context.getCredentials(api.credential);
	const answer = (await context.helpers.httpRequestWithAuthentication.call(
		context as unknown as IAllExecuteFunctions,
		api.credential,
		{
			json: true,
			...request,
			baseURL: String(baseUrl).replace(/\/+$/, ''),
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			disableFollowRedirect: true,
		},
	)) as VendorAnswer;
	if (judgeAnswer(api, answer) === 'accepted') {
		return isPlainObject(answer.body) ? answer.body : { data: answer.body as IDataObject[] };
	}
	const { message, code } = api.readComplaint(answer);
	throw new NodeApiError(
		context.getNode(),
		{ message },
		{
			message: `${api.displayName} refused to list: ${message}`,
			description: `${code === null ? '' : `Code ${code}. `}Enter the ID by hand instead.`,
			httpCode: String(answer.statusCode),
		},
	);
}
