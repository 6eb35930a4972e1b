import { credentialRefusal } from './credential';
import type { VendorAnswer, VendorApi } from './vendorApi';

/**
 * `send`: doing it twice reaches somebody twice. `read`: doing it twice does no harm. `change`: nor
 * does this, but doing it once is not the same as not doing it.
 */
export type RequestKind = 'send' | 'read' | 'change';

/** What an answer, or the lack of one, says about the request. */
export type Verdict =
	/** The vendor took it. */
	| 'accepted'
	/** The vendor refused it, and would again. */
	| 'refused'
	/** The vendor says that it has not processed it and to come back later. */
	| 'notNow'
	/** It did not reach the vendor, and may next time. */
	| 'notReached'
	/** It could not leave at all, and would not next time. */
	| 'cannotLeave'
	/** Nobody knows whether the vendor processed it. */
	| 'ambiguous'
	/** The execution was canceled while it was under way. */
	| 'canceled';

/** Connections that were never made: the request did not leave. */
const NOT_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
]);

/**
 * The server's certificate was refused before anything was said, the address cannot be used, or the
 * credential did not let the request out.
 */
const CANNOT_LEAVE = new Set([
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'EPROTO',
	// Of axios, where no answer came: it was given something that it cannot send.
	'ERR_BAD_OPTION',
	'ERR_BAD_OPTION_VALUE',
	'ERR_BAD_REQUEST',
	'ERR_HTTP_INVALID_HEADER_VALUE',
	'ERR_INVALID_CHAR',
	'ERR_INVALID_PROTOCOL',
	'ERR_INVALID_URL',
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_UNESCAPED_CHARACTERS',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Judges an answer that arrived. */
export function judgeAnswer(api: VendorApi, answer: VendorAnswer): Verdict {
	const { statusCode, headers } = answer;
	if (api.notProcessed?.(answer)) return 'notNow';
	if (statusCode >= 200 && statusCode < 300) {
		return api.refusedInSuccess?.(answer) ? 'refused' : 'accepted';
	}
	if (statusCode === 429) return 'notNow';
	if (statusCode === 503 && headers['retry-after'] !== undefined) return 'notNow';
	return statusCode >= 500 ? 'ambiguous' : 'refused';
}

/** The code of a network error, wherever n8n has wrapped it. */
export function networkCode(error: unknown): string | undefined {
	for (let inner: unknown = error, depth = 0; inner && depth < 5; depth++) {
		const { code, cause } = inner as { code?: unknown; cause?: unknown };
		if (typeof code === 'string') return code;
		inner = cause;
	}
	return undefined;
}

/** Judges a request that got no answer, by the error that n8n's HTTP helper threw. */
export function judgeFailure(error: unknown): Verdict {
	if (credentialRefusal(error) !== undefined) return 'cannotLeave';
	const code = networkCode(error);
	if (code === undefined) return 'ambiguous';
	if (code === 'ERR_CANCELED') return 'canceled';
	if (NOT_CONNECTED.has(code) || (code === 'ETIMEDOUT' && wasConnecting(error)))
		return 'notReached';
	return CANNOT_LEAVE.has(code) ? 'cannotLeave' : 'ambiguous';
}

function wasConnecting(error: unknown): boolean {
	for (let inner: unknown = error, depth = 0; inner && depth < 5; depth++) {
		const { syscall, cause } = inner as { syscall?: unknown; cause?: unknown };
		if (syscall === 'connect') return true;
		inner = cause;
	}
	return false;
}

/**
 * Whether a request that was judged so may be sent again without reaching anybody twice.
 *
 * @param idempotent whether the vendor recognises the repeated request by its idempotency key
 */
export function mayRetry(verdict: Verdict, kind: RequestKind, idempotent: boolean): boolean {
	if (verdict === 'notNow' || verdict === 'notReached') return true;
	return verdict === 'ambiguous' && (kind !== 'send' || idempotent);
}

/**
 * Refusals that come from behind the vendor's idempotency layer, so that they say what became of an
 * earlier attempt with the same key too. A key that is refused, a limit or a proxy's page do not.
 */
const FROM_BEHIND = new Set([400, 404, 409, 410, 413, 415, 422]);

/** Whether a refusal ends the doubt about an attempt before it. */
export function endsDoubt(statusCode: number | undefined): boolean {
	return statusCode !== undefined && (FROM_BEHIND.has(statusCode) || statusCode < 300);
}
