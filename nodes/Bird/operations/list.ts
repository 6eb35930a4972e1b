import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { VendorAnswer } from '../../delivery/http/vendorApi';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type ItemScope, type Operation, reading } from '../../delivery/run/operation';
import { returnAllOrLimit } from '../../delivery/run/paging';
import { optionsField, returnAllFields, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { withoutBlanks } from '../../input/blank';
import { type Draft, optionsOf } from '../../input/draft';
import { isPlainObject } from '../../input/json';
import { textOrNull } from '../../message/messageResult';
import { birdApi, DECLARED_WORKSPACE, documentedLimit, workspacePath } from '../api';
import { channelField, channelPath } from '../channel';
import { buildChannelIds, buildFilters, channelsFilter, filtersField } from '../listFilters';
import { optionalId } from '../../input/id';
import { toDetailedResult } from '../results';

/** Source: docs.bird.com, api-reference/messaging: limit of a list of messages. */
const LARGEST_PAGE = 1000;
/** What Bird, and so the option, calls the place of a page. */
const PAGE_TOKEN = 'pageToken';

interface Wanted {
	path: string;
	limit: number | undefined;
	filters: IDataObject;
	/** Set where the user pages by hand: the token of the one page to read, empty for the first. */
	page: { token: string } | undefined;
}

const listMessages: Operation<Wanted> = {
	api: birdApi,
	kind: 'read',
	input: readWanted,
	request: ({ path: url, limit = LARGEST_PAGE, filters, page }) => ({
		method: 'GET',
		url,
		qs: {
			limit: Math.min(limit, LARGEST_PAGE),
			...filters,
			...(page?.token ? { [PAGE_TOKEN]: page.token } : {}),
		},
		// Bird documents lists in the query as repeated keys.
		arrayFormat: 'repeat',
	}),
	result(answer, { page }) {
		const { body } = answer;
		if (!isPlainObject(body) || !Array.isArray(body.results)) return undefined;
		const messages = (body.results as unknown[]).filter(isPlainObject);
		const more = page ? { nextPageToken: nextPageToken(answer) } : {};
		return reading(
			messages.map((message) => ({ ...toDetailedResult(message), ...more })),
			messages.map((message) => ({ ...message, ...more })),
		);
	},
	paging: {
		wanted: ({ limit }) => limit,
		next(answer, request, { page }) {
			const token = nextPageToken(answer);
			if (page !== undefined || token === null) return undefined;
			return { ...request, qs: { ...request.qs, [PAGE_TOKEN]: token } };
		},
		idOf: ({ id }) => textOrNull(id),
	},
};

/** Source: docs.bird.com, api-reference/messaging: if it is missing, there is nothing more. */
function nextPageToken({ body }: VendorAnswer): string | null {
	return isPlainObject(body) ? textOrNull(body.nextPageToken) : null;
}

/** @throws InvalidInput naming the field that cannot be used */
function readWanted(draft: Draft, { credentials }: ItemScope): Wanted {
	const filters = isPlainObject(draft.filters) ? draft.filters : {};
	const shared = {
		limit: returnAllOrLimit(draft),
		filters: buildFilters(filters, draft.workflowTimezone),
		page: readPage(optionsOf(draft)),
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

function readPage(options: IDataObject): Wanted['page'] {
	if (!Object.hasOwn(options, PAGE_TOKEN)) return undefined;
	return { token: optionalId('Page Token', options[PAGE_TOKEN]) ?? '' };
}

const pageTokenOption: INodeProperties = {
	displayName: 'Page Token',
	name: PAGE_TOKEN,
	type: 'string',
	default: '',
	placeholder: 'e.g. eyJpZCI6IjEifQ',
	description:
		'To page by hand: reads one page, of as many messages as the Limit says and at most 1,000, and adds nextPageToken to each of them. Leave it empty for the first page, and give the nextPageToken of a page to get the one after it. It is null on the last page.',
};

export const list: NodeOperation = {
	value: 'list',
	name: 'List Messages',
	action: 'List messages',
	description: 'Read the messages of a channel or of the whole workspace',
	fields: [
		{
			displayName: 'Message Scope',
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
		optionsField([pageTokenOption], documentedLimit),
	],
	declares: { method: 'GET', url: `=${DECLARED_WORKSPACE}/channels/messages` },
	operation: listMessages,
};
