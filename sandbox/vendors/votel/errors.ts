import { Refusal } from '../../core/refusal';
import type { Answer, Issue, VendorErrors } from '../../core/vendor';

/** Refused or failed, FastAPI's way: a text or an object in `detail`. */
export const problem = (status: number, detail: string | object): Answer => ({
	status,
	body: { detail },
});

export function refuse(status: number, detail: string | object): never {
	throw new Refusal(problem(status, detail));
}

interface Entry {
	loc: Array<string | number>;
	msg: string;
	type: string;
}

export function refuseValue(loc: Entry['loc'], msg: string, type: string): never {
	throw new Refusal(invalid([{ loc, msg, type }]));
}

const invalid = (detail: Entry[]): Answer => ({ status: 422, body: { detail } });

const texts: Record<number, string> = {
	429: 'Too many requests',
	500: 'Internal Server Error',
	502: 'Bad Gateway',
	503: 'Service Unavailable',
	504: 'Gateway Timeout',
};

export const errors: VendorErrors<unknown> = {
	unauthorized: () => problem(401, 'Invalid API key'),
	notFound: () => problem(404, 'Not Found'),
	methodNotAllowed: () => problem(405, 'Method Not Allowed'),
	invalid: (issues) => invalid(issues.map(entryOf)),
	tooLarge: () => problem(413, 'Request body too large'),
	tooManyRequests: () => problem(429, texts[429] ?? ''),
	failure: (status) => problem(status, texts[status] ?? 'The request could not be processed'),
};

/** In the words of FastAPI's older validation errors. */
function entryOf({ in: place, path, keyword, message, params }: Issue): Entry {
	const missing = params.missingProperty;
	const bodyMissing = missing === 'requestBody';
	const loc = [place, ...path, ...(missing === undefined || bodyMissing ? [] : [String(missing)])];
	switch (keyword) {
		case 'required':
			return { loc, msg: 'field required', type: 'value_error.missing' };
		case 'type': {
			const type = [params.type].flat().find((name) => name !== 'null');
			return { loc, msg: `${shortNames[String(type)] ?? type} type expected`, type: 'type_error' };
		}
		case 'enum': {
			const values = (params.allowedValues as unknown[]).map((value) => `'${value}'`).join(', ');
			const msg = `value is not a valid enumeration member; permitted: ${values}`;
			return { loc, msg, type: 'type_error.enum' };
		}
		case 'minLength':
			return {
				loc,
				msg: 'ensure this value has at least 1 characters',
				type: 'value_error.any_str.min_length',
			};
		case 'format':
			return { loc, msg: 'value is not a valid uuid', type: 'type_error.uuid' };
		case 'parse':
			return { loc: ['body'], msg: message, type: 'value_error.jsondecode' };
		default:
			return { loc, msg: message, type: 'value_error' };
	}
}

const shortNames: Record<string, string> = { string: 'str', object: 'dict', array: 'list' };
