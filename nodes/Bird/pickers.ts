import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { matching } from '../fields/chosen';
import { templateName } from '../fields/templateName';
import { listPage } from '../delivery/http/listPage';
import type { VendorRequest } from '../delivery/http/vendorApi';
import { isEmail } from '../input/email';
import { toE164 } from '../input/phone';
import { birdApi, workspacePath } from './api';
import { EMAIL_KEY, PHONE_KEY } from './recipients';
import { latestText } from './template/layout';

/** Source: docs.bird.com, api-reference/channels-management: limit of a list of channels. */
const LARGEST_CHANNEL_PAGE = 1000;
/** Source: docs.bird.com, contacts-api and touchpoints-api: limit of lists there. */
const LARGEST_PAGE = 100;
/** Half of the reads that Bird takes a second, because each template is read by itself. */
const TEMPLATES_A_PAGE = 25;
/** A name is looked for in so many pages at a time; the editor then asks for more by itself. */
const PAGES_A_SEARCH = 5;

/** Channels, each with its platform and identifier. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, 'channels', LARGEST_CHANNEL_PAGE, channelItem, filter, paginationToken);
}

/** Contacts. Bird finds one by phone number or email address; names are looked for page by page. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const identifier = paginationToken === undefined ? identifierIn(filter) : undefined;
	if (identifier !== undefined) {
		const { results } = await page(this, {
			method: 'POST',
			url: 'contacts/search',
			body: { identifier },
		});
		if (results.length > 0) return { results: results.map(contactItem) };
	}
	return await search(this, 'contacts', LARGEST_PAGE, contactItem, filter, paginationToken);
}

/**
 * Templates of Bird Studio, which Bird searches itself. What one says stands with its versions only,
 * so that each is read.
 * Source: docs.bird.com, touchpoints-api/api-reference/projects.
 */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { results, next } = await page(this, {
		method: 'GET',
		url: 'projects',
		qs: {
			type: ['channelTemplate', 'htmlEmail'],
			limit: TEMPLATES_A_PAGE,
			...(filter ? { q: filter } : {}),
			...(paginationToken ? { pageToken: paginationToken } : {}),
		},
		arrayFormat: 'repeat',
	});
	const items = results.map(async (project) =>
		templateItem(project, await latestText(this, String(project.id))),
	);
	return { results: await Promise.all(items), paginationToken: next };
}

/** With the status of a channel that is not active, for Bird refuses to send through it. */
function channelItem(channel: IDataObject): INodeListSearchItems {
	const identity = [channel.platformId, channel.identifier].filter(Boolean).join(' ');
	const isActive = channel.status === undefined || channel.status === 'active';
	const about = isActive ? identity : `${identity}, ${String(channel.status)}`;
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

function templateItem(project: IDataObject, text: string | null): INodeListSearchItems {
	const platforms = Array.isArray(project.supportedPlatforms) ? project.supportedPlatforms : [];
	const title = String(project.name ?? project.id);
	const name = platforms.length > 0 ? templateName(title, platforms.join(', '), text) : title;
	return { name, value: String(project.id) };
}

function identifierIn(filter: string | undefined): { key: string; value: string } | undefined {
	const phone = toE164(filter);
	if (phone !== undefined) return { key: PHONE_KEY, value: phone };
	const text = filter?.trim();
	return isEmail(text) ? { key: EMAIL_KEY, value: text } : undefined;
}

/** Reads on until something matches, so that the list is not empty while there is more to read. */
async function search(
	context: ILoadOptionsFunctions,
	collection: string,
	limit: number,
	toItem: (entry: IDataObject) => INodeListSearchItems,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	let pageToken = paginationToken;
	for (let read = 1; ; read++) {
		const { results, next } = await page(context, {
			method: 'GET',
			url: collection,
			qs: { limit, ...(pageToken ? { pageToken } : {}) },
		});
		const found = matching(filter, results.map(toItem));
		if (found.length > 0 || next === undefined || read === PAGES_A_SEARCH) {
			return { results: found, paginationToken: next };
		}
		pageToken = next;
	}
}

/** @param request its URL within the workspace */
async function page(
	context: ILoadOptionsFunctions,
	request: VendorRequest,
): Promise<{ results: IDataObject[]; next: string | undefined }> {
	const credentials = await context.getCredentials(birdApi.credential);
	const url = `${workspacePath(credentials)}/${request.url}`;
	const body = await listPage(context, birdApi, { ...request, url });
	return {
		results: Array.isArray(body.results) ? (body.results as IDataObject[]) : [],
		next: typeof body.nextPageToken === 'string' ? body.nextPageToken : undefined,
	};
}
