import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, reading } from '../../delivery/run/operation';
import { returnAllOrLimit } from '../../delivery/run/paging';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { textOrNull } from '../../message/messageResult';
import { aelystApi, documentedLimit, itemsOf, LARGEST_PAGE, nextCursor } from '../api';
import { contactFields, contactOf, contactPath } from '../contact';
import { toMessageResult } from '../results';

interface Wanted {
	identifier: string;
	limit: number | undefined;
}

const listMessages: Operation<Wanted> = {
	api: aelystApi,
	kind: 'read',
	input: (draft) => ({ identifier: contactOf(draft), limit: returnAllOrLimit(draft) }),
	request: ({ identifier, limit = LARGEST_PAGE }) => ({
		method: 'GET',
		url: `${contactPath(identifier)}/message/list`,
		qs: { limit: Math.min(limit, LARGEST_PAGE) },
	}),
	result({ body }) {
		const items = itemsOf(body);
		return (
			items &&
			reading(
				items.map((message) => toMessageResult(message)),
				items,
			)
		);
	},
	paging: {
		wanted: ({ limit }) => limit,
		next({ body }, request) {
			const cursorId = nextCursor(body);
			return cursorId === undefined ? undefined : { ...request, qs: { ...request.qs, cursorId } };
		},
		idOf: ({ messageId }) => textOrNull(messageId),
	},
};

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
	declares: { method: 'GET', url: '/contact/{identifier}/message/list' },
	operation: listMessages,
};
