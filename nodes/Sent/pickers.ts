import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { path } from '../delivery/http/path';
import { chosen, matching } from '../fields/chosen';
import { listPage } from '../delivery/http/listPage';
import { templateName } from '../fields/templateName';
import { nothingChosen } from '../fields/variables';
import { textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';
import { sentApi } from './api';
import { isTemplateId } from './template';

/** Source: docs.sent.dm, pagination: pages from 1, at most 100 entries, both parameters required. */
const PAGE_SIZE = 100;

/**
 * Approved templates: no others can be sent. Sent tells their variables and not their texts.
 * Source: GET /v3/templates.
 */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const filters = { status: 'APPROVED', ...searched(filter) };
	const { entries, next } = await page(this, 'templates', filters, paginationToken);
	return {
		results: entries.map((template) => ({
			name: templateName(
				String(template.name),
				String(template.language),
				variablesOf(template)
					.map((name) => `{{${name}}}`)
					.join(' '),
			),
			value: String(template.id),
		})),
		paginationToken: next,
	};
}

/** Contacts, which have no names. Source: GET /v3/contacts. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { entries, next } = await page(this, 'contacts', searched(filter), paginationToken);
	return { results: entries.map(contactItem), paginationToken: next };
}

function contactItem(contact: IDataObject): INodeListSearchItems {
	const phone = contact.format_international ?? contact.format_e164 ?? contact.phone_number;
	const about = contact.opt_out === true ? ' (opted out)' : '';
	return { name: `${String(phone ?? contact.id)}${about}`, value: String(contact.id) };
}

/**
 * The conversations with the newest messages. Source: GET /v3/conversations, which lists messages
 * in spite of its name, newest first. Each conversation is shown once, so the token carries those
 * that earlier pages have shown.
 */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const [token, ...shown] = paginationToken?.split(' ') ?? [];
	const { entries, next } = await page(this, 'conversations', {}, token, 'messages');
	const found = new Map<string, string>();
	for (const message of entries) {
		const id = String(message.contact_id);
		if (shown.includes(id) || found.has(id)) continue;
		found.set(id, String(message.phone_international ?? message.phone ?? id));
	}
	const items = [...found].map(([value, name]) => ({ name, value }));
	return {
		results: matching(filter, items),
		paginationToken: next === undefined ? undefined : [next, ...shown, ...found.keys()].join(' '),
	};
}

/**
 * The account's own senders on the channel that was chosen beside the field.
 * Source: GET /v3/channels/sms (a bare list) and GET /v3/channels (WhatsApp, RCS).
 */
export async function searchSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const channel = chosen(this, '&channel') ?? 'sms';
	// MMS leaves from the numbers that SMS has; no list of its own is documented.
	const items = ['sms', 'mms'].includes(channel)
		? await smsSenders(this)
		: await channelSender(this, channel);
	return { results: matching(filter, items) };
}

async function smsSenders(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	const { data } = await get(context, '/v3/channels/sms');
	return asList(data).flatMap(({ sender_value: sender, country, status }) => {
		const value = textOrNull(sender);
		const about = [country, status].filter(Boolean).join(', ');
		return value === null ? [] : [{ name: `${value} (${about})`, value }];
	});
}

async function channelSender(
	context: ILoadOptionsFunctions,
	channel: string,
): Promise<INodeListSearchItems[]> {
	const { data } = await get(context, '/v3/channels');
	const setup = isPlainObject(data) && isPlainObject(data[channel]) ? data[channel] : {};
	const value = textOrNull(setup.phone_number);
	return value === null ? [] : [{ name: value, value }];
}

/** A field for each variable of the chosen template. Source: GET /v3/templates/{id}: variables. */
export async function getTemplateVariables(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const template = chosen(this, 'template');
	if (template === undefined) return nothingChosen('a template');
	const found = isTemplateId(template)
		? (await get(this, path`/v3/templates/${template}`)).data
		: (await page(this, 'templates', { search: template })).entries.find(
				({ name }) => name === template,
			);
	if (!isPlainObject(found)) {
		return { fields: [], emptyFieldsNotice: `Sent has no template named ${template}.` };
	}
	return {
		fields: variablesOf(found).map(variableField),
		emptyFieldsNotice: 'This template has no variables.',
	};
}

function variablesOf({ variables }: IDataObject): string[] {
	return Array.isArray(variables) ? variables.map(String) : [];
}

function variableField(name: string): ResourceMapperField {
	return {
		id: name,
		displayName: name,
		required: true,
		defaultMatch: false,
		display: true,
		type: 'string',
	};
}

const searched = (filter: string | undefined) => (filter?.trim() ? { search: filter.trim() } : {});

const asList = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isPlainObject) : [];

async function get(context: ILoadOptionsFunctions, url: string, qs: IDataObject = {}) {
	return await listPage(context, sentApi, { method: 'GET', url, qs });
}

async function page(
	context: ILoadOptionsFunctions,
	collection: string,
	filters: IDataObject,
	token?: string,
	key = collection,
): Promise<{ entries: IDataObject[]; next: string | undefined }> {
	const number = Number(token ?? 1);
	const qs = { page: number, page_size: PAGE_SIZE, ...filters };
	const { data } = await get(context, `/v3/${collection}`, qs);
	const found = isPlainObject(data) ? data : {};
	const pagination = isPlainObject(found.pagination) ? found.pagination : {};
	return {
		entries: asList(found[key]),
		next: pagination.has_more === true ? String(number + 1) : undefined,
	};
}
