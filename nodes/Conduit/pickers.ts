import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { path } from '../delivery/http/path';
import { templateName } from '../fields/templateName';
import { chosen, emptyList, matching } from '../fields/chosen';
import { listPage } from '../delivery/http/listPage';
import { isPlainObject } from '../input/json';
import { textOrNull } from '../message/messageResult';
import { conduitApi, rowsOf } from './api';
import { channelsOf, isOfType } from './channel';
import { nextCursor } from './paging';

const PAGE = 50;
const CHOOSE_WORKSPACE = emptyList('Choose a Workspace First');
const CHOOSE_CONTACT = emptyList('Choose a Contact First');

/** Source: docs.conduit.ai, introduction. The fields besides the id are not documented. */
export async function searchWorkspaces(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const rows = rowsOf(await get(this, '/v1/workspaces')) ?? [];
	return {
		results: matching(
			filter,
			rows.map((row) => item(row.name ?? row.company_name, row)),
		),
	};
}

/** Source: docs.conduit.ai, contacts/list and contacts/search. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const workspaceId = await workspaceOf(this);
	if (workspaceId === undefined) return CHOOSE_WORKSPACE;
	const query = filter?.trim() ?? '';
	const body = await get(this, query === '' ? '/v1/contacts' : '/v1/contacts/search', {
		workspace_id: workspaceId,
		limit: PAGE,
		...(query === '' ? {} : { query }),
		...(paginationToken ? { cursor: paginationToken } : {}),
	});
	return {
		results: (rowsOf(body) ?? []).map((row) => item(fullName(row), row)),
		paginationToken: nextCursor(body),
	};
}

export async function searchChannelNodes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await channelNodes(this, filter, () => true);
}

export async function searchWhatsappNodes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await channelNodes(this, filter, (node) => isOfType(node, 'whatsapp'));
}

async function channelNodes(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	fits: (node: IDataObject) => boolean,
): Promise<INodeListSearchResult> {
	const contact = await chosenContact(context);
	if (contact === undefined) return CHOOSE_CONTACT;
	const nodes = (channelsOf(contact) ?? []).filter(fits);
	if (nodes.length === 0) return emptyList('This Contact Has No Such Channel');
	return {
		results: matching(
			filter,
			nodes.map((node) => item(`${String(node.type)}: ${String(node.value)}`, node)),
		),
	};
}

/** Those that fit the chosen channel node, or all where none does or none was chosen. */
export async function searchSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const nodeId = chosen(this, 'channelNodeId');
	const contact = nodeId === undefined ? undefined : await chosenContact(this);
	const node = channelsOf(contact)?.find(({ id }) => id === nodeId);
	const kind = chosen(this, 'channelBy') === 'type' ? chosen(this, 'channelType') : undefined;
	return await senders(this, filter, (sender) => {
		const channel = String(sender.channel);
		if (kind !== undefined) return channel === kind;
		return node === undefined || isOfType(node, channel);
	});
}

export async function searchWhatsappSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await senders(this, filter, ({ channel }) => channel === 'whatsapp');
}

/** Source: docs.conduit.ai, workspaces/senders: not paged. */
async function senders(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	fits: (sender: IDataObject) => boolean,
): Promise<INodeListSearchResult> {
	const workspaceId = await workspaceOf(context);
	if (workspaceId === undefined) return CHOOSE_WORKSPACE;
	const all = rowsOf(await get(context, path`/v1/workspaces/${workspaceId}/senders`)) ?? [];
	const fitting = all.filter(fits);
	const items = (fitting.length > 0 ? fitting : all).map((sender) => {
		const { display_name: name, value, channel, is_default: isDefault } = sender;
		const about = `${String(channel)}${isDefault === true ? ', default' : ''}`;
		return item(`${String(name ?? value)}: ${String(value)} (${about})`, sender);
	});
	return { results: matching(filter, items) };
}

/** Source: docs.conduit.ai, workspaces/whatsapp-templates: only approved ones can be sent. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const workspaceId = await workspaceOf(this);
	if (workspaceId === undefined) return CHOOSE_WORKSPACE;
	const items = (await templatesOf(this, workspaceId))
		.filter(({ status }) => status === 'approved')
		.map((template) => ({
			name: templateName(
				String(template.friendly_name ?? template.content_sid),
				String(template.language),
				textOrNull(template.body),
			),
			value: String(template.content_sid),
		}));
	return { results: matching(filter, items) };
}

export async function templatesOf(
	context: ILoadOptionsFunctions,
	workspaceId: string,
): Promise<IDataObject[]> {
	return rowsOf(await get(context, path`/v1/workspaces/${workspaceId}/whatsapp-templates`)) ?? [];
}

export async function searchTickets(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await tickets(this, filter, paginationToken, ({ id }) => id);
}

/** Conduit documents no list of conversations, but tickets name theirs. */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await tickets(this, filter, paginationToken, ({ conversation_id: id }) => id);
}

/** Source: docs.conduit.ai, tickets/list. */
async function tickets(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	cursor: string | undefined,
	idOf: (ticket: IDataObject) => unknown,
): Promise<INodeListSearchResult> {
	const workspaceId = await workspaceOf(context);
	if (workspaceId === undefined) return CHOOSE_WORKSPACE;
	const body = await get(context, '/v1/tickets', {
		workspace_id: workspaceId,
		limit: PAGE,
		order: 'desc',
		...(cursor ? { cursor } : {}),
	});
	const items = (rowsOf(body) ?? []).map((ticket) => ({
		name: `${String(ticket.subject ?? ticket.last_message_preview ?? ticket.id)} (${String(ticket.status)})`,
		value: String(idOf(ticket)),
	}));
	const once = items.filter(
		({ value }, index) => items.findIndex((other) => other.value === value) === index,
	);
	return { results: matching(filter, once), paginationToken: nextCursor(body) };
}

/** The workspace to list from: the chosen one, the chosen contact's, or the only one there is. */
export async function workspaceOf(context: ILoadOptionsFunctions): Promise<string | undefined> {
	const own = chosen(context, 'workspaceId');
	if (own !== undefined) return own;
	const contact = await chosenContact(context);
	if (typeof contact?.workspace_id === 'string') return contact.workspace_id;
	const workspaces = rowsOf(await get(context, '/v1/workspaces')) ?? [];
	return workspaces.length === 1 ? String(workspaces[0].id) : undefined;
}

/** Source: docs.conduit.ai, contacts/get. */
async function chosenContact(context: ILoadOptionsFunctions): Promise<IDataObject | undefined> {
	const contactId = chosen(context, 'contactId');
	if (contactId === undefined) return undefined;
	const workspaceId = chosen(context, 'workspaceId');
	const { data } = await get(
		context,
		path`/v1/contacts/${contactId}`,
		workspaceId === undefined ? {} : { workspace_id: workspaceId },
	);
	return isPlainObject(data) ? data : {};
}

async function get(
	context: ILoadOptionsFunctions,
	url: string,
	qs: IDataObject = {},
): Promise<IDataObject> {
	return await listPage(context, conduitApi, { method: 'GET', url, qs });
}

function item(name: unknown, row: IDataObject): INodeListSearchItems {
	const id = String(row.id);
	return { name: typeof name === 'string' && name.trim() !== '' ? name : id, value: id };
}

function fullName({ first_name: first, last_name: last }: IDataObject): string {
	return [first, last].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
