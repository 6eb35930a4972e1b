import type { INodeProperties } from 'n8n-workflow';

import { path } from '../delivery/http/path';
import { picker } from '../fields/picker';
import { showFor } from '../fields/show';
import { type Draft, optionsOf } from '../input/draft';
import { InvalidInput } from '../input/invalidInput';
import { isEmail, requireEmail } from '../input/email';
import { readCountry } from '../input/country';
import { requirePhone, toE164 } from '../input/phone';
import { requireId } from '../input/id';
import { shown } from '../input/shown';

/** Source: the owner's page of sendmessage: id:123 | email:abdc@gmail.com | phone:+60121233112. */
export const IDENTIFIER_KINDS = ['id', 'email', 'phone'] as const;
type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

export interface Identifier {
	kind: IdentifierKind;
	value: string;
}

const EXAMPLES = 'id:123, email:ana@example.com or phone:+60121233112';

/** What names a contact: shown for one, and for each of many. */
export const identifierKindOptions = [
	{ name: 'Contact ID', value: 'id', description: 'The number by which Aelyst knows the contact' },
	{ name: 'Email Address', value: 'email' },
	{
		name: 'Identifier',
		value: 'identifier',
		description: `Any of them with its prefix: ${EXAMPLES}`,
	},
	{ name: 'Phone Number', value: 'phone' },
];

/** The contact that an operation is about. */
export const contactFields: INodeProperties[] = [
	{
		displayName: 'Contact Identifier Type',
		name: 'contactBy',
		type: 'options',
		options: identifierKindOptions,
		default: 'phone',
	},
	...showFor({ contactBy: ['id'] }, [
		picker({
			displayName: 'Contact',
			name: 'contactId',
			description: 'The contact, from the list or by its ID',
			searchMethod: 'searchContacts',
			idPlaceholder: 'e.g. 123',
			idShape: { regex: '^\\s*\\d+\\s*$', errorMessage: 'Not a contact ID. It is a number.' },
		}),
	]),
	...showFor({ contactBy: ['phone'] }, [
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +60121233112',
			hint: 'With + and the country code. Spaces, dashes and brackets do not matter.',
		},
	]),
	...showFor({ contactBy: ['email'] }, [
		{
			displayName: 'Email Address',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ana@example.com',
		},
	]),
	...showFor({ contactBy: ['identifier'] }, [
		{
			displayName: 'Identifier',
			name: 'identifier',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. phone:+60121233112',
			hint: `One of ${EXAMPLES}`,
		},
	]),
];

/**
 * The contact of a draft, as Aelyst identifies it, such as phone:+60121233112.
 *
 * @throws InvalidInput naming the field that cannot identify a contact
 */
export function contactOf(draft: Draft): string {
	const country = readCountry(optionsOf(draft).defaultCountry);
	switch (draft.contactBy) {
		case 'id':
			return identifierFrom('id', 'Contact', draft.contactId);
		case 'email':
			return identifierFrom('email', 'Email Address', draft.email);
		case 'identifier':
			return identifierFrom('identifier', 'Identifier', draft.identifier, country);
		default:
			return identifierFrom('phone', 'Phone Number', draft.phone, country);
	}
}

/** @throws InvalidInput naming the field that cannot identify a contact */
export function identifierFrom(
	kind: unknown,
	field: string,
	value: unknown,
	country?: string,
): string {
	switch (kind) {
		case 'id':
			return `id:${requireContactId(field, value)}`;
		case 'email':
			return `email:${requireEmail(field, value)}`;
		case 'identifier': {
			const identifier = parseIdentifier(field, value, country);
			return `${identifier.kind}:${identifier.value}`;
		}
		default:
			return `phone:${requirePhone(field, value, country)}`;
	}
}

/** @throws InvalidInput for a prefix that is missing or wrong, or a value that does not fit it */
export function parseIdentifier(field: string, value: unknown, country?: string): Identifier {
	const text = requireId(field, value, `Enter ${EXAMPLES}.`);
	const [, prefix, rest] = /^([A-Za-z]+):(.*)$/s.exec(text) ?? [];
	const kind = IDENTIFIER_KINDS.find((known) => known === prefix?.toLowerCase());
	if (kind === undefined) {
		const problem =
			prefix === undefined ? 'has no prefix' : `has the unknown prefix ${shown(`${prefix}:`)}`;
		const guess = guessIdentifier(prefix === undefined ? text : rest);
		const cure = guess === undefined ? `Write ${EXAMPLES}.` : `Write ${guess}.`;
		throw new InvalidInput(field, `${shown(text)} ${problem}`, cure);
	}
	switch (kind) {
		case 'id':
			return { kind, value: requireContactId(field, rest) };
		case 'email':
			return { kind, value: requireEmail(field, rest) };
		case 'phone':
			return { kind, value: requirePhone(field, rest, country) };
	}
}

/** What somebody who left out the prefix probably meant. */
function guessIdentifier(text: string): string | undefined {
	const trimmed = text.trim();
	const phone = toE164(trimmed);
	if (phone !== undefined) return `phone:${phone}`;
	if (isEmail(trimmed)) return `email:${trimmed}`;
	return /^\d+$/.test(trimmed) ? `id:${trimmed}` : undefined;
}

function requireContactId(field: string, value: unknown): string {
	const cure = 'Pick a contact, or enter its ID, which is a number such as 123.';
	const id = requireId(field, value, cure);
	if (/^[1-9]\d*$/.test(id)) return id;
	const isOther = isEmail(id) || toE164(id) !== undefined;
	throw new InvalidInput(
		field,
		`${shown(id)} is not the ID of a contact`,
		isOther ? 'Choose Email Address or Phone Number instead of Contact ID.' : cure,
	);
}

/** The path of a contact. The prefix stays as it is, what follows is encoded. */
export function contactPath(identifier: string): string {
	const { kind, value } = parseIdentifier('Identifier', identifier);
	switch (kind) {
		case 'id':
			return path`/contact/id:${value}`;
		case 'email':
			return path`/contact/email:${value}`;
		case 'phone':
			return path`/contact/phone:${value}`;
	}
}
