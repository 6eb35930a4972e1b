import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { path } from '../delivery/http/path';
import { chosen, emptyList, matching } from '../fields/chosen';
import { templateName } from '../fields/templateName';
import { listPage } from '../delivery/http/listPage';
import type { VendorRequest } from '../delivery/http/vendorApi';
import { InvalidInput } from '../input/invalidInput';
import { aelystApi, itemsOf, nextCursor } from './api';
import {
	type Channel,
	channelName,
	hasWindow,
	isFacebook,
	isWhatsapp,
	takesPayload,
	windowClosesAt,
} from './channel';
import { contactOf, contactPath } from './contact';
import { isApproved, templateKey, toDefinition, textOf } from './template/definition';

/** Source: developers.aelyst.ai: lists give up to 100 a page. */
const PAGE = 100;
const CONTACT_FIELDS = ['contactBy', 'contactId', 'email', 'identifier', 'phone'];

type Picker = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

export const searchChannels = channelSearch(() => true);
export const searchPayloadChannels = channelSearch(takesPayload);
export const searchWhatsappChannels = channelSearch(isWhatsapp);
export const searchFacebookChannels = channelSearch(isFacebook);

/** The channels of the workspace; for a contact that is chosen, with what its own tell. */
function channelSearch(fits: (channel: Channel) => boolean): Picker {
	return async function (filter, paginationToken) {
		const request: VendorRequest = { method: 'GET', url: '/space/channel' };
		const { items, next } = await page(this, request, PAGE, paginationToken);
		const fitting = items.filter(fits);
		if (fitting.length === 0 && paginationToken === undefined && next === undefined) {
			return emptyList('The Workspace Has No Such Channel');
		}
		const ofContact = await contactChannels(this);
		const results = fitting.map((channel) => ({
			name: `${channelName(channel)}${contactHint(channel, ofContact, Date.now())}`,
			value: String(channel.id),
		}));
		return { results: matching(filter, results), paginationToken: next };
	};
}

/** Only for hints, so that a contact which cannot be read keeps nobody from choosing a channel. */
async function contactChannels(context: ILoadOptionsFunctions): Promise<Channel[] | undefined> {
	const contact = chosenContact(context);
	if (contact === undefined) return undefined;
	const request: VendorRequest = { method: 'GET', url: `${contactPath(contact)}/channels` };
	return await page(context, request, PAGE).then(
		({ items }) => items,
		() => undefined,
	);
}

export function contactHint(
	channel: Channel,
	ofContact: Channel[] | undefined,
	now: number,
): string {
	if (ofContact === undefined) return '';
	const own = ofContact.find(({ id }) => id === channel.id);
	if (own === undefined) return ', not used by this contact';
	return hasWindow(channel) ? `, ${windowHint(own, now)}` : '';
}

/** Outside the window only templates reach the contact, or tagged texts where there are tags. */
function windowHint(channel: Channel, now: number): string {
	const left = windowClosesAt(channel) - now;
	if (left <= 0) return '24-hour window closed';
	const minutes = Math.ceil(left / 60_000);
	const time = minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
	return `24-hour window open for ${time}`;
}

/** Source: developers.aelyst.ai, listcontacts: an empty filter lets all through. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { items, next } = await page(
		this,
		{
			method: 'POST',
			url: '/contact/list',
			body: { search: filter?.trim() ?? '', timezone: 'UTC', filter: { $and: [] } },
		},
		PAGE,
		paginationToken,
	);
	return { results: items.map(contactItem), paginationToken: next };
}

function contactItem(contact: IDataObject): INodeListSearchItems {
	const { id, firstName, lastName, phone, email } = contact;
	const name = [firstName, lastName].filter(Boolean).join(' ');
	const about = phone ?? email;
	return {
		name: [name || String(id), about ? `(${String(about)})` : ''].join(' ').trim(),
		value: String(id),
	};
}

export const searchTemplates = templateSearch('channelId');
export const searchTemplatesInstead = templateSearch('templateChannelId');

/** Source: developers.aelyst.ai, listchannels: only approved templates can be sent. */
function templateSearch(channelField: string): Picker {
	return async function (filter, paginationToken) {
		const channelId = chosen(this, channelField);
		if (channelId === undefined) return emptyList('Choose a Channel First');
		const url = path`/space/channel/${channelId}/template`;
		const { items, next } = await page(this, { method: 'GET', url }, PAGE, paginationToken);
		const results = items
			.map(toDefinition)
			.filter((definition) => definition !== undefined)
			.filter(isApproved)
			.map((definition) => ({
				name: templateName(definition.name, definition.languageCode, textOf(definition)),
				value: templateKey(definition),
			}));
		return { results: matching(filter, results), paginationToken: next };
	};
}

/** The contact that stands in the other fields, if it can be told in the editor. */
function chosenContact(context: ILoadOptionsFunctions): string | undefined {
	const draft = Object.fromEntries(CONTACT_FIELDS.map((name) => [name, chosen(context, name)]));
	try {
		return contactOf(draft as IDataObject);
	} catch (error) {
		if (error instanceof InvalidInput) return undefined;
	}
	return undefined;
}

export async function page(
	context: ILoadOptionsFunctions,
	request: VendorRequest,
	limit: number,
	cursorId?: string,
): Promise<{ items: IDataObject[]; next: string | undefined }> {
	const qs = { limit, ...(cursorId ? { cursorId } : {}) };
	const body = await listPage(context, aelystApi, { ...request, qs });
	return { items: itemsOf(body) ?? [], next: nextCursor(body) };
}
