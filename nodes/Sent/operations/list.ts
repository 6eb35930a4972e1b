import { path } from '../../delivery/http/path';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, reading } from '../../delivery/run/operation';
import { returnAllOrLimit } from '../../delivery/run/paging';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { picker } from '../../fields/picker';
import { showFor } from '../../fields/show';
import { requireId } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { textOrNull } from '../../message/messageResult';
import { dataOf, documentedReadLimit, sentApi } from '../api';
import { nextPage, PAGE_SIZE } from '../paging';
import { toMessageResult } from '../results';

interface Wanted {
	path: string;
	limit: number | undefined;
}

const listMessages: Operation<Wanted> = {
	api: sentApi,
	kind: 'read',
	input: (draft) => ({
		path:
			draft.messagesOf === 'all'
				? '/v3/conversations'
				: path`/v3/conversations/${requireConversation(draft.conversationId)}`,
		limit: returnAllOrLimit(draft),
	}),
	request: ({ path: url, limit = PAGE_SIZE }) => ({
		method: 'GET',
		url,
		qs: { page: 1, page_size: Math.min(PAGE_SIZE, limit) },
	}),
	result(answer) {
		const messages = dataOf(answer)?.messages;
		if (!Array.isArray(messages)) return undefined;
		const found = (messages as unknown[]).filter(isPlainObject);
		return reading(
			found.map((message) => toMessageResult(message)),
			found,
		);
	},
	paging: {
		wanted: ({ limit }) => limit,
		next: nextPage,
		idOf: ({ id }) => textOrNull(id),
	},
};

function requireConversation(value: unknown): string {
	return requireId('Conversation', value, 'Pick a conversation from the list, or enter its ID.');
}

export const list: NodeOperation = {
	value: 'list',
	name: 'List Messages',
	action: 'List messages',
	description: 'List the messages of a conversation or of the account, newest first',
	fields: [
		{
			displayName: 'Message Scope',
			name: 'messagesOf',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'All Conversations', value: 'all', description: 'Everything sent and received' },
				{ name: 'One Conversation', value: 'conversation', description: 'With one contact' },
			],
			default: 'conversation',
		},
		...showFor({ messagesOf: ['conversation'] }, [
			picker({
				displayName: 'Conversation',
				name: 'conversationId',
				description: 'The conversation to read',
				searchMethod: 'searchConversations',
				idPlaceholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			}),
		]),
		...returnAllFields(),
		simplifyField,
		optionsField([], documentedReadLimit),
	],
	declares: { method: 'GET', url: '/v3/conversations' },
	operation: listMessages,
};
