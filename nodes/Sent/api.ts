import type { IDataObject } from 'n8n-workflow';

import type {
	IdempotencyRule,
	VendorAnswer,
	VendorApi,
	VendorRequest,
} from '../delivery/http/vendorApi';
import { reasonsInWords } from '../delivery/http/reasons';
import type { RateLimit } from '../delivery/pace/rateLimit';
import { type DeliveryStatus, type StatusTable, toDeliveryStatus } from '../message/deliveryStatus';
import { textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';

const MINUTE_MS = 60_000;

/**
 * Source: docs.sent.dm/reference/api/rate-limits: per account, 200 requests a minute for standard
 * endpoints, and "messages per minute" by plan for sending. Whether a request to a thousand
 * recipients counts as one is not said; counted here are requests, and a 429 is waited out.
 */
const READS: RateLimit = { requests: 200, perMs: MINUTE_MS };
const STARTER: RateLimit = { requests: 60, perMs: MINUTE_MS };
const GROWTH: RateLimit = { requests: 300, perMs: MINUTE_MS };

/** Said beside Requests per Second. */
export const documentedLimit =
	"Sent's documented limits: as many sends per minute as the Plan has, and 200 other requests";
export const documentedReadLimit = "Sent's documented limit of 200 per minute";

export const SEND_PATH = '/v3/messages';

/** Sends a finished message once more. */
const RESEND_PATH = /^\/v3\/messages\/[^/]+\/resend$/;
/** Calls a scheduled message off. */
const CANCEL_PATH = /^\/v3\/messages\/[^/]+\/cancel$/;

/** Source: docs-v3.md of sentdm/agent-skills: Idempotency-Key, kept for 24 hours. */
const IDEMPOTENCY: IdempotencyRule = {
	header: 'Idempotency-Key',
	pattern: /^[A-Za-z0-9_-]{1,255}$/,
	rule: 'Use 1 to 255 letters, digits, - and _.',
};

export const sentApi: VendorApi = {
	provider: 'sent',
	displayName: 'Sent',
	credential: 'sentDmApi',
	account: ({ apiKey }) => String(apiKey),
	rateLimit: ({ method, url }, plan) =>
		method === 'GET' || CANCEL_PATH.test(url)
			? { bucket: 'read', limit: READS }
			: { bucket: 'send', limit: plan === 'growth' ? GROWTH : STARTER },
	readComplaint,
	notProcessed,
	refusedInSuccess: ({ body }) => isPlainObject(body) && body.success === false,
	idempotency,
	isRehearsal,
	howToCheck:
		'Check with List Messages of the conversation, or in the Sent dashboard, before you send it again.',
};

/**
 * Whatever v3 changes has a key. A send in sandbox mode has none: Sent gives the first answer to a
 * key again whatever the later body says, so the real message would never leave.
 */
function idempotency({ method, url, body }: VendorRequest): IdempotencyRule | undefined {
	const isOfV3 = url === SEND_PATH || RESEND_PATH.test(url) || CANCEL_PATH.test(url);
	if (method !== 'POST' || !isOfV3) return undefined;
	return isRehearsal({ method, url, body }) ? undefined : IDEMPOTENCY;
}

function isRehearsal({ body }: VendorRequest): boolean {
	return isPlainObject(body) && body.sandbox === true;
}

/**
 * Source: docs-v3.md of sentdm/agent-skills: CONFLICT_001 while the first request with the same key
 * is in progress, SERVICE_001 when Sent could not look the key up and therefore did nothing.
 */
function notProcessed(answer: VendorAnswer): boolean {
	const { code } = readComplaint(answer);
	return (
		(answer.statusCode === 409 && code === 'CONFLICT_001') ||
		(answer.statusCode === 503 && code === 'SERVICE_001')
	);
}

/** Source: docs.sent.dm, message statuses of API v3; `accepted` stands in older pages. */
const STATUSES: StatusTable = {
	accepted: 'accepted',
	queued: 'queued',
	processed: 'queued',
	routed: 'queued',
	scheduled: 'scheduled',
	sent: 'sent',
	delivered: 'delivered',
	read: 'read',
	failed: 'failed',
	// Consent or policy: sending it again can only be filtered again.
	filtered: 'rejected',
	// The account does not meet a condition, such as its balance.
	blocked: 'rejected',
	cancelled: 'canceled',
	// A message that came in has arrived.
	received: 'delivered',
};

export function sentStatus(word: unknown): DeliveryStatus {
	return toDeliveryStatus(STATUSES, word);
}

/** What an answer of API v3 holds: every one has the envelope {success, data, error, meta}. */
export function dataOf({ body }: VendorAnswer): IDataObject | undefined {
	return isPlainObject(body) && isPlainObject(body.data) ? body.data : undefined;
}

/**
 * The vendor's words in v3's envelope, in v1's {status, title, detail}, or in neither.
 * Source: docs.sent.dm, error handling: error {code, message, details: {field: [reason]}, doc_url}.
 */
function readComplaint({ statusCode, headers, body }: VendorAnswer) {
	const said = isPlainObject(body) ? body : {};
	const error = isPlainObject(said.error) ? said.error : {};
	const meta = isPlainObject(said.meta) ? said.meta : {};
	const message = textOrNull(error.message) ?? textOrNull(said.detail) ?? textOrNull(said.title);
	return {
		code: textOrNull(error.code),
		message: message ?? STATUS_TEXTS[statusCode] ?? `HTTP ${statusCode}`,
		details: reasonsInWords(error.details),
		requestId: textOrNull(meta.request_id) ?? textOrNull(headers['x-request-id']),
	};
}

/** For answers without words of Sent's own, such as a proxy's. */
const STATUS_TEXTS: Record<number, string | undefined> = {
	401: 'The API key is not valid',
	403: 'The API key is not allowed to do this',
	404: 'The message, contact, template or profile does not exist',
	429: 'Too many requests',
};
