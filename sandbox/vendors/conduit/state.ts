import type { Call, Room } from '../../core/vendor';
import { foreign, idFor, mountain, seaside, since } from './account';

export type NodeType = 'unthreaded_email' | 'sms' | 'whatsapp';

export interface ChannelNode {
	id: string;
	type: NodeType;
	value: string;
}

/** A contact as a list shows it. */
export interface Contact {
	id: string;
	workspace_id: string;
	first_name: string;
	last_name: string;
	image_url: string | null;
	type: string;
	inbox_type_id: string | null;
	archived: boolean;
	ai_paused: boolean;
	last_channel: string | null;
	last_message_at: string | null;
	last_message_preview: string | null;
	created_at: string;
	updated_at: string;
}

export interface Message {
	id: string;
	workspace_id: string;
	conversation_id: string;
	channel: NodeType;
	body: string;
	direction: 'outbound' | 'inbound';
	status: string;
	sent_at: string;
	created_at: string;
	sender: { user_id: string | null; external_id: string | null; name: string | null } | null;
}

export interface Ticket {
	id: string;
	contact: ContactRecord;
	status: 'new' | 'pending' | 'resolved' | 'closed';
	waiting_on: 'team' | 'customer' | 'third_party' | 'none';
	subject: string;
}

/** A contact has one conversation. */
export interface ContactRecord {
	contact: Contact;
	nodes: ChannelNode[];
	conversationId: string;
	/** Oldest first. */
	messages: Message[];
}

export interface State {
	/** By contact id. */
	contacts: Map<string, ContactRecord>;
	/** By conversation id. */
	conversations: Map<string, ContactRecord>;
	tickets: Map<string, Ticket>;
	/** How many messages there ever were; their ids follow from it. */
	messageCount: number;
}

export type ConduitCall = Call<State>;
export type ConduitRoom = Room<State>;

export const inboxTypes = ['it7guests', 'it7owners'] as const;

const demoId = 'ph77c0dy0mgdpzmqz6tesry8w184002s';
const demoWhatsappNode = 'hg77c0dy0mgdpzmqz6tesry8w184002s';
const demoMessages = 45;
const bulkContacts = 150;
const ticketCount = 30;

type ContactDraft = {
	workspace: string;
	first: string;
	last: string;
	nodes: Array<[NodeType, string]>;
	more?: Partial<Contact>;
};

export function createState(): State {
	const state: State = {
		contacts: new Map(),
		conversations: new Map(),
		tickets: new Map(),
		messageCount: 0,
	};
	for (const draft of drafts()) addContact(state, draft);
	addHistory(state);
	addTickets(state);
	return state;
}

function drafts(): ContactDraft[] {
	const all: ContactDraft[] = [
		{
			workspace: seaside,
			first: 'Alex',
			last: 'Morgan',
			nodes: [
				['whatsapp', '+14155550101'],
				['unthreaded_email', 'alex@example.com'],
				['sms', '+14155550101'],
			],
			more: { id: demoId },
		},
		{
			workspace: seaside,
			first: 'Mail',
			last: 'Only',
			nodes: [['unthreaded_email', 'mail.only@example.com']],
		},
		{
			workspace: seaside,
			first: 'Two',
			last: 'Numbers',
			nodes: [
				['whatsapp', '+14155550103'],
				['whatsapp', '+14155550104'],
			],
		},
		{ workspace: seaside, first: 'No', last: 'Channel', nodes: [] },
		{
			workspace: seaside,
			first: 'Archived',
			last: 'Guest',
			nodes: [['unthreaded_email', 'archived@example.com']],
			more: { archived: true },
		},
		{
			workspace: mountain,
			first: 'Mona',
			last: 'Skier',
			nodes: [
				['whatsapp', '+14155550201'],
				['sms', '+14155550201'],
				['unthreaded_email', 'mona@example.com'],
			],
		},
		{
			workspace: foreign,
			first: 'Foreign',
			last: 'Guest',
			nodes: [['unthreaded_email', 'foreign@example.com']],
		},
	];
	for (let number = 1; number <= bulkContacts; number++) {
		const name = String(number).padStart(3, '0');
		all.push({
			workspace: seaside,
			first: 'Guest',
			last: name,
			nodes: [
				['whatsapp', `+14155551${name}`],
				['unthreaded_email', `guest${name}@example.com`],
				['sms', `+14155551${name}`],
			],
			more: { inbox_type_id: inboxTypes[number % 2] as string },
		});
	}
	return all;
}

function addContact(state: State, { workspace, first, last, nodes, more }: ContactDraft): void {
	const name = `${first} ${last}`;
	const contact: Contact = {
		id: idFor('ph7', name),
		workspace_id: workspace,
		first_name: first,
		last_name: last,
		image_url: null,
		type: 'guest',
		inbox_type_id: null,
		archived: false,
		ai_paused: false,
		last_channel: null,
		last_message_at: null,
		last_message_preview: null,
		created_at: since,
		updated_at: since,
		...more,
	};
	const record: ContactRecord = {
		contact,
		nodes: nodes.map(([type, value]) => ({
			id:
				contact.id === demoId && type === 'whatsapp'
					? demoWhatsappNode
					: idFor('hg7', `${name} ${type} ${value}`),
			type,
			value,
		})),
		// In all of the vendor's examples both ids are the same, which nobody should rely on.
		conversationId: contact.id === demoId ? contact.id : idFor('cv7', name),
		messages: [],
	};
	state.contacts.set(contact.id, record);
	state.conversations.set(record.conversationId, record);
}

function addHistory(state: State): void {
	const began = Date.parse('2026-04-03T03:15:02.000Z');
	let minute = 0;
	for (const record of state.contacts.values()) {
		const channel = record.nodes[0]?.type;
		if (!channel) continue;
		const isDemo = record.contact.id === demoId;
		for (let number = 1; number <= (isDemo ? demoMessages : 1); number++) {
			addMessage(
				state,
				record,
				{
					channel: isDemo ? 'unthreaded_email' : channel,
					body: `Earlier message ${number}`,
					...(number % 2 === 0 && {
						direction: 'outbound',
						sender: { user_id: idFor('m48', 'Alex M'), external_id: null, name: 'Alex M' },
					}),
					...(number % 2 === 1 && { direction: 'inbound' }),
				},
				began + minute++ * 60_000,
			);
		}
	}
}

function addTickets(state: State): void {
	const states = ['new', 'pending', 'resolved', 'closed'] as const;
	const waiting = ['team', 'customer', 'third_party', 'none'] as const;
	const guests = [...state.contacts.values()].filter(
		({ contact }) => contact.workspace_id === seaside && contact.first_name === 'Guest',
	);
	const demo = state.contacts.get(demoId) as ContactRecord;
	for (const [index, contact] of [demo, ...guests].slice(0, ticketCount).entries()) {
		const id = idFor('tk7', `ticket ${index}`);
		state.tickets.set(id, {
			id,
			contact,
			status: states[index % 4] as Ticket['status'],
			waiting_on: waiting[index % 4] as Ticket['waiting_on'],
			subject: `Question ${index + 1}`,
		});
	}
}

/** Outbound from the API unless said otherwise. */
export function addMessage(
	state: State,
	{ contact, conversationId, messages }: ContactRecord,
	message: Pick<Message, 'channel' | 'body'> & Partial<Message>,
	at = Date.now(),
): Message {
	const time = new Date(at).toISOString();
	const stored: Message = {
		id: idFor('yh7', `message ${++state.messageCount}`),
		workspace_id: contact.workspace_id,
		conversation_id: conversationId,
		direction: 'outbound',
		status: message.direction === 'inbound' ? 'received' : 'sent',
		sent_at: time,
		created_at: time,
		sender: null,
		...message,
	};
	messages.push(stored);
	contact.last_channel = stored.channel;
	contact.last_message_at = contact.updated_at = time;
	contact.last_message_preview = stored.body.slice(0, 100);
	return stored;
}
