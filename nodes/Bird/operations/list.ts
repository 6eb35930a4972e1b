import type { IDataObject } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type ItemScope, type Operation, reading } from '../../delivery/run/operation';
import { returnAllOrLimit } from '../../delivery/run/paging';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { withoutBlanks } from '../../input/blank';
import type { Draft } from '../../input/draft';
import { isPlainObject } from '../../input/json';
import { textOrNull } from '../../message/messageResult';
import { birdApi, DECLARED_WORKSPACE, documentedLimit, workspacePath } from '../api';
import { channelField, channelPath } from '../channel';
import { buildChannelIds, buildFilters, channelsFilter, filtersField } from '../listFilters';
import { toDetailedResult } from '../results';

/** Source: docs.bird.com, api-reference/messaging: limit of a list of messages. */
const LARGEST_PAGE = 1000;

interface Wanted {
	path: string;
	limit: number | undefined;
	filters: IDataObject;
}

const listMessages: Operation<Wanted> = {
	api: birdApi,
	kind: 'read',
	input: readWanted,
	request: ({ path: url, limit = LARGEST_PAGE, filters }) => ({
		method: 'GET',
		url,
		qs: { limit: Math.min(limit, LARGEST_PAGE), ...filters },
		// Bird documents lists in the query as repeated keys.
		arrayFormat: 'repeat',
	}),
	result({ body }) {
		if (!isPlainObject(body) || !Array.isArray(body.results)) return undefined;
		const messages = (body.results as unknown[]).filter(isPlainObject);
		return reading(
			messages.map((message) => toDetailedResult(message)),
			messages,
		);
	},
	paging: {
		wanted: ({ limit }) => limit,
		/** Source: docs.bird.com, common-api-usage: no nextPageToken means that there is nothing more. */
		next({ body }, request) {
			const pageToken = isPlainObject(body) ? textOrNull(body.nextPageToken) : null;
			return pageToken === null ? undefined : { ...request, qs: { ...request.qs, pageToken } };
		},
		idOf: ({ id }) => textOrNull(id),
	},
};

/** @throws InvalidInput naming the field that cannot be used */
function readWanted(draft: Draft, { credentials }: ItemScope): Wanted {
	const filters = isPlainObject(draft.filters) ? draft.filters : {};
	const shared = {
		limit: returnAllOrLimit(draft),
		filters: buildFilters(filters, draft.workflowTimezone),
	};
	if (draft.listScope !== 'workspace') {
		return { ...shared, path: `${channelPath(draft, credentials)}/messages` };
	}
	const channelId = buildChannelIds(draft.channelIds);
	return {
		...shared,
		path: `${workspacePath(credentials)}/channels/messages`,
		filters: { ...shared.filters, ...withoutBlanks({ channelId }) },
	};
}

export const list: NodeOperation = {
	value: 'list',
	name: 'List Messages',
	action: 'List messages',
	description: 'Read the messages of a channel or of the whole workspace',
	fields: [
		{
			displayName: 'Messages Of',
			name: 'listScope',
			type: 'options',
			options: [
				{ name: 'One Channel', value: 'channel', description: 'Messages of the chosen channel' },
				{
					name: 'Whole Workspace',
					value: 'workspace',
					description: 'Messages of all channels, or of those you name',
				},
			],
			default: 'channel',
		},
		...showFor({ listScope: ['channel'] }, [channelField]),
		...showFor({ listScope: ['workspace'] }, [channelsFilter]),
		...returnAllFields(),
		filtersField,
		simplifyField,
		optionsField([], documentedLimit),
	],
	declares: { method: 'GET', url: `=${DECLARED_WORKSPACE}/channels/messages` },
	operation: listMessages,
};
