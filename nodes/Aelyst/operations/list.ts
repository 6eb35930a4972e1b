import { deliver } from '../../delivery/run/deliver';
import { returnAllOrLimit } from '../../delivery/run/paging';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { aelystApi, documentedLimit, itemsOf, nextCursor } from '../api';
import { contactFields, contactOf, contactPath } from '../contact';
import { toMessageResult } from '../results';

/** Source: developers.aelyst.ai, listmessages: limit up to 50. */
const LARGEST_PAGE = 50;

export const list: NodeOperation = {
	value: 'list',
	name: 'List Messages',
	action: 'List messages',
	description: 'List the messages of a contact, sent and received',
	fields: [
		...contactFields,
		...returnAllFields(),
		simplifyField,
		optionsField([], documentedLimit),
	],
	execute: deliver({
		api: aelystApi,
		kind: 'read',
		build: (draft) => ({
			method: 'GET',
			url: `${contactPath(contactOf(draft))}/message/list`,
			qs: { limit: Math.min(returnAllOrLimit(draft) ?? LARGEST_PAGE, LARGEST_PAGE) },
		}),
		paging: {
			wanted: returnAllOrLimit,
			next({ body }, request) {
				const cursorId = nextCursor(body);
				return cursorId === undefined ? undefined : { ...request, qs: { ...request.qs, cursorId } };
			},
		},
		read: ({ body }, { simplify }) =>
			itemsOf(body)?.map((message) => (simplify === false ? message : toMessageResult(message))),
	}),
};
