import type { IHttpRequestOptions } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { Draft } from '../../input/draft';
import { returnAllOrLimit } from '../../delivery/run/paging';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { conduitApi, documentedLimit, rowsOf, toMessageResult } from '../api';
import { LARGEST_PAGE, nextPage } from '../paging';
import { conversationField, conversationPath } from '../thread';
import { workspaceField, workspaceQuery } from '../workspace';

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
	execute: deliver({
		api: conduitApi,
		kind: 'read',
		build: buildList,
		paging: { wanted: returnAllOrLimit, next: nextPage },
		read: ({ body }, { simplify }) =>
			rowsOf(body)?.map((message) => (simplify === false ? message : toMessageResult(message))),
	}),
};

/**
 * Source: docs.conduit.ai, conversations/messages.
 *
 * @throws InvalidInput naming the field that cannot be read
 */
export function buildList(draft: Draft): IHttpRequestOptions {
	const wanted = returnAllOrLimit(draft) ?? LARGEST_PAGE;
	return {
		method: 'GET',
		url: conversationPath(draft.conversationId),
		qs: {
			...workspaceQuery(draft),
			limit: Math.min(wanted, LARGEST_PAGE),
			order: draft.order === 'asc' ? 'asc' : 'desc',
		},
	};
}
