import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import { isPlainObject } from '../input/json';
import { dataOf } from './api';

/** Source: docs.sent.dm, pagination: page_size up to 100. */
export const PAGE_SIZE = 100;

/** Source: docs.sent.dm, pagination: {page, has_more, …}. */
export function nextPage(answer: VendorAnswer, request: VendorRequest): VendorRequest | undefined {
	const pagination = dataOf(answer)?.pagination;
	if (!isPlainObject(pagination) || pagination.has_more !== true) return undefined;
	return { ...request, qs: { ...request.qs, page: Number(request.qs?.page) + 1 } };
}
