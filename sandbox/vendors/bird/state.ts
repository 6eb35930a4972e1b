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
	bodyId?: string;
	template?: unknown;
	meta?: unknown;
	replyTo?: unknown;
	shortLinks?: unknown;
	reference: string;
	platformReferenceId?: string;
	ignorePersistedEventhooks: boolean;
	parts: Array<{ platformReference?: string }>;
	status: string;
	reason: string;
	details: string;
	failure: Failure | null;
	direction: 'incoming' | 'outgoing';
	tags: string[];
	tagIds: string[];
	scheduledFor?: string;
	/** When a message that was given a time is sent. */
	sendAt?: string;
	batchId: string | null;
	chargeableUnits: number;
	lastStatusAt: string;
	createdAt: string;
}

/** How a message ends that was accepted and will not arrive. */
export interface Ending {
	status: string;
	failure: Failure;
	reason: string;
	details: string;
}

export interface Interaction {
	id: string;
	messageId: string;
	channelId: string;
	platformId: string;
	messagePartId: string | null;
	type: string;
	messageReference: string;
	messagePartsCount: number;
	messageTags: string[];
	receiver: Message['receiver'];
	createdAt: string;
	details: string;
	context: { id: string; type: string; tags: string[] };
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
	/** By message id: how it ends, where neither its number nor `advance` decides it. */
	endings: Map<string, Ending>;
	/** By name, in lower case. */
	tagIds: Map<string, string>;
	/** `<channel id> <contact id>` → when the service window ends, in ms; null: none is open. */
	windows: Map<string, number | null>;
	/** Contact ids. */
	optedOut: Set<string>;
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
		endings: new Map(),
		tagIds: new Map(),
		windows: new Map(),
		optedOut: new Set(),
		uploads: new Map(),
		media: new Map(),
	};
}
