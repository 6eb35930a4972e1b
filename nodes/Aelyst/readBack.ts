import { path } from '../delivery/http/path';
import type { ReadBack } from '../delivery/run/follow/readBack';
import { isPlainObject } from '../input/json';
import { textOrNull } from '../message/messageResult';
import { itemsOf, LARGEST_PAGE } from './api';
import type { ContactMessage } from './complete';
import { contactPath } from './contact';
import { toMessageResult } from './results';

/** Source: developers.aelyst.ai, getmessage and listmessages: those of one contact. */
export const readBack: ReadBack<ContactMessage> = {
	placeOf: ({ messageId }, { identifier }) => ({
		one: { method: 'GET', url: `${contactPath(identifier)}${path`/message/${messageId}`}` },
		list: {
			method: 'GET',
			url: `${contactPath(identifier)}/message/list`,
			qs: { limit: LARGEST_PAGE },
		},
	}),
	read({ body }) {
		if (isPlainObject(body) && textOrNull(body.messageId) !== null) return [toMessageResult(body)];
		return itemsOf(body)?.map((message) => toMessageResult(message));
	},
	list: { most: LARGEST_PAGE },
};
