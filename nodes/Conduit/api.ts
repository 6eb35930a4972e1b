import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorApi, VendorRequest } from '../delivery/http/vendorApi';
import { type Reading, reading } from '../delivery/run/operation';
import {
	DELIVERY_STATUSES,
	type DeliveryStatus,
	type StatusTable,
	toDeliveryStatus,
} from '../message/deliveryStatus';
import { messageResult, textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';

/**
 * Source: docs.conduit.ai, api-reference/rate-limits: per workspace; calls that name none are
 * limited per token, with a number that is not told.
 */
const LIMIT = { requests: 120, perMs: 60_000 };

/** Said beside Requests per Second. */
export const documentedLimit =
	"Conduit's documented limit, which is 120 a minute in each workspace";

export const conduitApi: VendorApi = {
	provider: 'conduit',
	displayName: 'Conduit',
	credential: 'conduitAiApi',
	account: ({ apiToken }) => String(apiToken),
	rateLimit: (request) => ({ bucket: workspaceOf(request) ?? 'token', limit: LIMIT }),
	readComplaint,
	howToCheck:
		"Check with List Messages of the contact's conversation, newest first, before you send it again.",
};

/** The workspace that a request names, in its query or its path. */
function workspaceOf({ url, qs }: VendorRequest): string | undefined {
	const override: unknown = qs?.workspace_id;
	return typeof override === 'string' ? override : /^\/v1\/workspaces\/([^/]+)\//.exec(url)?.[1];
}

/**
 * Only "sent" is documented (docs.conduit.ai, contacts/send-message). Should Conduit use a word that
 * all vendors share, it means what it says.
 */
const STATUSES: StatusTable = Object.fromEntries(DELIVERY_STATUSES.map((word) => [word, word]));

export function conduitStatus(word: unknown): DeliveryStatus {
	return toDeliveryStatus(STATUSES, word);
}

/** What Conduit's answers wrap: an object. */
export function dataOf({ body }: VendorAnswer): IDataObject | undefined {
	return isPlainObject(body) && isPlainObject(body.data) ? body.data : undefined;
}

/** What Conduit's lists wrap. */
export function rowsOf(body: unknown): IDataObject[] | undefined {
	if (!isPlainObject(body) || !Array.isArray(body.data)) return undefined;
	return (body.data as unknown[]).filter(isPlainObject);
}

/**
 * The answer to a send, whether to a contact or in a thread, as the result that all vendors share.
 *
 * @returns undefined where it does not name the message
 */
export function readAccepted(answer: VendorAnswer): Reading | undefined {
	const data = dataOf(answer);
	if (data === undefined || textOrNull(data.id) === null) return undefined;
	return reading([acceptedResult(data)]);
}

/** Source: docs.conduit.ai, contacts/send-message and tickets/send-message: "accepted for delivery". */
function acceptedResult(data: IDataObject): IDataObject {
	return messageResult(
		{
			messageId: textOrNull(data.id),
			provider: conduitApi.provider,
			channel: textOrNull(data.channel),
			recipient: textOrNull(data.contact_id),
			status: data.status === undefined ? 'accepted' : conduitStatus(data.status),
			providerStatus: textOrNull(data.status),
			sentAt: null,
			reference: null,
		},
		named(data, {
			workspace_id: 'workspaceId',
			channel_node_id: 'channelNodeId',
			sender_id: 'senderId',
			conversation_id: 'conversationId',
			ticket_id: 'ticketId',
		}),
	);
}

/** "inbound" is not documented, only likely. */
const DIRECTIONS: Record<string, string | undefined> = {
	outbound: 'outgoing',
	inbound: 'incoming',
};

/** A message of a conversation as the shared result. Source: docs.conduit.ai, conversations/messages. */
export function toMessageResult(message: IDataObject): IDataObject {
	const sender = isPlainObject(message.sender) ? message.sender : {};
	return messageResult(
		{
			messageId: textOrNull(message.id),
			provider: conduitApi.provider,
			channel: textOrNull(message.channel),
			// The list names the conversation, not the person in it.
			recipient: null,
			status: conduitStatus(message.status),
			providerStatus: textOrNull(message.status),
			sentAt: textOrNull(message.sent_at),
			reference: null,
		},
		{
			direction: DIRECTIONS[String(message.direction)] ?? textOrNull(message.direction),
			text: textOrNull(message.body),
			senderName: textOrNull(sender.name),
			conversationId: textOrNull(message.conversation_id),
			workspaceId: textOrNull(message.workspace_id),
		},
	);
}

/** The fields that an answer has, under their names here. */
function named(data: IDataObject, names: Record<string, string>): IDataObject {
	return Object.fromEntries(
		Object.entries(names)
			.filter(([theirs]) => theirs in data)
			.map(([theirs, ours]) => [ours, textOrNull(data[theirs])]),
	);
}

/** Source: docs.conduit.ai, introduction: {"error": "Invalid workspace id"}, without codes. */
function readComplaint({ statusCode, body }: VendorAnswer) {
	const said = isPlainObject(body) ? body.error : undefined;
	const message = isPlainObject(said) ? said.message : said;
	return {
		code: null,
		message: textOrNull(message) ?? STATUS_TEXTS[statusCode] ?? `HTTP ${statusCode}`,
		details: null,
		requestId: null,
	};
}

/** Source: docs.conduit.ai, introduction, for answers without a text of their own. */
const STATUS_TEXTS: Record<number, string | undefined> = {
	401: 'The API token is missing or not valid',
	403: 'The API token may not use this workspace, or may only read',
	404: 'The contact, conversation, ticket or workspace does not exist',
	429: 'Too many requests',
};
