import { type Channel, type Contact, demoChannels, demoContacts } from './demo';

export interface Recipient {
	id?: string;
	identifierKey?: string;
	identifierValue?: string;
	type?: 'to' | 'cc' | 'bcc';
	identifiers?: Array<{ identifierKey: string; identifierValue: string }>;
	platformAddress?: string;
}

/** A request that fits the contract's CreateMessage. */
export interface CreateMessage {
	sender?: { connector: { identifierValue: string; annotations?: { name?: string } } };
	receiver: { contacts: Recipient[] };
	body?: { type: string; [content: string]: unknown };
	template?: Record<string, unknown>;
	reference?: string;
	replyTo?: unknown;
	tags?: string[];
	shortLinks?: unknown;
	scheduledFor?: string;
	capFrequency?: boolean;
	meta?: { extraInformation?: { useCase?: unknown }; [more: string]: unknown };
}

export interface PartyContact {
	id: string;
	identifierKey: string;
	identifierValue: string;
	type?: string;
	countryCode?: string;
	platformAddress?: string;
	annotations?: { name?: string };
}

export interface Failure {
	code: number;
	description: string;
	source: { code: string; name: string };
}

export interface Message {
	id: string;
	channelId: string;
	platformId: string;
	sender: Record<string, unknown>;
	receiver: { contacts?: PartyContact[]; connector?: { id: string; identifierValue: string } };
	body?: unknown;
	template?: unknown;
	meta?: unknown;
	replyTo?: unknown;
	shortLinks?: unknown;
	reference: string;
	parts: Array<{ platformReference?: string }>;
	status: string;
	reason: string;
	details: string;
	failure: Failure | null;
	direction: 'incoming' | 'outgoing';
	tags: string[];
	scheduledFor?: string;
	batchId: string | null;
	chargeableUnits: number;
	lastStatusAt: string;
	createdAt: string;
	updatedAt: string;
}

export interface Interaction {
	id: string;
	messageId: string;
	channelId: string;
	platformId: string;
	type: string;
	messageReference: string;
	messagePartsCount: number;
	messageTags: string[];
	receiver: Message['receiver'];
	createdAt: string;
	details: string;
	metadata: Record<string, unknown>;
}

export interface Upload {
	mediaId: string;
	contentType: string;
	fields: Record<string, string>;
}

export interface BirdState {
	channels: Map<string, Channel>;
	contacts: Map<string, Contact>;
	/** `<identifier key> <value>` → contact id. */
	contactIds: Map<string, string>;
	/** In the order in which they came. */
	messages: Map<string, Message>;
	/** By message id. */
	interactions: Map<string, Interaction[]>;
	/** Presigned and not yet used, by the object key in the bucket. */
	uploads: Map<string, Upload>;
	media: Map<string, { contentType: string; bytes: Buffer }>;
}

const byId = <T extends { id: string }>(things: T[]): Map<string, T> =>
	new Map(things.map((thing) => [thing.id, thing]));

export function createState(): BirdState {
	const contacts = demoContacts();
	return {
		channels: byId(demoChannels()),
		contacts: byId(contacts),
		contactIds: new Map(
			contacts.flatMap(({ id, featuredIdentifiers }) =>
				featuredIdentifiers.map(({ key, value }) => [`${key} ${value}`, id] as const),
			),
		),
		messages: new Map(),
		interactions: new Map(),
		uploads: new Map(),
		media: new Map(),
	};
}
