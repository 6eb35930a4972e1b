import { path } from '../delivery/http/path';
import type { ReadBack } from '../delivery/run/follow/readBack';
import { isPlainObject } from '../input/json';
import type { Message } from './message';
import { isMessage, toDetailedResult } from './results';

/** By their IDs, which stand in the address. */
const MOST_IN_A_LIST = 100;

/** Source: docs.bird.com, api-reference/messaging: get a message, and list messages by their IDs. */
export const readBack: ReadBack<Message> = {
	placeOf: ({ messageId }, { channel }) => ({
		one: { method: 'GET', url: `${channel}${path`/messages/${messageId}`}` },
		list: { method: 'GET', url: `${channel}/messages` },
	}),
	read({ body }) {
		if (isMessage(body)) return [toDetailedResult(body)];
		if (!isPlainObject(body) || !Array.isArray(body.results)) return undefined;
		return (body.results as unknown[])
			.filter(isMessage)
			.map((message) => toDetailedResult(message));
	},
	list: {
		most: MOST_IN_A_LIST,
		only: (list, id) => ({ ...list, qs: { id, limit: id.length }, arrayFormat: 'repeat' }),
	},
};
