import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { listPage } from '../fields/listPage';
import { birdApi, workspacePath } from './api';

/** Channels, each with its platform and identifier. Source: api-reference/channels-management. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { results, next } = await page(this, 'channels', 1000, paginationToken);
	return {
		results: matching(filter, results.map(channelItem)),
		paginationToken: next,
	};
}

/** Contacts. Bird cannot search by name, so what matches is looked for page by page. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { results, next } = await page(this, 'contacts', 100, paginationToken);
	return {
		results: matching(filter, results.map(contactItem)),
		paginationToken: next,
	};
}

function channelItem(channel: IDataObject): INodeListSearchItems {
	const about = [channel.platformId, channel.identifier].filter(Boolean).join(' ');
	return { name: `${String(channel.name ?? channel.id)} (${about})`, value: String(channel.id) };
}

function contactItem(contact: IDataObject): INodeListSearchItems {
	const [first] = Array.isArray(contact.featuredIdentifiers)
		? (contact.featuredIdentifiers as IDataObject[])
		: [];
	const name = String(contact.computedDisplayName ?? contact.id);
	const about = first === undefined || first.value === name ? '' : ` (${String(first.value)})`;
	return { name: `${name}${about}`, value: String(contact.id) };
}

function matching(filter: string | undefined, items: INodeListSearchItems[]) {
	const wanted = filter?.trim().toLowerCase() ?? '';
	return items.filter(({ name }) => name.toLowerCase().includes(wanted));
}

async function page(
	context: ILoadOptionsFunctions,
	collection: 'channels' | 'contacts',
	limit: number,
	pageToken?: string,
): Promise<{ results: IDataObject[]; next: string | undefined }> {
	const credentials = await context.getCredentials(birdApi.credential);
	const body = await listPage(context, birdApi, {
		method: 'GET',
		url: `${workspacePath(credentials)}/${collection}`,
		qs: { limit, ...(pageToken ? { pageToken } : {}) },
	});
	return {
		results: Array.isArray(body.results) ? (body.results as IDataObject[]) : [],
		next: typeof body.nextPageToken === 'string' ? body.nextPageToken : undefined,
	};
}
