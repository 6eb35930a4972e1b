import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { chosen, matching } from '../fields/chosen';
import { listPage } from '../delivery/http/listPage';
import { textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';
import { votelApi } from './api';

const LEADS_A_PAGE = 50;

/** Votel's own kinds of channels. Source: api/list-channels-api-channels-get. */
const CHANNEL_TYPES = ['email', 'sms'];

/**
 * Channels as Votel lists them for a menu: those that fit what is to be sent, the unavailable ones
 * last and with the reason.
 */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const sendAs = chosen(this, 'sendAs') ?? '';
	const { options } = await listPage(this, votelApi, {
		method: 'GET',
		url: '/api/channels',
		qs: {
			for_options: true,
			...(CHANNEL_TYPES.includes(sendAs) ? { channel_type: sendAs } : {}),
		},
	});
	const channels = entriesOf(options);
	const inOrder = [
		...channels.filter(isAvailable),
		...channels.filter((channel) => !isAvailable(channel)),
	];
	return { results: matching(filter, inOrder.map(channelItem)) };
}

function isAvailable({ status }: IDataObject): boolean {
	return status !== 'unavailable';
}

function channelItem(channel: IDataObject): INodeListSearchItems {
	const name = textOrNull(channel.name) ?? String(channel.id);
	const kind = textOrNull(channel.category);
	const reason = textOrNull(channel.disabled_reason);
	const state = isAvailable(channel) ? '' : `, unavailable${reason === null ? '' : `: ${reason}`}`;
	return { name: `${name}${kind === null ? '' : `, ${kind}`}${state}`, value: String(channel.id) };
}

/** Leads by page, searched by Votel. Source: the vendor's own client (votelai/votel-mcp). */
export async function searchLeads(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const page = Number(paginationToken ?? 1);
	const search = filter?.trim() ?? '';
	const { data, total } = await listPage(this, votelApi, {
		method: 'GET',
		url: '/api/leads',
		qs: { limit: LEADS_A_PAGE, page, ...(search === '' ? {} : { search }) },
	});
	const leads = entriesOf(data);
	const isLast = leads.length === 0 || page * LEADS_A_PAGE >= Number(total ?? 0);
	return {
		results: leads.map(leadItem),
		...(isLast ? {} : { paginationToken: String(page + 1) }),
	};
}

function leadItem(lead: IDataObject): INodeListSearchItems {
	const name = [lead.first_name, lead.last_name].filter(Boolean).join(' ');
	const address = textOrNull(lead.email) ?? textOrNull(lead.phone);
	const about = [name, address === null ? '' : name === '' ? address : `(${address})`];
	return { name: about.filter(Boolean).join(' ') || String(lead.id), value: String(lead.id) };
}

/** What filters can name: the fields of a lead. Source: the vendor's own client (votelai/votel-mcp). */
export async function getLeadFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { categories } = await listPage(this, votelApi, {
		method: 'GET',
		url: '/api/lead-fields/categories',
	});
	return entriesOf(categories)
		.flatMap((category) =>
			entriesOf(category.fields)
				.filter(({ visible }) => visible !== false)
				.map((field) => fieldOption(field, textOrNull(category.name))),
		)
		.sort((a, b) => a.name.localeCompare(b.name));
}

function fieldOption(field: IDataObject, category: string | null): INodePropertyOptions {
	const label = textOrNull(field.label) ?? String(field.field_name);
	const type = textOrNull(field.data_type);
	return {
		name: category === null ? label : `${category}: ${label}`,
		value: String(field.field_name),
		...(type === null ? {} : { description: type }),
	};
}

function entriesOf(value: unknown): IDataObject[] {
	return Array.isArray(value) ? (value as unknown[]).filter(isPlainObject) : [];
}
