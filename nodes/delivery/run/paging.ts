import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { DeliveryFailure } from '../http/outcome';
import type { VendorAnswer, VendorApi } from '../http/vendorApi';

export interface Paging {
	/** How many results the user wants; undefined for all. */
	wanted(draft: IDataObject): number | undefined;
	/** The request for the page after this one, undefined when this was the last. */
	next(
		answer: VendorAnswer,
		request: IHttpRequestOptions,
		draft: IDataObject,
	): IHttpRequestOptions | undefined;
}

/**
 * Reads a Return All switch and its Limit, as n8n's lists have them.
 *
 * @throws InvalidInput for a limit that is no number from 1
 */
export function returnAllOrLimit(draft: IDataObject): number | undefined {
	if (draft.returnAll === true) return undefined;
	const limit = Number(draft.limit ?? 50);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new InvalidInput(
		'Limit',
		`"${String(draft.limit)}" is not a whole number from 1`,
		'Enter how many results you want, or turn on Return All.',
	);
}

/**
 * Follows a vendor's pages until there are enough results.
 *
 * @throws DeliveryFailure when a page leads back to one that was read before
 */
export async function allPages(
	api: VendorApi,
	paging: Paging,
	draft: IDataObject,
	first: IHttpRequestOptions,
	fetch: (
		request: IHttpRequestOptions,
	) => Promise<{ answer: VendorAnswer; results: IDataObject[] }>,
): Promise<IDataObject[]> {
	const wanted = paging.wanted(draft) ?? Infinity;
	const seen = new Set<string>();
	const all: IDataObject[] = [];
	let request: IHttpRequestOptions | undefined = first;
	while (request && all.length < wanted) {
		const page: string = JSON.stringify([request.url, request.qs]);
		if (seen.has(page)) throw loopFailure(api);
		seen.add(page);
		const { answer, results } = await fetch(request);
		for (const result of results) all.push(result);
		request = paging.next(answer, request, draft);
	}
	return all.length > wanted ? all.slice(0, wanted) : all;
}

function loopFailure(api: VendorApi): DeliveryFailure {
	return new DeliveryFailure(
		`${api.displayName} gave a next page that was already read`,
		'Reading stopped, because it would never end. Set a Limit, or narrow the filters.',
		{ provider: api.provider, code: null, httpCode: null, outcome: 'rejected', vendor: {} },
	);
}
