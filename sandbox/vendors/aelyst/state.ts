import type { Call, Room } from '../../core/vendor';
import { type Channel, channelById } from './channels';
import { type ContactChannel, type ContactRecord, createContacts, magic } from './contacts';
import { notFound, refuse } from './errors';

export interface StatusEntry {
	value: string;
	timestamp: number;
	message?: string;
}

export interface Message {
	messageId: number;
	channelMessageId: number;
	contactId: number;
	channelId: number;
	traffic: 'outgoing' | 'incoming';
	message: Record<string, unknown> & { type: string };
	status?: StatusEntry[];
	sender: { source: string; userId: number | null; teamId: number | null } | null;
}

export interface State {
	/** By id, in the order of ids. */
	contacts: Map<number, ContactRecord>;
	/** Identifiers such as `phone:+60…`: contact id. */
	identifiers: Map<string, number>;
	messages: Map<number, Message>;
	/** Message ids by contact, oldest first. */
	threads: Map<number, number[]>;
	/** 449 answers that are still to come, by contact. */
	inQueue: Map<number, number>;
	/** Why a message fails once its status advances. */
	failures: Map<number, string>;
	/** Contact ids. */
	optedOut: Set<number>;
	nextMessageId: number;
}

export type AelystCall = Call<State>;
export type AelystRoom = Room<State>;

/** The id of the vendor's example; the first message that is sent gets it. */
const firstMessageId = 1262965213;
/** Messages of contact 123 at the start: more than the longest page. */
const earlierMessages = 65;

export const seconds = (ms = Date.now()): number => Math.floor(ms / 1000);

export function createState(): State {
	const records = createContacts(seconds());
	const state: State = {
		contacts: new Map(records.map((record) => [record.contact.id, record])),
		identifiers: new Map(),
		messages: new Map(),
		threads: new Map(),
		inQueue: new Map(magic.inQueue),
		failures: new Map(),
		optedOut: new Set(),
		nextMessageId: firstMessageId - 1000,
	};
	for (const { contact } of records) {
		state.identifiers.set(`id:${contact.id}`, contact.id);
		if (contact.phone) state.identifiers.set(`phone:${contact.phone}`, contact.id);
		if (contact.email) state.identifiers.set(`email:${contact.email.toLowerCase()}`, contact.id);
	}
	const began = seconds() - 4 * 24 * 3600;
	for (let number = 0; number < earlierMessages; number++) {
		const at = began + number * 60;
		const outgoing = number % 2 === 1;
		addMessage(state, {
			contactId: 123,
			channelId: 551174,
			traffic: outgoing ? 'outgoing' : 'incoming',
			message: { type: 'text', text: `Earlier message ${number + 1}` },
			...(outgoing && {
				status: ['pending', 'sent', 'delivered', 'read'].map((value) => ({
					value,
					timestamp: at,
				})),
			}),
			sender: outgoing ? { source: 'user', userId: 701, teamId: null } : null,
		});
	}
	state.nextMessageId = firstMessageId;
	return state;
}

export function addMessage(
	state: State,
	message: Omit<Message, 'messageId' | 'channelMessageId'>,
): Message {
	const messageId = state.nextMessageId++;
	const stored: Message = { messageId, channelMessageId: messageId + 7_000_000, ...message };
	state.messages.set(messageId, stored);
	const thread = state.threads.get(message.contactId);
	if (thread) thread.push(messageId);
	else state.threads.set(message.contactId, [messageId]);
	return stored;
}

const identifierForms = [/^id:\d+$/, /^email:[^@\s]+@[^@\s]+\.[^@\s]+$/, /^phone:\+[1-9]\d{6,14}$/];

export function findContact(state: State, identifier: string): ContactRecord {
	if (!identifierForms.some((form) => form.test(identifier))) {
		refuse(`identifier ${identifier} is none of id:123, email:a@b.c, phone:+60121233112`);
	}
	const key = identifier.startsWith('email:') ? identifier.toLowerCase() : identifier;
	const record = state.contacts.get(state.identifiers.get(key) ?? -1);
	return record ?? notFound('Contact');
}

/** The contact that the path names. */
export const contactOf = (call: AelystCall): ContactRecord =>
	findContact(call.state, call.params.identifier ?? '');

/**
 * The channel to use: the one that is named, or the one that the contact used last. The contact has
 * to have it.
 */
export function channelOf(
	record: ContactRecord,
	channelId: number | null | undefined,
): { channel: Channel; link: ContactChannel } {
	const link = channelId == null ? lastUsed(record) : linkTo(record, channelId);
	const channel = channelById(link.channelId);
	return channel ? { channel, link } : refuse(`channel ${link.channelId} does not exist`);
}

function linkTo(record: ContactRecord, channelId: number): ContactChannel {
	if (!channelById(channelId)) refuse(`channel ${channelId} does not exist`);
	const links = [...record.channels, ...(record.unlisted ?? [])];
	const link = links.find((one) => one.channelId === channelId);
	return link ?? refuse(`contact ${record.contact.id} does not have channel ${channelId}`);
}

function lastUsed(record: ContactRecord): ContactChannel {
	let last: ContactChannel | undefined;
	for (const link of record.channels) {
		if ((link.lastMessageTime ?? 0) > (last?.lastMessageTime ?? 0)) last = link;
	}
	return last ?? refuse(`contact ${record.contact.id} used no channel yet`);
}
