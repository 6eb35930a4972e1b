import type { IDataObject } from 'n8n-workflow';

import type { MessagePlace, ReadBack } from '../delivery/run/follow/readBack';
import { rowsOf, toMessageResult } from './api';
import type { ContactRoute } from './channel';
import { LARGEST_PAGE, nextPage } from './paging';
import { conversationPath } from './thread';

/** Said beside Wait for Delivery. */
export const statusNote =
	'Conduit documents no other status than sent, so do not expect to hear of a delivery.';

/**
 * Conduit has no call for one message, so it is looked for in its conversation.
 * Source: docs.conduit.ai, conversations/messages.
 */
export function conversationPlace(conversationId: unknown, query: IDataObject): MessagePlace {
	return {
		list: {
			method: 'GET',
			url: conversationPath(conversationId),
			qs: { ...query, limit: LARGEST_PAGE, order: 'desc' },
		},
	};
}

/**
 * A message to a contact. The answer to it does not name its conversation; in all of Conduit's
 * examples that has the ID of the contact. Where it has not, nothing is found.
 */
export function contactPlace(
	result: IDataObject,
	{ contactId, query }: ContactRoute,
): MessagePlace {
	return conversationPlace(result.conversationId ?? contactId, query);
}

/** How a conversation is read. */
export const conversationReading: Omit<ReadBack<unknown>, 'placeOf'> = {
	read: ({ body }) => rowsOf(body)?.map(toMessageResult),
	list: {
		most: LARGEST_PAGE,
		next: (answer, request) => nextPage(answer, request, undefined),
	},
};
