import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import type { VendorAnswer } from '../delivery/http/vendorApi';
import { readVariables } from '../input/variables';
import { InvalidInput } from '../input/invalidInput';
import { messageResult } from '../message/messageResult';
import { isBlank } from '../input/blank';
import { isPlainObject } from '../input/json';
import { requireUrl } from '../input/url';
import { withoutBlanks } from '../input/blank';
import { sentApi } from './api';
import { requireContact } from './recipients';
import { requireTemplateId } from './template';

export const v1Notice: INodeProperties = {
	displayName:
		'API v1 needs the Sender ID in the credential. Its answer has no message ID, and it cannot recognise a message that is sent again.',
	name: 'v1Notice',
	type: 'notice',
	default: '',
};

export const webhookUrlField: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description:
		'Where Sent reports what becomes of this message, such as the production URL of a Message Status Trigger',
};

/**
 * A template to a contact, as the document of API v1 describes it: POST /v1/messages/contact with
 * contactId, templateId, messageBody and webhookUrl, and the headers x-sender-id and x-api-key.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildV1(
	draft: IDataObject,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions {
	return {
		method: 'POST',
		url: '/v1/messages/contact',
		headers: { 'x-sender-id': requireSenderId(credentials) },
		body: withoutBlanks({
			contactId: requireContact(draft),
			templateId: requireTemplateId(draft),
			messageBody: readVariables(draft),
			webhookUrl: isBlank(draft.webhookUrl)
				? undefined
				: requireUrl('Webhook URL', draft.webhookUrl),
		}),
	};
}

function requireSenderId({ senderId }: ICredentialDataDecryptedObject): string {
	if (!isBlank(senderId)) return String(senderId).trim();
	throw new InvalidInput(
		'Sender ID',
		'is empty in the credential',
		'API version v1 needs it: enter it in the Sent credential, or choose API version v3.',
	);
}

/** An answer of API v1 is documented as empty, so nothing but its status says what became of it. */
export function readV1({ body }: VendorAnswer, draft: IDataObject): IDataObject[] | undefined {
	if (!isBlank(body) && !isPlainObject(body)) return undefined;
	if (draft.simplify === false) return [isPlainObject(body) ? body : {}];
	return [
		messageResult({
			messageId: null,
			provider: sentApi.provider,
			channel: null,
			recipient: requireContact(draft),
			status: 'accepted',
			providerStatus: null,
			sentAt: null,
			reference: null,
		}),
	];
}
