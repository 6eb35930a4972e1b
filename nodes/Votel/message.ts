import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { VendorRequest } from '../delivery/http/vendorApi';

import { picker } from '../fields/picker';
import { isBlank, withoutBlanks } from '../input/blank';
import { type Draft, optionsOf } from '../input/draft';
import { requireId } from '../input/id';
import { SEND_URL } from './api';
import { buildChannel } from './channel';
import { kindOf, KINDS_FOR_LEADS } from './kinds';
import type { Kind } from './kinds/kind';
import { buildMetadata, metadataField } from './kinds/sms';
import { buildMessageType, buildMoreData } from './sendOptions';

/** Votel's examples have it for SMS and Instagram only. */
const contactField: INodeProperties = picker({
	displayName: 'Contact',
	name: 'contactId',
	description: 'The contact in Votel that the message belongs to',
	searchMethod: 'searchLeads',
	idPlaceholder: 'e.g. 11111111-0001-0001-0001-000000000001',
	required: false,
});

/** What a message to one person can say besides its content. */
export function personalFields({ value }: Kind): INodeProperties[] {
	if (value === 'sms') return [contactField, metadataField];
	return value === 'instagramDm' ? [contactField] : [];
}

/** A request to Votel, taken apart so that a bulk can keep the message by itself. */
export interface Message {
	body: IDataObject;
	query?: IDataObject;
}

/** A message to one person. @throws InvalidInput naming the field that cannot be sent */
export function buildMessage(draft: Draft, recipient: string): Message {
	const kind = kindOf(draft);
	return assemble(draft, kind.senderType, {
		message_data: {
			...buildMoreData(draft),
			...withoutBlanks({
				recipient,
				...kind.content(draft),
				contact_id:
					kind.value === 'email' || isBlank(draft.contactId)
						? undefined
						: requireId('Contact', draft.contactId, 'Pick a contact, or enter its ID.'),
				metadata: kind.value === 'sms' ? buildMetadata(draft.metadata) : undefined,
			}),
		},
	});
}

/**
 * A message to all leads of a selection, addressed to a placeholder that tells Votel the kind. Only
 * a channel makes it need more: the examples without one have no sender_type either.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildMessageToLeads(draft: Draft, selection: IDataObject): Message {
	const kind = kindOf(draft, KINDS_FOR_LEADS);
	return assemble(draft, isBlank(draft.channelId) ? undefined : kind.senderType, {
		bulk_settings: selection,
		message_data: {
			...buildMoreData(draft),
			recipient: kind.placeholder,
			...kind.content(draft),
		},
	});
}

function assemble(draft: Draft, senderType: string | undefined, main: IDataObject): Message {
	const { inBody, query } = buildChannel(draft);
	const own = optionsOf(draft).senderType;
	const body = {
		...withoutBlanks({
			sender_type: isBlank(own)
				? senderType
				: requireId('Sender Type', own, 'Enter one, such as sms.'),
			sender_identifier: inBody,
		}),
		...main,
		...withoutBlanks(buildMessageType(draft)),
	};
	return { body, ...(query ? { query } : {}) };
}

/** @see Message */
export function toRequest({ body, query }: Message): VendorRequest {
	return { method: 'POST', url: SEND_URL, body, ...(query ? { qs: query } : {}) };
}
