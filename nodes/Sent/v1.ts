import type { ICredentialDataDecryptedObject, IDataObject, INodeProperties } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import { type ItemScope, type Operation, type Reading, reading } from '../delivery/run/operation';
import { isBlank, withoutBlanks } from '../input/blank';
import { type Draft, isChosen } from '../input/draft';
import { requireUuid } from '../input/id';
import { InvalidInput } from '../input/invalidInput';
import { isPlainObject, requireJsonObject } from '../input/json';
import { requireUrl } from '../input/url';
import { readVariables } from '../input/variables';
import { messageResult } from '../message/messageResult';
import { sentApi } from './api';
import { requireContact } from './recipients';
import { requireTemplateId } from './template';
import { withWebhookToken } from './webhookToken';

export const v1Notice: INodeProperties = {
	displayName:
		'API v1 needs the Sender ID in the credential. Its answer has no message ID, and it cannot recognise a message that is sent again. Variables as JSON go out as they are: numbers, switches, lists and objects, too.',
	name: 'v1Notice',
	type: 'notice',
	default: '',
};

const webhookUrlField: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description:
		'Where Sent reports what becomes of this message, such as the production URL of a Message Status Trigger',
};

const addWebhookTokenField: INodeProperties = {
	displayName: 'Add Webhook Token',
	name: 'addWebhookToken',
	type: 'boolean',
	default: false,
	description:
		'Whether to add the Webhook Token of the credential to the Webhook URL, as ?token=. The Message Status Trigger takes such reports only with it. Only for a URL of your own n8n, because whoever serves it can read the token.',
};

export const webhookUrlFields = [webhookUrlField, addWebhookTokenField];

/** A template to a contact, as API v1 takes it. */
interface V1Message {
	senderId: string;
	contactId: string;
	body: IDataObject;
}

/**
 * A template to a contact, as the document of API v1 describes it: POST /v1/messages/contact with
 * contactId, templateId, messageBody and webhookUrl, and the headers x-sender-id and x-api-key.
 */
export const sendTemplateV1: Operation<V1Message> = {
	api: sentApi,
	kind: 'send',
	input: readV1,
	request: ({ senderId, body }): VendorRequest => ({
		method: 'POST',
		url: '/v1/messages/contact',
		headers: { 'x-sender-id': senderId },
		body,
	}),
	result: resultOfV1,
	people: { of: ({ contactId }) => [[contactId]] },
};

/** The same to many contacts, each in a request of its own: API v1 has none for several. */
export const bulkSendV1: Operation<V1Message> = {
	...sendTemplateV1,
	input: (draft, { recipient, credentials }) =>
		messageTo(requireUuid('Recipient', recipient, CONTACT_CURE), draft, credentials),
	bulk: { recipientOf: ({ contactId }) => contactId },
};

const CONTACT_CURE = "Give the ID of a contact in Sent's list.";

/** @throws InvalidInput naming the field that cannot be sent */
function readV1(draft: Draft, { credentials }: ItemScope): V1Message {
	return messageTo(requireContact(draft), draft, credentials);
}

/** @throws InvalidInput naming the field that cannot be sent */
function messageTo(
	contactId: string,
	draft: Draft,
	credentials: ICredentialDataDecryptedObject,
): V1Message {
	return {
		senderId: requireSenderId(credentials),
		contactId,
		body: withoutBlanks({
			contactId,
			templateId: requireTemplateId(draft),
			messageBody: readMessageBody(draft),
			webhookUrl: readWebhookUrl(draft, credentials),
		}),
	};
}

/**
 * Source: the document of API v1: messageBody is an object. As fields its values are text, as with
 * every vendor; as JSON they are whatever was entered.
 */
function readMessageBody(draft: Draft): IDataObject {
	if (draft.variablesFrom !== 'json') {
		return readVariables(draft, { isOwn: isChosen(draft, 'template') });
	}
	const { variablesJson } = draft;
	return isBlank(variablesJson) ? {} : requireJsonObject('Variables (JSON)', variablesJson);
}

function readWebhookUrl(
	{ webhookUrl, addWebhookToken }: Draft,
	credentials: ICredentialDataDecryptedObject,
): string | undefined {
	if (isBlank(webhookUrl)) return undefined;
	const url = requireUrl('Webhook URL', webhookUrl);
	return addWebhookToken === true ? withWebhookToken(url, credentials) : url;
}

/** Source: the document of API v1: x-sender-id is a GUID. */
function requireSenderId({ senderId }: ICredentialDataDecryptedObject): string {
	const cure =
		'API version v1 needs it: enter it in the Sent credential, or choose API version v3.';
	if (isBlank(senderId)) throw new InvalidInput('Sender ID', 'is empty in the credential', cure);
	return requireUuid('Sender ID of the credential', senderId, cure);
}

/** An answer of API v1 is documented as empty, so nothing but its status says what became of it. */
function resultOfV1({ body }: VendorAnswer, { contactId }: V1Message): Reading | undefined {
	if (!isBlank(body) && !isPlainObject(body)) return undefined;
	const result = messageResult({
		messageId: null,
		provider: sentApi.provider,
		channel: null,
		recipient: contactId,
		status: 'accepted',
		providerStatus: null,
		sentAt: null,
		reference: null,
	});
	return reading([result], [isPlainObject(body) ? body : {}]);
}
