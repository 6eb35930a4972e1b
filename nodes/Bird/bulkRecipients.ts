import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../fields/show';
import { requireEmail } from '../input/email';
import { optionsOf } from '../input/draft';
import { readCountry } from '../input/country';
import { requirePhone } from '../input/phone';
import { requireId, requireUuid } from '../input/id';
import {
	EMAIL_KEY,
	identifierContact,
	identifierKeyField,
	PHONE_KEY,
	recipientByField,
} from './recipients';

/** How the recipients of a bulk are named. Each message goes to one of them. */
export const bulkRecipientFields: INodeProperties[] = [
	recipientByField,
	...showFor({ recipientBy: ['identifier'] }, [identifierKeyField]),
];

/** @throws InvalidInput for what cannot be a recipient */
export function bulkRecipient(value: unknown, draft: IDataObject): string {
	switch (draft.recipientBy) {
		case 'email':
			return requireEmail('Recipient', value);
		case 'contact':
			return requireUuid('Recipient', value, "Give the ID of a contact in Bird's list.");
		case 'identifier':
			return requireId('Recipient', value, 'Give what identifies the person on the channel.');
		default:
			return requirePhone('Recipient', value, readCountry(optionsOf(draft).defaultCountry));
	}
}

export function buildBulkContact(draft: IDataObject, recipient: string): IDataObject {
	switch (draft.recipientBy) {
		case 'email':
			return { identifierKey: EMAIL_KEY, identifierValue: recipient, type: 'to' };
		case 'contact':
			return { id: recipient };
		case 'identifier':
			return identifierContact(draft, recipient);
		default:
			return { identifierKey: PHONE_KEY, identifierValue: recipient };
	}
}
