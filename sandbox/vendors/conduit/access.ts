import { Refusal } from '../../core/refusal';
import type { Answer, Identity } from '../../core/vendor';
import { type Workspace, workspaces } from './account';
import type { ConduitCall, ContactRecord, Ticket } from './state';

/** What a token may do. */
export interface Token extends Identity {
	canWrite: boolean;
	workspaces: string[];
}

export const failure = (status: number, error: string): Answer => ({ status, body: { error } });

export function refuse(error: string, status = 400): never {
	throw new Refusal(failure(status, error));
}

/** The documented text of an error; all others are assumptions. */
export const invalidWorkspace = 'Invalid workspace id';

/** The workspace, if it exists and the token may use it. */
export function openWorkspace(call: ConduitCall, id: unknown): Workspace {
	const workspace = workspaces.find((one) => one.id === id);
	if (!workspace) return refuse(invalidWorkspace);
	if (!(call.identity as Token).workspaces.includes(workspace.id)) {
		refuse('API token does not have access to this workspace', 403);
	}
	return workspace;
}

/** What the path names, if it is in a workspace that the token may use. */
function open(call: ConduitCall, what: string, record: ContactRecord | undefined): ContactRecord {
	const { workspace_id: override } = call.query;
	if (override !== undefined) openWorkspace(call, override);
	if (!record || (override ?? record.contact.workspace_id) !== record.contact.workspace_id) {
		return refuse(`${what} not found`, 404);
	}
	openWorkspace(call, record.contact.workspace_id);
	return record;
}

const idOf = (call: ConduitCall): string => call.params.id ?? '';

export const openContact = (call: ConduitCall): ContactRecord =>
	open(call, 'Contact', call.state.contacts.get(idOf(call)));

export const openConversation = (call: ConduitCall): ContactRecord =>
	open(call, 'Conversation', call.state.conversations.get(idOf(call)));

export function openTicket(call: ConduitCall): Ticket {
	const ticket = call.state.tickets.get(idOf(call));
	open(call, 'Ticket', ticket?.contact);
	return ticket as Ticket;
}

/** The workspace whose allowance a request uses up; undefined when it concerns none. */
export function workspaceOf({ path, query, params, state }: ConduitCall): string | undefined {
	if (typeof query.workspace_id === 'string') return query.workspace_id;
	const id = params.id ?? '';
	const record =
		state.contacts.get(id) ?? state.conversations.get(id) ?? state.tickets.get(id)?.contact;
	if (record) return record.contact.workspace_id;
	return path.startsWith('/v1/workspaces/') ? id : undefined;
}
