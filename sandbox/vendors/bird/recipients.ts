import { randomUUID } from 'node:crypto';

import { type Contact, makeContact } from './demo';
import type { BirdState, PartyContact, Recipient } from './state';

/** Which identifier keys a platform sends to, and what their values look like. */
const identifiers: Record<string, Record<string, RegExp>> = {
	sms: { phonenumber: /^\+[1-9]\d{6,14}$/ },
	whatsapp: { phonenumber: /^\+[1-9]\d{6,14}$/, whatsappbsuid: /./, whatsappusername: /./ },
	email: { emailaddress: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
};

const countries: Array<[prefix: string, code: string]> = [
	['+1', 'US'],
	['+31', 'NL'],
	['+44', 'GB'],
	['+48', 'PL'],
	['+49', 'DE'],
];

/** What is wrong with a recipient on this platform, by the field it is wrong in. */
export function recipientProblem(
	recipient: Recipient,
	platform: string,
	state: BirdState,
): [field: string, reason: string] | undefined {
	if (recipient.id !== undefined) {
		const contact = state.contacts.get(recipient.id);
		if (!contact) return ['.id', 'contact not found'];
		if (!identifierFor(contact, platform)) return ['', `contact has no identifier for ${platform}`];
		return undefined;
	}
	const { key, value } = addressOf(recipient);
	if (value === undefined) return ['', 'one of id, identifierValue, identifiers is required'];
	const known = identifiers[platform];
	if (!known) return undefined;
	const pattern = key === undefined ? Object.values(known)[0] : known[key];
	if (!pattern) return ['.identifierKey', `identifier key "${key}" is unsupported on ${platform}`];
	if (!pattern.test(value)) return ['.identifierValue', `"${value}" is not valid on ${platform}`];
	return undefined;
}

/** The recipient as messages show it; a contact is made for an identifier that is not known yet. */
export function resolve(recipient: Recipient, platform: string, state: BirdState): PartyContact {
	const contact = findContact(recipient, platform, state);
	const found = identifierFor(contact, platform) ?? contact.featuredIdentifiers[0];
	const asked = addressOf(recipient);
	const identifierValue = asked.value ?? found?.value ?? '';
	const country = countries.find(([prefix]) => identifierValue.startsWith(prefix));
	return {
		id: contact.id,
		identifierKey: asked.key ?? found?.key ?? defaultKey(platform),
		identifierValue,
		...(recipient.type && { type: recipient.type }),
		...(country && { countryCode: country[1] }),
		platformAddress: recipient.platformAddress ?? identifierValue,
		annotations: { name: contact.computedDisplayName },
	};
}

/** The contact that a recipient is, if there is one yet. */
export function contactIdOf(
	recipient: Recipient,
	platform: string,
	state: BirdState,
): string | undefined {
	if (recipient.id !== undefined) return recipient.id;
	const { key = defaultKey(platform), value = '' } = addressOf(recipient);
	return state.contactIds.get(`${key} ${value}`);
}

/** Where a recipient is written to, as far as the request says it. */
export const addressIn = (recipient: Recipient): string => addressOf(recipient).value ?? '';

function findContact(recipient: Recipient, platform: string, state: BirdState): Contact {
	const byId = recipient.id === undefined ? undefined : state.contacts.get(recipient.id);
	if (byId) return byId;
	const { key = defaultKey(platform), value = '' } = addressOf(recipient);
	const known = state.contactIds.get(`${key} ${value}`);
	if (known) return state.contacts.get(known) as Contact;
	const contact = makeContact(randomUUID(), value, [{ key, value }], new Date().toISOString());
	state.contacts.set(contact.id, contact);
	state.contactIds.set(`${key} ${value}`, contact.id);
	return contact;
}

const defaultKey = (platform: string): string =>
	Object.keys(identifiers[platform] ?? {})[0] ?? `${platform}id`;

function identifierFor(
	contact: Contact,
	platform: string,
): Contact['featuredIdentifiers'][number] | undefined {
	const keys = Object.keys(identifiers[platform] ?? {});
	return keys.length === 0
		? contact.featuredIdentifiers[0]
		: contact.featuredIdentifiers.find(({ key }) => keys.includes(key));
}

function addressOf(recipient: Recipient): { key?: string; value?: string } {
	const first = recipient.identifiers?.[0];
	return {
		key: recipient.identifierKey ?? first?.identifierKey,
		value: recipient.identifierValue ?? first?.identifierValue ?? recipient.platformAddress,
	};
}
