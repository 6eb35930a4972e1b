import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorApi } from '../delivery/http/vendorApi';
import { type DeliveryStatus, type StatusTable, toDeliveryStatus } from '../message/deliveryStatus';
import { messageResult, textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';
import { readComplaint } from './complaint';

/** Votel documents no limit, so this is a modest one of our own, for all requests together. */
const ALL = { bucket: 'all', limit: { requests: 5, perMs: 1000 } };

/** Said beside Requests per Second. */
export const documentedLimit = '5, a modest default, since Votel documents no limit';

/** Source: docs.votel.ai, api/send-message-api-messaging-send-post. */
export const SEND_URL = '/api/messaging/send';

export const votelApi: VendorApi = {
	provider: 'votel',
	displayName: 'Votel',
	credential: 'votelApi',
	account: ({ apiKey }) => String(apiKey),
	rateLimit: () => ALL,
	readComplaint,
	refusedInSuccess,
	howToCheck:
		'Check with List Messages of the lead, or in Votel under Activity, before you send it again.',
};

/**
 * Source: the vendor's own client checks `success === false` in a 200 (votelai/votel-mcp). The
 * answer to a bulk has no `success` at all, so its absence says nothing.
 */
function refusedInSuccess({ body }: VendorAnswer): boolean {
	if (!isPlainObject(body)) return false;
	return body.success === false || (body.success !== true && votelStatus(body.status) === 'failed');
}

/** SENT is documented for /api/messaging/send; FAILED comes with `success: false`. */
const STATUSES: StatusTable = { sent: 'sent', failed: 'failed' };

export function votelStatus(word: unknown): DeliveryStatus {
	return toDeliveryStatus(STATUSES, word);
}

/** Whether an answer of success says what became of a single message. */
export function saysWhatBecame(body: unknown): body is IDataObject {
	return isPlainObject(body) && (body.success === true || textOrNull(body.message_id) !== null);
}

/** The answer to a single message, as the result that all vendors share. */
export function toMessageResult(body: IDataObject, recipient: string): IDataObject {
	return messageResult(
		{
			messageId: textOrNull(body.message_id),
			provider: votelApi.provider,
			channel: textOrNull(body.channel_used)?.toLowerCase() ?? null,
			recipient,
			status: votelStatus(body.status),
			providerStatus: textOrNull(body.status),
			sentAt: textOrNull(body.sent_at),
			reference: null,
		},
		{
			providerMessageId: textOrNull(body.provider_message_id),
			providerUsed: textOrNull(body.provider_used),
			cost: typeof body.cost === 'number' ? body.cost : null,
		},
	);
}
