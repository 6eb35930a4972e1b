import type { IDataObject } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, reading } from '../../delivery/run/operation';
import { returnAllOrLimit } from '../../delivery/run/paging';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { textOrNull } from '../../message/messageResult';
import { conduitApi, documentedLimit, rowsOf, toMessageResult } from '../api';
import { LARGEST_PAGE, nextPage } from '../paging';
import { conversationField, conversationPath } from '../thread';
import { workspaceField, workspaceQuery } from '../workspace';

interface Wanted {
	path: string;
	query: IDataObject;
	order: 'asc' | 'desc';
	limit: number | undefined;
}

/** Source: docs.conduit.ai, conversations/messages. */
const listMessages: Operation<Wanted> = {
	api: conduitApi,
	kind: 'read',
	input: (draft) => ({
		path: conversationPath(draft.conversationId),
		query: workspaceQuery(draft),
		order: draft.order === 'asc' ? 'asc' : 'desc',
		limit: returnAllOrLimit(draft),
	}),
	request: ({ path, query, order, limit = LARGEST_PAGE }) => ({
		method: 'GET',
		url: path,
		qs: { ...query, limit: Math.min(limit, LARGEST_PAGE), order },
	}),
	result({ body }) {
		const rows = rowsOf(body);
		return rows && reading(rows.map(toMessageResult), rows);
	},
	paging: { wanted: ({ limit }) => limit, next: nextPage, idOf: ({ id }) => textOrNull(id) },
};

export const list: NodeOperation = {
	value: 'list',
	name: 'List Messages',
	action: 'List messages',
	description: 'List the messages of a conversation',
	fields: [
		workspaceField,
		conversationField,
		{
			displayName: 'Order',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Newest First', value: 'desc' },
				{ name: 'Oldest First', value: 'asc' },
			],
			default: 'desc',
		},
		...returnAllFields(),
		simplifyField,
		optionsField([], documentedLimit),
	],
	declares: {
		method: 'GET',
		url: '/v1/conversations/{conversationId}/messages',
	},
	operation: listMessages,
};
