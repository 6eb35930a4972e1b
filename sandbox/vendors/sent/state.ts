import type { Answer, Call, Room } from '../../core/vendor';
import {
	type Contact,
	type Template,
	demoContacts,
	demoTemplates,
	makeContact,
	organizationId,
	senders,
	talkativeContactId,
} from './demo';

export type Channel = 'sms' | 'whatsapp' | 'rcs' | 'mms';

export interface MessageEvent {
	status: string;
	timestamp: string;
	description: string | null;
	reason?: Reason;
	scheduledAt?: string;
}

/** Why a message does not arrive. */
export interface Reason {
	/** As in the history of a message. */
	description: string;
	/** As in events and on the message: a stable code, and a sentence for people. */
	code: string;
	sentence: string;
}

export interface Message {
	id: string;
	customerId: string;
	contact: Contact;
	phone: string;
	/** The channel that was asked for; null leaves the choice to Sent. */
	asked: Channel | null;
	/** Null while the automatic choice is open. */
	channel: Channel | null;
	direction: 'OUTBOUND' | 'INBOUND';
	status: string;
	createdAt: string;
	text: string;
	template: Template | null;
	hasMedia: boolean;
	scheduledAt: string | null;
	/** Why it ends badly, by the status with which it does. */
	reasons: Record<string, Reason>;
	events: MessageEvent[];
	/** From 1; more when it is resent. */
	attempt: number;
	/** How often it was billed. */
	billed: number;
	foreignSender: boolean;
}

/** The first answer to an Idempotency-Key; no answer yet while the request is in progress. */
export interface Replay {
	answer?: Answer;
	at: number;
}

export interface State {
	contacts: Map<string, Contact>;
	contactsByPhone: Map<string, Contact>;
	templates: Template[];
	/** In the order in which they came. */
	messages: Map<string, Message>;
	replays: Map<string, Replay>;
	/** Authentication failures in a row, by the key that was presented. */
	authFailures: Map<string, { count: number; lockedUntil: number }>;
}

export type SentCall = Call<State>;
export type SentRoom = Room<State>;

/** Without fractions of a second, as the vendor writes time. */
export const isoSeconds = (ms = Date.now()): string =>
	new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

export function createState(): State {
	const contacts = demoContacts();
	const state: State = {
		contacts: new Map(contacts.map((contact) => [contact.id, contact])),
		contactsByPhone: new Map(contacts.map((contact) => [contact.format_e164, contact])),
		templates: demoTemplates(),
		messages: new Map(),
		replays: new Map(),
		authFailures: new Map(),
	};
	addConversation(state);
	return state;
}

/** Longer than the longest page. */
const conversationLength = 130;

function addConversation(state: State): void {
	const contact = state.contacts.get(talkativeContactId) as Contact;
	const began = Date.parse('2026-01-10T08:00:00Z');
	for (let number = 1; number <= conversationLength; number++) {
		const inbound = number % 2 === 0;
		const status = inbound ? 'RECEIVED' : 'DELIVERED';
		const createdAt = isoSeconds(began + number * 60_000);
		const id = `5e9d0b00-0000-4000-8000-${String(number).padStart(12, '0')}`;
		state.messages.set(id, {
			id,
			customerId: organizationId,
			contact,
			phone: contact.format_e164,
			asked: 'sms',
			channel: 'sms',
			direction: inbound ? 'INBOUND' : 'OUTBOUND',
			status,
			createdAt,
			text: `Earlier message ${number}`,
			template: null,
			hasMedia: false,
			scheduledAt: null,
			reasons: {},
			events: [{ status, timestamp: createdAt, description: null }],
			attempt: 1,
			billed: inbound ? 0 : 1,
			foreignSender: false,
		});
	}
}

/** A number that was no contact before becomes one. */
export function contactFor(state: State, phone: string, newId: () => string): Contact {
	let contact = state.contactsByPhone.get(phone);
	if (!contact) {
		contact = makeContact(newId(), phone, {}, isoSeconds());
		state.contacts.set(contact.id, contact);
		state.contactsByPhone.set(phone, contact);
	}
	return contact;
}

/** What is the same for every message that is sent: it has gone nowhere yet. */
export const unsent = () => ({
	direction: 'OUTBOUND' as const,
	status: 'QUEUED',
	createdAt: isoSeconds(),
	reasons: {},
	events: [],
	attempt: 1,
	billed: 0,
});

/** `sent` stands for the automatic choice: as the request has it, and as messages show it while it is open. */
export const shownChannel = ({ channel }: Pick<Message, 'channel'>): Channel | 'sent' =>
	channel ?? 'sent';

export const senderOf = (channel: Channel | null): string => senders[channel ?? 'sms'];
