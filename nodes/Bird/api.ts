import type { IDataObject } from 'n8n-workflow';

import { reasonsInWords } from '../delivery/http/reasons';
import type { VendorAnswer, VendorApi } from '../delivery/http/vendorApi';
import type { RateLimit } from '../delivery/pace/rateLimit';
import { type DeliveryStatus, type StatusTable, toDeliveryStatus } from '../message/deliveryStatus';
import { messageResult, textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';
import { requireUuid } from '../input/id';

/** Source: docs.bird.com, api/channels-api/rate-limit: per workspace, all channels together. */
const READS: RateLimit = { requests: 50, perMs: 1000 };
const WRITES: RateLimit = { requests: 500, perMs: 1000 };

/** Said beside Requests per Second. */
export const documentedLimit = "Bird's documented limits: 500 for sending, 50 for reading";

export const birdApi: VendorApi = {
	provider: 'bird',
	displayName: 'Bird',
	credential: 'birdChannelsApi',
	account: ({ workspaceId }) => String(workspaceId),
	rateLimit: ({ method }) =>
		method === 'GET' ? { bucket: 'read', limit: READS } : { bucket: 'write', limit: WRITES },
	readComplaint,
	howToCheck:
		'Check with List Messages of the same channel, filtered by recipient or by the reference you gave, before you send it again.',
};

/** Source: docs.bird.com, api/channels-api/api-reference/messaging: the status of a message. */
const STATUSES: StatusTable = {
	accepted: 'accepted',
	processing: 'queued',
	pending: 'queued',
	scheduled: 'scheduled',
	sent: 'sent',
	delivered: 'delivered',
	sending_failed: 'failed',
	delivery_failed: 'failed',
	rejected: 'rejected',
	skipped: 'rejected',
	deleted: 'canceled',
};

export function birdStatus(word: unknown): DeliveryStatus {
	return toDeliveryStatus(STATUSES, word);
}

/** The path of a workspace, as an expression. */
export const DECLARED_WORKSPACE = '/workspaces/{{ $credentials.workspaceId }}';

/** The path of a workspace in Bird's API. @throws InvalidInput when the credential's is no UUID */
export function workspacePath(credentials: IDataObject): string {
	const id = requireUuid(
		'Workspace ID',
		credentials.workspaceId,
		'Correct it in the credential: it stands after /workspaces/ in the address of app.bird.com.',
	);
	return `/workspaces/${id}`;
}

/**
 * A message as Bird's API gives it, as the result that all vendors share. `channel` is the platform's
 * word, such as whatsapp, and null where Bird does not say it.
 */
export function toMessageResult(message: IDataObject): IDataObject {
	const outgoing = message.direction !== 'incoming';
	const receiver = isPlainObject(message.receiver) ? message.receiver : {};
	const contacts = Array.isArray(receiver.contacts) ? (receiver.contacts as unknown[]) : [];
	const connector = isPlainObject(receiver.connector) ? receiver.connector : {};
	const recipient = outgoing
		? contacts.filter(isPlainObject).map(addressOf).join(', ')
		: connector.identifierValue;
	const isWaiting = message.status === 'scheduled';
	return messageResult({
		messageId: textOrNull(message.id),
		provider: birdApi.provider,
		channel: textOrNull(message.platformId),
		recipient: textOrNull(recipient),
		status: birdStatus(message.status),
		providerStatus: textOrNull(message.status),
		// Only what was scheduled has a time of sending besides that of its creation.
		sentAt: isWaiting ? null : (textOrNull(message.sendAt) ?? textOrNull(message.createdAt)),
		reference: textOrNull(message.reference),
	});
}

/** What a message reaches somebody by, or comes from. */
export function addressOf(contact: IDataObject): string {
	return String(contact.identifierValue ?? contact.platformAddress ?? contact.id ?? '');
}

/** Source: docs.bird.com: {code, message}, and on 422 details as {path: [reason, …]}. */
function readComplaint({ statusCode, body }: VendorAnswer) {
	const said = isPlainObject(body) ? body : {};
	return {
		code: textOrNull(said.code),
		message: textOrNull(said.message) ?? STATUS_TEXTS[statusCode] ?? `HTTP ${statusCode}`,
		details: reasonsInWords(said.details),
		requestId: null,
	};
}

/** For the answers whose bodies Bird's documentation does not show. */
const STATUS_TEXTS: Record<number, string | undefined> = {
	401: 'The access key is not valid',
	403: 'The access key is not allowed to do this',
	404: 'The workspace, channel or message does not exist',
	413: 'The request is larger than 200 KB',
	429: 'Too many requests',
};
