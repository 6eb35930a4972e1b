import type { Answer } from '../../core/vendor';
import { senders, settings, users, whatsappTemplates, workspaces } from './account';
import { type Token, openContact, openConversation, openWorkspace, refuse } from './access';
import type { ConduitCall, Contact, ContactRecord, NodeType, Ticket } from './state';

const defaultLimit = 20;

/** The cursor names the last row that was seen, so that rows added meanwhile disturb nothing. */
function page<T extends { id: string }>({ query }: ConduitCall, rows: T[]): Answer {
	const { limit = defaultLimit, cursor } = query as { limit?: number; cursor?: string };
	const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
	const start = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
	if (after !== undefined && start === 0) refuse('Invalid cursor');
	const data = rows.slice(start, start + limit);
	const hasMore = start + limit < rows.length;
	const last = data.at(-1);
	return {
		status: 200,
		body: {
			data,
			next_cursor: hasMore && last ? Buffer.from(last.id).toString('base64url') : null,
			has_more: hasMore,
		},
	};
}

const ok = (data: unknown): Answer => ({ status: 200, body: { data } });

export const listWorkspaces = (call: ConduitCall): Answer =>
	ok(workspaces.filter(({ id }) => (call.identity as Token).workspaces.includes(id)));

export function listSenders(call: ConduitCall): Answer {
	const { id } = openWorkspace(call, call.params.id);
	return ok(senders.filter((sender) => sender.workspace_id === id));
}

export function listWhatsappTemplates(call: ConduitCall): Answer {
	const { id } = openWorkspace(call, call.params.id);
	return ok(whatsappTemplates.filter((template) => template.workspace_id === id));
}

export function listUsers(call: ConduitCall): Answer {
	const { id } = openWorkspace(call, call.params.id);
	return page(call, users(id));
}

export const getSettings = (call: ConduitCall): Answer =>
	ok(settings(openWorkspace(call, call.params.id)));

/** Those that both lists of contacts can be narrowed to, the last heard of first. */
function contactsIn(call: ConduitCall): ContactRecord[] {
	const { id } = openWorkspace(call, call.query.workspace_id);
	const { archived, inbox_type_id: inbox } = call.query;
	return [...call.state.contacts.values()]
		.filter(
			({ contact }) =>
				contact.workspace_id === id &&
				(archived === undefined || contact.archived === archived) &&
				(inbox === undefined || contact.inbox_type_id === inbox),
		)
		.sort((a, b) => newestFirst(a.contact, b.contact));
}

const newestFirst = (
	a: { last_message_at: string | null },
	b: { last_message_at: string | null },
): number => (b.last_message_at ?? '').localeCompare(a.last_message_at ?? '');

/** No contact here has a follow-up, so that `sort_by` changes nothing. */
export function listContacts(call: ConduitCall): Answer {
	const rows = contactsIn(call).map(({ contact }) => contact);
	return page(call, call.query.order === 'asc' ? rows.reverse() : rows);
}

export function searchContacts(call: ConduitCall): Answer {
	const { query, field = 'any' } = call.query as { query: string; field?: string };
	const wanted = query.toLowerCase();
	const rows = contactsIn(call)
		.filter((record) =>
			searched(record, field).some((value) => value.toLowerCase().includes(wanted)),
		)
		.map(({ contact }) => contact);
	return page(call, rows);
}

function searched({ contact, nodes }: ContactRecord, field: string): string[] {
	const { first_name: first, last_name: last } = contact;
	const values = (type?: NodeType): string[] =>
		nodes.filter((node) => type === undefined || node.type === type).map(({ value }) => value);
	switch (field) {
		case 'name':
			return [`${first} ${last}`];
		case 'first_name':
			return [first];
		case 'last_name':
			return [last];
		case 'email':
			return values('unthreaded_email');
		case 'phone':
			return values('sms');
		case 'whatsapp':
			return values('whatsapp');
		case 'channel':
			return values();
		default:
			return [`${first} ${last}`, ...values()];
	}
}

export function getContact(call: ConduitCall): Answer {
	const { contact, nodes } = openContact(call);
	return ok({ ...contact, channels: nodes });
}

export function getConversation(call: ConduitCall): Answer {
	const record = openConversation(call);
	const { contact, conversationId } = record;
	const ticket = [...call.state.tickets.values()].find((one) => one.contact === record);
	return ok({
		id: conversationId,
		workspace_id: contact.workspace_id,
		contact: summary(contact),
		ticket: ticket ? { id: ticket.id, status: ticket.status } : null,
		assignee: null,
		reservation: null,
		summary: null,
		sentiment: null,
		last_message_at: contact.last_message_at,
		last_message_preview: contact.last_message_preview,
	});
}

const summary = ({ id, first_name, last_name }: Contact): Record<string, string> => ({
	id,
	first_name,
	last_name,
});

export function listConversationMessages(call: ConduitCall): Answer {
	const { messages } = openConversation(call);
	return page(call, call.query.order === 'asc' ? messages : [...messages].reverse());
}

export function listTickets(call: ConduitCall): Answer {
	const { id: workspaceId } = openWorkspace(call, call.query.workspace_id);
	const { status, inbox_type_id: inbox, waiting_on: waiting, channel, order } = call.query;
	const rows = [...call.state.tickets.values()]
		.map(row)
		.filter(
			(ticket) =>
				ticket.workspace_id === workspaceId &&
				(status === undefined || statusesOf(status).includes(ticket.status)) &&
				(inbox === undefined || ticket.inbox_type_id === inbox) &&
				(waiting === undefined || ticket.waiting_on === waiting) &&
				(channel === undefined || ticket.channel === channel),
		)
		.sort(newestFirst);
	return page(call, order === 'asc' ? rows.reverse() : rows);
}

const statusesOf = (status: unknown): unknown[] =>
	status === 'open' ? ['new', 'pending'] : [status];

const row = ({
	id,
	status,
	waiting_on,
	subject,
	contact: { contact, conversationId },
}: Ticket) => ({
	id,
	workspace_id: contact.workspace_id,
	contact_id: contact.id,
	conversation_id: conversationId,
	channel: contact.last_channel ?? 'unthreaded_email',
	status,
	waiting_on,
	inbox_type_id: contact.inbox_type_id,
	subject,
	summary: null,
	ai_paused: contact.ai_paused,
	assignee: null,
	follow_up_at: null,
	last_message_at: contact.last_message_at,
	last_message_preview: contact.last_message_preview,
	created_at: contact.created_at,
	updated_at: contact.updated_at,
	call_transcript_id: null,
});
