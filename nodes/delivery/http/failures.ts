import type { Failure, IDataObject } from 'n8n-workflow';

import { credentialRefusal } from './credential';
import { DeliveryFailure, type Outcome } from './outcome';
import { redacted } from './redact';
import { networkCode, type RequestKind, type Verdict } from './verdict';
import type { VendorAnswer, VendorApi, VendorComplaint } from './vendorApi';
import { inWords } from '../pace/waitWhenTold';

/** The vendor refused a request, or asked to wait longer than the run may. */
export function answeredFailure(
	api: VendorApi,
	kind: RequestKind,
	verdict: Verdict,
	answer: VendorAnswer,
	retryAfterMs?: number,
): DeliveryFailure {
	const complaint = complaintOf(api, answer);
	const { statusCode } = answer;
	const details = {
		provider: api.provider,
		code: complaint.code,
		httpCode: statusCode,
		outcome: outcomeOf(verdict, kind),
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		vendor: {
			message: complaint.message,
			details: complaint.details,
			requestId: complaint.requestId,
		},
	};
	const vendorSays = [
		complaint.code === null ? `HTTP ${statusCode}.` : `HTTP ${statusCode}, code ${complaint.code}.`,
		complaint.details === null ? '' : `${complaint.details}.`,
		complaint.requestId === null ? '' : `Request ID ${complaint.requestId}.`,
	]
		.filter((part) => part !== '')
		.join(' ');

	if (verdict === 'notNow') {
		const wait = retryAfterMs === undefined ? '' : ` for ${inWords(retryAfterMs)}`;
		return new DeliveryFailure(
			`${api.displayName} asked to wait${wait}: ${complaint.message}`,
			`It was not processed and is safe to send again later. ${vendorSays} Raise Max Wait under Options, or lower Requests per Second.`,
			details,
			{ cause: 'rate-limited', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
		);
	}
	if (verdict === 'ambiguous') {
		return kind === 'read'
			? new DeliveryFailure(
					`${api.displayName} could not answer: ${complaint.message}`,
					`${vendorSays} Try again later.`,
					details,
					{ cause: 'temporarily-unavailable' },
				)
			: unknownOutcome(
					api,
					kind,
					`answered with HTTP ${statusCode} (${complaint.message})`,
					details,
				);
	}
	if (statusCode >= 300 && statusCode < 400) {
		return new DeliveryFailure(
			`${api.displayName} answered with a redirect, which is not followed`,
			`The credential must not go to another address. Check the Base URL in the credential. ${vendorSays}`,
			details,
			{ cause: 'configuration-invalid' },
		);
	}
	return new DeliveryFailure(
		`${api.displayName} refused the request: ${complaint.message}`,
		statusCode === 401 || statusCode === 403
			? `${vendorSays} Check the credential and what it is allowed to do.`
			: [vendorSays, complaint.advice ?? ''].join(' ').trim(),
		details,
		actionable(statusCode),
	);
}

/** What the vendor says is wrong, also where its words are nothing that anybody foresaw. */
export function complaintOf(api: VendorApi, answer: VendorAnswer): VendorComplaint {
	try {
		return api.readComplaint(answer);
	} catch {
		const message = `HTTP ${answer.statusCode}`;
		return { code: null, message, details: null, requestId: null };
	}
}

/** A request that got no answer at all. */
export function unansweredFailure(
	api: VendorApi,
	kind: RequestKind,
	verdict: Verdict,
	error: unknown,
): DeliveryFailure {
	const code = networkCode(error) ?? null;
	const details = {
		provider: api.provider,
		code,
		httpCode: null,
		outcome: outcomeOf(verdict, kind),
		vendor: {},
	};
	const network = code === null ? 'no answer' : `no answer (${code})`;
	if (details.outcome === 'unknown') {
		return unknownOutcome(api, kind, `gave ${network}`, details);
	}
	const refusedByCredential = credentialRefusal(error);
	if (refusedByCredential !== undefined) {
		return new DeliveryFailure(refusedByCredential, 'Nothing was sent.', details, {
			cause: 'credential-invalid',
		});
	}
	if (verdict === 'cannotLeave') {
		return new DeliveryFailure(
			`${api.displayName} could not be reached safely (${code ?? 'no code'})`,
			'Nothing was sent. Check the Base URL in the credential and the certificate of the server.',
			details,
			{ cause: 'configuration-invalid' },
		);
	}
	return new DeliveryFailure(
		`${api.displayName} could not be reached: ${network}`,
		kind === 'send' ? 'Nothing was sent. Try again later.' : 'Try again later.',
		details,
		{ cause: 'temporarily-unavailable' },
	);
}

/** An answer of success that does not say what became of the message. */
export function unreadableFailure(
	api: VendorApi,
	kind: RequestKind,
	answer: VendorAnswer,
): DeliveryFailure {
	const details = {
		provider: api.provider,
		code: null,
		httpCode: answer.statusCode,
		outcome: outcomeOf('ambiguous', kind),
		vendor: {},
	};
	const what = `answered with HTTP ${answer.statusCode} and a body that cannot be read`;
	return kind !== 'read'
		? unknownOutcome(api, kind, what, details)
		: new DeliveryFailure(
				`${api.displayName} ${what}`,
				'Check the Base URL in the credential.',
				details,
			);
}

/** The account is paused for longer than the request may wait, so it was not tried. */
export function pausedFailure(api: VendorApi, retryAfterMs: number): DeliveryFailure {
	return new DeliveryFailure(
		`${api.displayName} asked to wait for ${inWords(retryAfterMs)}, which is longer than Max Wait`,
		'Nothing was sent. Run it again later, or raise Max Wait under Options.',
		{
			provider: api.provider,
			code: null,
			httpCode: null,
			outcome: 'not_sent',
			retryAfterMs,
			vendor: {},
		},
		{ cause: 'rate-limited', retryAfterMs },
	);
}

/** The execution was canceled before the request left. */
export function canceledFailure(api: VendorApi): DeliveryFailure {
	return new DeliveryFailure('The execution was canceled', 'It was not sent.', {
		provider: api.provider,
		code: null,
		httpCode: null,
		outcome: 'not_sent',
		vendor: {},
	});
}

/** What was not tried, because of what was refused before. */
export function notTriedFailure(reason: Error): DeliveryFailure {
	const details = reason instanceof DeliveryFailure ? reason.details : undefined;
	return new DeliveryFailure(
		`Not sent, because the run had to stop: ${reason.message}`,
		'Correct what was refused and run it again for the recipients that are left.',
		{
			provider: details?.provider ?? '',
			code: details?.code ?? null,
			httpCode: null,
			outcome: 'not_sent',
			vendor: {},
		},
	);
}

function unknownOutcome(
	api: VendorApi,
	kind: RequestKind,
	what: string,
	details: { vendor: IDataObject; outcome: Outcome } & DeliveryFailure['details'],
): DeliveryFailure {
	if (kind === 'change') {
		return new DeliveryFailure(
			`${api.displayName} ${what}, so it is unknown whether it was done`,
			'Doing it again does no harm.',
			details,
		);
	}
	return new DeliveryFailure(
		`${api.displayName} ${what}, so it is unknown whether the message was accepted`,
		`It was not sent again, because that could reach the recipient twice. ${api.howToCheck}`,
		details,
	);
}

/** Verdicts on requests that the vendor has certainly not processed. */
const NEVER_TAKEN: Verdict[] = ['notReached', 'cannotLeave', 'notNow'];

function outcomeOf(verdict: Verdict, kind: RequestKind): Outcome {
	if (verdict === 'refused') return 'rejected';
	if (NEVER_TAKEN.includes(verdict)) return 'not_sent';
	return kind === 'read' ? 'rejected' : 'unknown';
}

function actionable(statusCode: number): Failure | undefined {
	if (statusCode === 401) return { cause: 'credential-invalid' };
	return statusCode === 403 || statusCode === 404 ? { cause: 'configuration-invalid' } : undefined;
}

/** The same without any secret of the credential, which a vendor or a proxy may have echoed. */
export function redactedFailure(failure: DeliveryFailure, secrets: string[]): DeliveryFailure {
	const { message, cure, details, failure: cause } = failure;
	return new DeliveryFailure(
		redacted(message, secrets),
		redacted(cure, secrets),
		{
			...details,
			code: details.code === null ? null : redacted(details.code, secrets),
			vendor: Object.fromEntries(
				Object.entries(details.vendor).map(([name, value]) => [
					name,
					typeof value === 'string' ? redacted(value, secrets) : value,
				]),
			),
		},
		cause,
	);
}
