import { Refusal } from '../../core/refusal';
import type { Answer, Issue, VendorErrors } from '../../core/vendor';
import type { BirdState } from './state';

/** `.receiver.contacts[0]` → what is wrong there. */
export type Details = Record<string, string[]>;

const error = (status: number, code: string, message: string): Answer => ({
	status,
	body: { code, message },
});

export const invalid = (details: Details): Answer => ({
	status: 422,
	body: {
		code: 'InvalidPayload',
		message: 'One or more fields provided in the request body are malformed',
		details,
	},
});

/** For rules that the contract cannot express. */
export const refuse = (path: string, reason: string): Refusal =>
	new Refusal(invalid({ [path]: [reason] }));

export const forbidden = (): Answer =>
	error(403, 'Forbidden', 'The access key is not allowed to perform this action');
export const missing = (what: string): Answer =>
	error(404, 'NotFound', `The requested resource does not exist: ${what} not found`);
export const conflict = (message: string): Answer => error(409, 'Conflict', message);

const gatewayPage = (title: string): Answer['body'] =>
	`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

/** Bird documents the shape of 400 to 422 only; the rest is told in the same shape, or as gateways do. */
export const errors: VendorErrors<BirdState> = {
	unauthorized: () => error(401, 'Unauthorized', 'The access key is missing or not valid'),
	notFound: () => missing('path'),
	methodNotAllowed: () => error(405, 'MethodNotAllowed', 'The method is not allowed here'),
	// Bird documents 400 beside 422 and does not tell them apart: what cannot be read at all is the former.
	invalid: (issues) =>
		issues.some(({ keyword }) => keyword === 'parse')
			? error(400, 'BadRequest', 'The request body is not valid JSON')
			: invalid(detailsOf(issues)),
	tooLarge: () =>
		error(413, 'RequestEntityTooLarge', 'The request body exceeded the 200 KB size limit'),
	tooManyRequests: () => error(429, 'TooManyRequests', 'The rate limit was exceeded'),
	failure(status) {
		const titles: Record<number, string> = { 502: 'Bad Gateway', 504: 'Gateway Time-out' };
		const title = titles[status];
		if (title) {
			const headers = { 'content-type': 'text/html' };
			return { status, headers, body: gatewayPage(`${status} ${title}`) };
		}
		if (status === 400) return error(400, 'BadRequest', 'The request could not be understood');
		if (status === 503) return error(503, 'ServiceUnavailable', 'The service is unavailable');
		return error(status, 'InternalError', 'An internal error occurred');
	},
};

export function detailsOf(issues: Issue[]): Details {
	const details: Details = {};
	const alternatives = new Set(issues.filter(isAlternative).map(placeOf));
	for (const issue of issues) {
		// Why each of the alternatives failed says less than that none fits.
		if (isFromAlternative(issue) && alternatives.has(placeOf(issue))) continue;
		const place = placeOf({ ...issue, path: [...issue.path, ...missingFrom(issue)] });
		(details[place] ??= []).push(reasonOf(issue));
	}
	return details;
}

/** What is missing has a place of its own; the body as a whole has none. */
function missingFrom({ keyword, params }: Issue): string[] {
	const name = String(params.missingProperty);
	return keyword === 'required' && name !== 'requestBody' ? [name] : [];
}

const isAlternative = ({ keyword }: Issue): boolean => keyword === 'anyOf' || keyword === 'oneOf';
const isFromAlternative = ({ keyword }: Issue): boolean =>
	['required', 'pattern', 'format'].includes(keyword);

function placeOf({ in: where, path }: Pick<Issue, 'in' | 'path'>): string {
	const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
	return where === 'body' ? place || '.' : `${where}${place}`;
}

/** In the words of the validator that Bird's one known answer came from. */
function reasonOf({ keyword, params, message }: Issue): string {
	switch (keyword) {
		case 'additionalProperties':
			return `property "${params.additionalProperty}" is unsupported`;
		case 'required':
			return params.missingProperty === 'requestBody'
				? 'the request body is missing'
				: `property "${params.missingProperty}" is missing`;
		case 'type':
			return `value must be ${[params.type].flat().map(aOrAn).join(' or ')}`;
		case 'enum':
			return `value is not one of the allowed values ${JSON.stringify(params.allowedValues)}`;
		case 'discriminator':
			return `discriminator property "${params.tag}" has invalid value`;
		case 'minLength':
			return `minimum string length is ${params.limit}`;
		case 'maxLength':
			return `maximum string length is ${params.limit}`;
		case 'minItems':
			return `minimum number of items is ${params.limit}`;
		case 'maxItems':
			return `maximum number of items is ${params.limit}`;
		case 'minimum':
			return `number must be at least ${params.limit}`;
		case 'maximum':
			return `number must be at most ${params.limit}`;
		case 'pattern':
			return `string doesn't match the regular expression "${params.pattern}"`;
		case 'format':
			return `string doesn't match the format "${params.format}"`;
		case 'anyOf':
		case 'oneOf':
			return `doesn't match any schema from "${keyword}"`;
		default:
			return message;
	}
}

const aOrAn = (type: unknown): string => `${/^[aeio]/.test(String(type)) ? 'an' : 'a'} ${type}`;
