import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { Draft } from '../../input/draft';
import { DeliveryFailure } from '../../delivery/http/outcome';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { InvalidInput } from '../../input/invalidInput';
import { isBlank } from '../../input/blank';
import { isPlainObject } from '../../input/json';
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

/** Conduit has no call for one message, so it is looked for in its conversation, newest first. */
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
	execute: deliver({
		api: conduitApi,
		kind: 'read',
		build(draft) {
			wantedId(draft);
			return {
				method: 'GET',
				url: conversationPath(draft.conversationId),
				qs: {
					...workspaceQuery(draft),
					limit: Math.min(mostSearched(draft), LARGEST_PAGE),
					order: 'desc',
				},
			};
		},
		paging: {
			wanted: mostSearched,
			next: (answer, request, draft) =>
				find(rowsOf(answer.body) ?? [], draft) ? undefined : nextPage(answer, request, draft),
		},
		read: ({ body }) => rowsOf(body),
		async enrich(messages, draft) {
			const found = find(messages, draft);
			if (found === undefined) throw notFound(messages.length, draft);
			return [draft.simplify === false ? found : toMessageResult(found)];
		},
	}),
};

function wantedId({ messageId }: Draft): string {
	return requireId('Message ID', messageId, 'Enter the ID that Send Message gave as messageId.');
}

function find(messages: IDataObject[], draft: Draft): IDataObject | undefined {
	const wanted = wantedId(draft);
	return messages.find(({ id }) => id === wanted);
}

/** @throws InvalidInput for a number that makes no sense */
function mostSearched({ options }: Draft): number {
	const value = isPlainObject(options) ? options.mostSearched : undefined;
	if (isBlank(value)) return DEFAULT_SEARCHED;
	const most = Number(value);
	if (Number.isInteger(most) && most >= 1) return most;
	throw new InvalidInput(
		'Messages to Search',
		`"${String(value)}" is not a whole number from 1`,
		'Enter how many messages to search.',
	);
}

function notFound(searched: number, draft: Draft): DeliveryFailure {
	return new DeliveryFailure(
		`Conduit has no message ${wantedId(draft)} among the ${searched} newest of the conversation`,
		searched < mostSearched(draft)
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
