import type { ReadBack } from '../delivery/run/follow/readBack';
import { isPlainObject } from '../input/json';
import { textOrNull } from '../message/messageResult';
import { dataOf } from './api';
import { messagePath } from './messageId';
import { nextPage, PAGE_SIZE } from './paging';
import { toMessageResult } from './results';

/**
 * Source: docs.sent.dm, GET /v3/messages/{id}, and GET /v3/conversations for everything that the
 * account has sent and received, the newest first: a hundred messages with one request.
 */
export const readBack: ReadBack<unknown> = {
	placeOf: ({ messageId }) => ({
		one: { method: 'GET', url: messagePath(String(messageId)) },
		list: { method: 'GET', url: '/v3/conversations', qs: { page: 1, page_size: PAGE_SIZE } },
	}),
	read(answer) {
		const data = dataOf(answer);
		if (Array.isArray(data?.messages)) {
			const messages = (data.messages as unknown[]).filter(isPlainObject);
			return messages.map((message) => toMessageResult(message));
		}
		return data && textOrNull(data.id) !== null ? [toMessageResult(data)] : undefined;
	},
	list: { most: PAGE_SIZE, next: nextPage },
};
