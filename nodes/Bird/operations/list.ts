import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import { type Paging, returnAllOrLimit } from '../../delivery/run/paging';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { isPlainObject } from '../../input/json';
import { birdApi, documentedLimit, toDetailedResult, workspacePath } from '../api';
import { channelField, channelPath } from '../channel';
import { buildChannelIds, buildFilters, channelsFilter, filtersField } from '../listFilters';

/** Source: docs.bird.com, api-reference/messaging: limit of a list of messages. */
const LARGEST_PAGE = 1000;

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
	execute: deliver({
		api: birdApi,
		kind: 'read',
		build(draft, credentials): IHttpRequestOptions {
			const filters = isPlainObject(draft.filters) ? draft.filters : {};
			const query = {
				limit: Math.min(returnAllOrLimit(draft) ?? LARGEST_PAGE, LARGEST_PAGE),
				...buildFilters(filters, draft.workflowTimezone),
			};
			// Bird documents lists in the query as repeated keys.
			const shared = { method: 'GET', arrayFormat: 'repeat' } as const;
			if (draft.listScope !== 'workspace') {
				return { ...shared, url: `${channelPath(draft, credentials)}/messages`, qs: query };
			}
			const channelId = buildChannelIds(draft.channelIds);
			return {
				...shared,
				url: `${workspacePath(credentials)}/channels/messages`,
				qs: channelId.length > 0 ? { ...query, channelId } : query,
			};
		},
		read({ body }, draft) {
			if (!isPlainObject(body) || !Array.isArray(body.results)) return undefined;
			const messages = body.results as IDataObject[];
			return draft.simplify === false
				? messages
				: messages.map((message) => toDetailedResult(message));
		},
		paging: paging(),
	}),
};

/** Source: docs.bird.com, common-api-usage: no nextPageToken means that there is nothing more. */
function paging(): Paging {
	return {
		wanted: returnAllOrLimit,
		next({ body }, request) {
			const token = isPlainObject(body) ? body.nextPageToken : undefined;
			if (typeof token !== 'string' || token === '') return undefined;
			return { ...request, qs: { ...(request.qs as IDataObject), pageToken: token } };
		},
	};
}
