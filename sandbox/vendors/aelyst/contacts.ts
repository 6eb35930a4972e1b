import { channels } from './channels';

export interface Contact {
	id: number;
	firstName: string;
	lastName: string | null;
	phone: string | null;
	email: string | null;
	language: string | null;
	profilePic: string | null;
	countryCode: string | null;
	custom_fields: Array<{ name: string; value: string | null }>;
	status: 'open' | 'closed' | 'blocked';
	tags: string[];
	assignee: { id: number; firstName: string; lastName: string; email: string } | null;
	lifecycle: string | null;
	created_at: number;
	isBlocked: boolean;
}

/** A channel through which a contact can be reached; times are Unix seconds. */
export interface ContactChannel {
	channelId: number;
	lastMessageTime: number | null;
	lastIncomingMessageTime: number | null;
}

export interface ContactRecord {
	contact: Contact;
	channels: ContactChannel[];
	/** Those that can be sent through and are in no list. */
	unlisted?: ContactChannel[];
}

/** What the magic contacts do; see index.ts. */
export const magic = {
	/** Contact id: how many sends are answered 449 before one is taken. */
	inQueue: new Map([
		[44901, 1],
		[44903, 3],
		[44999, Infinity],
	]),
	/** Contact id: the status that refuses every send. */
	refused: new Map([
		[40300, 403],
		[50000, 500],
	]),
	/** Contact id: why an accepted message ends as failed. */
	failing: new Map([[50001, 'Message undeliverable']]),
};

const hour = 3600;
const bulkContacts = 1000;

/** Written now, an hour ago, three days ago; never. */
type Age = 'open' | 'closed' | 'never';

function talked(channelId: number, age: Age, now: number, order = 0): ContactChannel {
	if (age === 'never') {
		return { channelId, lastMessageTime: null, lastIncomingMessageTime: null };
	}
	const incoming = now - (age === 'open' ? hour : 72 * hour) - order;
	return { channelId, lastMessageTime: incoming, lastIncomingMessageTime: incoming };
}

function contact(id: number, firstName: string, more: Partial<Contact> = {}): Contact {
	return {
		id,
		firstName,
		lastName: null,
		phone: null,
		email: null,
		language: 'en',
		profilePic: null,
		countryCode: 'MY',
		custom_fields: [],
		status: 'open',
		tags: [],
		assignee: null,
		lifecycle: null,
		created_at: 1663274081 + id,
		isBlocked: false,
		...more,
	};
}

/** All contacts, in the order of their ids. `now` in Unix seconds. */
export function createContacts(now: number): ContactRecord[] {
	const records: ContactRecord[] = [
		{
			// Reached by each of the vendor's own example identifiers.
			contact: contact(123, 'Aisyah', {
				lastName: 'Rahman',
				phone: '+60121233112',
				email: 'abdc@gmail.com',
				tags: ['vip'],
				lifecycle: 'Customer',
				custom_fields: [{ name: 'Company Website', value: 'https://example.com' }],
				assignee: {
					id: 701,
					firstName: 'Sam',
					lastName: 'Lee',
					email: 'user701@example.com',
				},
			}),
			channels: channels.map(({ id }, index) => talked(id, 'open', now, index)),
			unlisted: [talked(0, 'open', now)],
		},
		{
			contact: contact(124, 'Window', { lastName: 'Closed', phone: '+60121233124' }),
			channels: [talked(551174, 'closed', now), talked(551177, 'closed', now, 1)],
		},
		{
			contact: contact(125, 'Mail', { lastName: 'Only', email: 'mail.only@example.com' }),
			channels: [talked(551177, 'open', now)],
		},
		{
			contact: contact(126, 'No', { lastName: 'Channel', phone: '+60121233126' }),
			channels: [],
		},
		{
			contact: contact(127, 'Never', { lastName: 'Wrote', phone: '+60121233127' }),
			channels: [talked(551174, 'never', now)],
		},
		{
			contact: contact(128, 'Social', { lastName: 'Closed' }),
			channels: [talked(551175, 'closed', now), talked(551178, 'closed', now, 1)],
		},
	];
	for (let number = 1; number <= bulkContacts; number++) {
		const name = String(number).padStart(4, '0');
		records.push({
			contact: contact(1000 + number, 'Contact', {
				lastName: name,
				phone: `+6012400${name}`,
				email: `contact${name}@example.com`,
			}),
			channels: [talked(551174, 'open', now), talked(551177, 'open', now, 1)],
		});
	}
	const strange = [...magic.refused.keys(), ...magic.inQueue.keys(), ...magic.failing.keys()];
	for (const id of strange.sort((a, b) => a - b)) {
		records.push({
			contact: contact(id, 'Magic', { lastName: String(id), phone: `+601219${id}` }),
			channels: [talked(551174, 'open', now)],
		});
	}
	return records;
}

export interface User {
	id: number;
	firstName: string;
	lastName: string;
	email: string;
	role: 'agent' | 'manager' | 'owner';
	team: { id: number; name: string } | null;
	restrictions: string[];
}

export const users: readonly User[] = Array.from({ length: 12 }, (_, index) => ({
	id: 701 + index,
	firstName: ['Sam', 'Noor', 'Kim', 'Ravi'][index % 4] as string,
	lastName: 'Lee',
	email: `user${701 + index}@example.com`,
	role: index === 0 ? 'owner' : index < 3 ? 'manager' : 'agent',
	team: index % 2 ? { id: 31, name: 'Support' } : null,
	restrictions: [],
}));
