import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { DeliveryFailure } from '../delivery/http/outcome';
import { path } from '../delivery/http/path';
import type { VendorRequest } from '../delivery/http/vendorApi';
import type { ItemTransport, People } from '../delivery/run/operation';
import { picker, uuidShape } from '../fields/picker';
import { showFor } from '../fields/show';
import { type Draft, optionsOf } from '../input/draft';
import { requireUuid } from '../input/id';
import { InvalidInput } from '../input/invalidInput';
import { readCountry } from '../input/country';
import { requirePhones, toE164 } from '../input/phone';
import { dataOf, sentApi } from './api';

/** Source: README of sentdm/n8n-nodes-sent: recipients of one request. */
export const MOST_RECIPIENTS = 1000;

export const contactField: INodeProperties = picker({
	displayName: 'Contact',
	name: 'contactId',
	description: 'The contact to send to',
	searchMethod: 'searchContacts',
	idPlaceholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
	idShape: uuidShape,
});

/** Where a message of API v3 goes. */
export const recipientFields: INodeProperties[] = [
	{
		displayName: 'Recipient Type',
		name: 'recipientBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Contact',
				value: 'contact',
				description: 'A contact that Sent knows; its number is looked up first',
			},
			{ name: 'Phone Number', value: 'phone', description: 'One or more phone numbers' },
		],
		default: 'phone',
	},
	...showFor({ recipientBy: ['phone'] }, [
		{
			displayName: 'Recipients',
			name: 'recipients',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155550123',
			description:
				'At most 1,000, separated by commas or lines. Each gets a message and a result of its own.',
			hint: 'One or more phone numbers, each with + and the country code',
		},
	]),
	...showFor({ recipientBy: ['contact'] }, [contactField]),
];

/** @throws InvalidInput when it is no UUID */
export function requireContact({ contactId }: IDataObject): string {
	return requireUuid('Contact', contactId, 'Pick a contact from the list, or enter its ID.');
}

/** Who gets a v3 message: numbers, or a contact whose number is still to be looked up. */
export type Recipients = { numbers: string[] } | { contactId: string };

/** @throws InvalidInput naming the field that cannot be sent to */
export function readRecipients(draft: Draft): Recipients {
	if (draft.recipientBy === 'contact') return { contactId: requireContact(draft) };
	const country = readCountry(optionsOf(draft).defaultCountry);
	const unique = [...new Set(requirePhones('Recipients', draft.recipients, country))];
	if (unique.length <= MOST_RECIPIENTS) return { numbers: unique };
	throw new InvalidInput(
		'Recipients',
		`holds ${unique.length} numbers`,
		`Sent takes at most ${MOST_RECIPIENTS} in one request. Use Bulk Send, which makes as many requests as it takes.`,
	);
}

/** The numbers as far as they are known. */
export function recipientNumbers(recipients: Recipients): string[] {
	return 'numbers' in recipients ? recipients.numbers : [];
}

/** Each number gets a message of its own. That of a contact is known once it has been looked up. */
export const sentPeople: People<{ recipients: Recipients; content: IDataObject }> = {
	of({ recipients }, request) {
		if ('numbers' in recipients) return recipients.numbers.map((number) => [number]);
		const numbers = request?.body?.to as string[];
		return numbers.map((number) => [number, recipients.contactId]);
	},
	without: (message, names) => ({
		...message,
		recipients: {
			numbers: recipientNumbers(message.recipients).filter((number) => !names.has(number)),
		},
	}),
};

/**
 * Looks up the phone number of the contact that a v3 message goes to: API v3 sends to numbers only.
 * Source: docs.sent.dm, GET /v3/contacts/{id}: format_e164, phone_number.
 *
 * @throws DeliveryFailure where Sent knows no number
 */
export async function resolveContact(
	{ recipients }: { recipients: Recipients },
	request: VendorRequest,
	transport: ItemTransport,
): Promise<VendorRequest> {
	if (!('contactId' in recipients)) return request;
	const { contactId } = recipients;
	const answer = await transport.send(
		{ method: 'GET', url: path`/v3/contacts/${contactId}` },
		{ kind: 'read', isReadable: (read) => dataOf(read) !== undefined },
	);
	const contact = dataOf(answer) ?? {};
	const phone = toE164(contact.format_e164) ?? toE164(contact.phone_number);
	if (phone === undefined) throw numberlessContact(contactId);
	return { ...request, body: { ...request.body, to: [phone] } };
}

function numberlessContact(id: string): DeliveryFailure {
	return new DeliveryFailure(
		`Sent knows no phone number of the contact ${id}`,
		'Nothing was sent. Choose another contact, or send to a phone number.',
		{ provider: sentApi.provider, code: null, httpCode: null, outcome: 'not_sent', vendor: {} },
	);
}
