import type { IDataObject } from 'n8n-workflow';

import type {
	VendorAnswer,
	VendorApi,
	VendorComplaint,
	VendorRequest,
} from '../delivery/http/vendorApi';
import { textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';

/** Source: developers.aelyst.ai: "5 requests per second per unique request path", for each method. */
const LIMIT = { requests: 5, perMs: 1000 };

/** Said beside Requests per Second. */
export const documentedLimit =
	"Aelyst's documented limit, which is 5 for each method and path, so for each contact on its own";

/** The contact is still being worked on, for instance right after its creation. */
const IN_QUEUE = 449;
/** It asks to try again "in a few minutes", without a number: looked at again twice a minute. */
const IN_QUEUE_WAIT_MS = 30_000;

export const aelystApi: VendorApi = {
	provider: 'aelyst',
	displayName: 'Aelyst',
	credential: 'aelystApi',
	account: ({ accessToken }) => String(accessToken),
	// Of each method and path, so one contact's limit says nothing of another's.
	limitsEachBucket: true,
	rateLimit: ({ method, url }: VendorRequest) => ({
		bucket: `${method} ${url}`,
		limit: LIMIT,
	}),
	readComplaint,
	notProcessed: ({ statusCode }) => statusCode === IN_QUEUE,
	waitMs: ({ statusCode }) => (statusCode === IN_QUEUE ? IN_QUEUE_WAIT_MS : undefined),
	howToCheck:
		'Check with List Messages of the contact, which gives the newest first, before you send it again.',
};

/** Source: the owner's page of sendmessage: {"code": 400, "message": "Validation error."}. */
function readComplaint({ statusCode, body }: VendorAnswer): VendorComplaint {
	const said = isPlainObject(body) ? body : {};
	return {
		code: textOrNull(said.code),
		message: textOrNull(said.message) ?? STATUS_TEXTS[statusCode] ?? `HTTP ${statusCode}`,
		details: null,
		requestId: null,
		advice: ADVICE[statusCode],
	};
}

/** For answers without a text of their own. 403 and 409 are known from callers of the API only. */
const STATUS_TEXTS: Record<number, string | undefined> = {
	401: 'The access token is missing or not valid',
	403: 'The access token may not do this',
	404: 'The contact, channel or message does not exist',
	429: 'Too many requests',
	449: 'The contact is still being worked on',
};

/** "Validation error." is all that a 400 ever says. */
const ADVICE: Record<number, string | undefined> = {
	400: 'No reason is given. Check that the contact has the channel, that the channel can carry this type of message and that a template has all it needs. On Facebook and Instagram a text needs a Message Tag once the contact has not written for 24 hours. Check Channel First under Options tells more.',
	404: 'An access token sees its own workspace only: a contact of another one is not found.',
};

/** Source: developers.aelyst.ai, listmessages: limit up to 50. */
export const LARGEST_PAGE = 50;

/** Source: developers.aelyst.ai, all lists: {items, pagination}. */
export function itemsOf(body: unknown): IDataObject[] | undefined {
	if (!isPlainObject(body) || !Array.isArray(body.items)) return undefined;
	return (body.items as unknown[]).filter(isPlainObject);
}

/**
 * The cursor of the page after this one. The address that it stands in is not called: in Aelyst's own
 * examples it lacks the version, and an answer should not decide where a credential goes.
 */
export function nextCursor(body: unknown): string | undefined {
	const pagination = isPlainObject(body) && isPlainObject(body.pagination) ? body.pagination : {};
	const next = textOrNull(pagination.next) ?? '';
	const cursor = new URLSearchParams(next.slice(next.indexOf('?') + 1)).get('cursorId');
	return cursor === null || cursor === '' ? undefined : cursor;
}
