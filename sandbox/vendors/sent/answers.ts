import { randomUUID } from 'node:crypto';

import { Refusal } from '../../core/refusal';
import type { Answer, Issue, VendorErrors } from '../../core/vendor';
import type { SentCall, State } from './state';

export type Details = Record<string, string[]>;

const statusOf: Record<string, number> = {
	AUTH_001: 401,
	AUTH_002: 401,
	AUTH_004: 403,
	AUTH_005: 403,
	AUTH_006: 403,
	AUTH_007: 403,
	RESOURCE_001: 404,
	RESOURCE_002: 404,
	RESOURCE_003: 404,
	RESOURCE_004: 404,
	RESOURCE_008: 404,
	BUSINESS_002: 429,
	BUSINESS_003: 422,
	BUSINESS_004: 422,
	BUSINESS_005: 422,
	BUSINESS_006: 422,
	BUSINESS_007: 422,
	BUSINESS_014: 403,
	CONFLICT_001: 409,
	SERVICE_001: 503,
	INTERNAL_001: 500,
	INTERNAL_003: 502,
	INTERNAL_004: 504,
	INTERNAL_005: 503,
};

/** The v3 envelope around data. */
export function ok(data: unknown, status = 200, headers: Record<string, string> = {}): Answer {
	return envelope(status, { success: true, data, error: null }, headers);
}

export const noContent = (): Answer => ({ status: 204, headers: commonHeaders(newRequestId()) });

/** The v3 envelope around an error. Validation codes, and what is not listed above, mean 400. */
export function fail(
	code: string,
	message: string,
	details: Details | null = null,
	status = statusOf[code] ?? 400,
): Answer {
	const error = { code, message, details, doc_url: `https://docs.sent.dm/errors/${code}` };
	return envelope(status, { success: false, data: null, error });
}

export function refuse(code: string, message: string, details?: Details): never {
	throw new Refusal(fail(code, message, details));
}

/** The error of API v1. */
export const failV1 = (status: number, title: string, detail: string): Answer => ({
	status,
	body: { status, title, detail },
});

export const isV1 = (call: SentCall): boolean => call.path.startsWith('/v1/');

function envelope(status: number, body: object, headers: Record<string, string> = {}): Answer {
	const requestId = newRequestId();
	const meta = { request_id: requestId, timestamp: new Date().toISOString(), version: 'v3' };
	return { status, body: { ...body, meta }, headers: { ...commonHeaders(requestId), ...headers } };
}

const newRequestId = (): string => `req_${randomUUID().replaceAll('-', '').slice(0, 20)}`;

const commonHeaders = (requestId: string): Record<string, string> => ({
	'x-request-id': requestId,
	'x-api-version': 'v3',
});

const defaultPageSize = 20;

/** One page of a list, with the pagination object beside it. */
export function page<T>(
	call: SentCall,
	name: string,
	all: T[],
	show: (item: T) => unknown,
): Answer {
	const { page: number = 1, page_size: size = defaultPageSize } = call.query as {
		page?: number;
		page_size?: number;
	};
	const from = (number - 1) * size;
	return ok({
		[name]: all.slice(from, from + size).map(show),
		pagination: pagination(number, size, all.length),
	});
}

export const pagination = (page: number, size: number, total: number): object => ({
	page,
	page_size: size,
	total_count: total,
	total_pages: Math.ceil(total / size),
	has_more: page * size < total,
	cursors: null,
});

export const errors: VendorErrors<State> = {
	unauthorized: () => fail('AUTH_002', 'Invalid API key'),
	notFound: (call) =>
		isV1(call)
			? failV1(404, 'Not Found', 'No such resource')
			: fail('RESOURCE_003', 'Resource not found'),
	methodNotAllowed: () => fail('VALIDATION_001', 'Method not allowed', null, 405),
	invalid: (issues, call) => {
		const details = detailsOf(issues);
		if (isV1(call)) {
			const [field, messages] = Object.entries(details)[0] ?? ['body', ['is invalid']];
			return failV1(400, 'Bad Request', `${field} ${messages[0]}`);
		}
		const codes = new Set(issues.map(codeOf));
		const [code = 'VALIDATION_001'] = codes.size === 1 ? codes : [];
		return fail(code, 'Request validation failed', details);
	},
	tooLarge: () => fail('VALIDATION_001', 'Request body too large', null, 413),
	tooManyRequests: () => fail('BUSINESS_002', 'Rate limit exceeded'),
	failure: (status) => {
		const code = Object.keys(statusOf).find(
			(name) => name.startsWith('INTERNAL') && statusOf[name] === status,
		);
		return fail(code ?? 'INTERNAL_001', 'The request could not be processed', null, status);
	},
};

function codeOf(issue: Issue): string {
	if (issue.in === 'header' && fieldOf(issue).toLowerCase() === 'idempotency-key') {
		return 'VALIDATION_007';
	}
	switch (issue.keyword) {
		case 'pattern':
			return /^to\b|^phoneNumber$/.test(fieldOf(issue)) ? 'VALIDATION_002' : 'VALIDATION_001';
		case 'format':
			return issue.params.format === 'uuid' ? 'VALIDATION_003' : 'VALIDATION_001';
		case 'required':
			return 'VALIDATION_004';
		case 'minimum':
		case 'maximum':
		case 'minItems':
		case 'maxItems':
			return 'VALIDATION_005';
		case 'enum':
			return 'VALIDATION_006';
		default:
			return 'VALIDATION_001';
	}
}

function detailsOf(issues: Issue[]): Details {
	const details: Details = {};
	for (const issue of issues) (details[fieldOf(issue)] ??= []).push(issue.message);
	return details;
}

function fieldOf({ path, params }: Issue): string {
	const { missingProperty: missing } = params;
	const more = missing === undefined || missing === 'requestBody' ? [] : [String(missing)];
	return [...path, ...more].join('.') || 'body';
}
