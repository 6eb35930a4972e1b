import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { DeliveryFailure } from '../../delivery/http/outcome';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, reading } from '../../delivery/run/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { isBlank } from '../../input/blank';
import { type Draft, optionsOf } from '../../input/draft';
import { requireWhole } from '../../input/number';
import { textOrNull } from '../../message/messageResult';
import { conduitApi, documentedLimit, rowsOf, toMessageResult } from '../api';
import { requireId } from '../ids';
import { LARGEST_PAGE, nextPage } from '../paging';
import { conversationField, conversationPath } from '../thread';
import { workspaceField, workspaceQuery } from '../workspace';

const DEFAULT_SEARCHED = 1000;

const searchOption: INodeProperties = {
	displayName: 'Messages to Search',
	name: 'mostSearched',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_SEARCHED,
	description: `How many of the newest messages are searched at most. Each request reads ${LARGEST_PAGE}.`,
};

interface Wanted {
	path: string;
	query: IDataObject;
	messageId: string;
	mostSearched: number;
}

/** Conduit has no call for one message, so it is looked for in its conversation, newest first. */
const findMessage: Operation<Wanted> = {
	api: conduitApi,
	kind: 'read',
	input: (draft) => ({
		path: conversationPath(draft.conversationId),
		query: workspaceQuery(draft),
		messageId: requireId(
			'Message ID',
			draft.messageId,
			'Enter the ID that Send Message gave as messageId.',
		),
		mostSearched: mostSearched(draft),
	}),
	request: ({ path, query, mostSearched: most }) => ({
		method: 'GET',
		url: path,
		qs: { ...query, limit: Math.min(most, LARGEST_PAGE), order: 'desc' },
	}),
	result({ body }) {
		const rows = rowsOf(body);
		return rows && reading(rows);
	},
	paging: {
		wanted: ({ mostSearched: most }) => most,
		next: (answer, request, wanted) =>
			find(rowsOf(answer.body) ?? [], wanted) ? undefined : nextPage(answer, request, wanted),
		idOf: ({ id }) => textOrNull(id),
	},
	async finish({ results: rows }, wanted) {
		const found = find(rows, wanted);
		if (found === undefined) throw notFound(rows.length, wanted);
		return await Promise.resolve(reading([toMessageResult(found)], [found]));
	},
};

function find(rows: IDataObject[], { messageId }: Wanted): IDataObject | undefined {
	return rows.find(({ id }) => id === messageId);
}

/** @throws InvalidInput for a number that makes no sense */
function mostSearched(draft: Draft): number {
	const { mostSearched: most } = optionsOf(draft);
	return isBlank(most) ? DEFAULT_SEARCHED : requireWhole('Messages to Search', most, { min: 1 });
}

function notFound(searched: number, { messageId, mostSearched: most }: Wanted): DeliveryFailure {
	return new DeliveryFailure(
		`Conduit has no message ${messageId} among the ${searched} newest of the conversation`,
		searched < most
			? 'That is the whole conversation: check the Message ID and the Conversation.'
			: 'If it is older, raise Messages to Search under Options.',
		{
			provider: conduitApi.provider,
			code: 'not_found',
			httpCode: null,
			outcome: 'rejected',
			vendor: {},
		},
		{ cause: 'configuration-invalid' },
	);
}

export const get: NodeOperation = {
	value: 'get',
	name: 'Get Message',
	action: 'Get a message',
	description: 'Find a message in its conversation',
	fields: [
		workspaceField,
		conversationField,
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. yh7t5azsr0zpfpyf67vtce0j6n844y1e',
			description: 'The ID that Send Message gave as messageId',
		},
		simplifyField,
		optionsField([searchOption], documentedLimit),
	],
	declares: {
		method: 'GET',
		url: '/v1/conversations/{conversationId}/messages',
	},
	operation: findMessage,
};
