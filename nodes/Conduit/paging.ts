import type { Paging } from '../delivery/run/operation';
import { isPlainObject } from '../input/json';

/** Source: docs.conduit.ai, conversations/messages: limit 1 to 100. */
export const LARGEST_PAGE = 100;

/** Source: docs.conduit.ai: {data, next_cursor, has_more}. */
export function nextCursor(body: unknown): string | undefined {
	if (!isPlainObject(body) || body.has_more !== true) return undefined;
	return typeof body.next_cursor === 'string' && body.next_cursor !== ''
		? body.next_cursor
		: undefined;
}

export const nextPage: Paging<unknown>['next'] = ({ body }, request) => {
	const cursor = nextCursor(body);
	return cursor === undefined ? undefined : { ...request, qs: { ...request.qs, cursor } };
};
