import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { emailCopyFields } from '../fields/emailCopies';
import { picker, uuidShape } from '../fields/picker';
import { showFor } from '../fields/show';
import { isBlank, withoutBlanks } from '../input/blank';
import { InvalidInput } from '../input/invalidInput';
import { requireEmail, requireEmails } from '../input/email';
import { optionsOf } from '../input/draft';
import { readCountry } from '../input/country';
import { requirePhone } from '../input/phone';
import { optionalId, requireId, requireUuid } from '../input/id';
import { DETAIL_LABELS, recipientDetails } from './recipientDetails';

export const PHONE_KEY = 'phonenumber';
export const EMAIL_KEY = 'emailaddress';

export const recipientByField: INodeProperties = {
	displayName: 'Recipient Type',
	name: 'recipientBy',
	type: 'options',
	options: [
		{ name: 'Contact', value: 'contact', description: 'A contact that Bird knows' },
		{ name: 'Email Address', value: 'email', description: 'For email channels' },
		{
			name: 'Other Identifier',
			value: 'identifier',
			description: 'Whatever identifies people on the channel, such as a chat username',
		},
		{ name: 'Phone Number', value: 'phone', description: 'For SMS, WhatsApp and the like' },
	],
	default: 'phone',
};

export const identifierKeyField: INodeProperties = {
	displayName: 'Identifier Key',
	name: 'identifierKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. whatsappusername',
	description: 'The kind of identifier as Bird names it. Leave it empty to let the channel decide.',
};

/** Where a message goes. Source: docs.bird.com, api-reference/messaging: receiver.contacts. */
export const recipientFields: INodeProperties[] = [
	recipientByField,
	...showFor({ recipientBy: ['phone'] }, [
		{
			displayName: 'Recipient Phone Number',
			name: 'recipient',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155550123',
			hint: 'With + and the country code. Spaces, dashes and brackets do not matter.',
		},
	]),
	...showFor({ recipientBy: ['email'] }, [
		{
			displayName: 'Recipient Email',
			name: 'to',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ana@example.com',
			description: 'One or more addresses, separated by commas',
		},
		...emailCopyFields,
	]),
	...showFor({ recipientBy: ['contact'] }, [
		picker({
			displayName: 'Contact',
			name: 'contactId',
			description: 'The contact to send to',
			searchMethod: 'searchContacts',
			idPlaceholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			idShape: uuidShape,
		}),
	]),
	...showFor({ recipientBy: ['identifier'] }, [
		identifierKeyField,
		{
			displayName: 'Identifier Value',
			name: 'identifierValue',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ana.example',
		},
	]),
];

/**
 * What Bird calls the receiver of a message.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildReceiver(contacts: IDataObject[], options: IDataObject): IDataObject {
	const details = recipientDetails(options);
	const [field] = Object.keys(details);
	if (field === undefined) return { contacts };
	if (contacts.length === 1) return { contacts: [{ ...contacts[0], ...details }] };
	throw new InvalidInput(
		DETAIL_LABELS[field],
		`cannot be said of ${contacts.length} recipients at once`,
		'Send to one recipient, or leave it out.',
	);
}

/** @throws InvalidInput naming the field that cannot be sent */
export function buildContacts(draft: IDataObject): IDataObject[] {
	switch (draft.recipientBy) {
		case 'email':
			return emails(draft);
		case 'contact':
			return [{ id: requireUuid('Contact', draft.contactId, 'Pick a contact, or enter its ID.') }];
		case 'identifier':
			return [
				identifierContact(
					draft,
					requireId(
						'Identifier Value',
						draft.identifierValue,
						'Enter what identifies the person on the channel.',
					),
				),
			];
		default:
			return [phoneContact(draft)];
	}
}

/** Somebody by whatever identifies people on a channel. */
export function identifierContact(
	{ identifierKey }: IDataObject,
	identifierValue: string,
): IDataObject {
	return {
		...withoutBlanks({ identifierKey: optionalId('Identifier Key', identifierKey) }),
		identifierValue,
	};
}

function phoneContact(draft: IDataObject): IDataObject {
	const { recipient } = draft;
	const given = Array.isArray(recipient) ? recipient.filter((one) => !isBlank(one)) : [recipient];
	if (given.length > 1 || (typeof recipient === 'string' && recipient.includes(','))) {
		throw new InvalidInput(
			'Recipient Phone Number',
			'holds more than one number',
			'Bird takes several recipients for email only. Send one item each, or use Bulk Send.',
		);
	}
	return {
		identifierKey: PHONE_KEY,
		identifierValue: requirePhone(
			'Recipient Phone Number',
			given[0],
			readCountry(optionsOf(draft).defaultCountry),
		),
	};
}

function emails(draft: IDataObject): IDataObject[] {
	const to = requireEmails('Recipient Email', draft.to);
	if (to.length === 0) requireEmail('Recipient Email', undefined);
	const kinds = {
		to,
		cc: requireEmails('CC', draft.cc),
		bcc: requireEmails('BCC', draft.bcc),
	};
	return Object.entries(kinds).flatMap(([type, addresses]) =>
		addresses.map((identifierValue) => ({ identifierKey: EMAIL_KEY, identifierValue, type })),
	);
}
