import { Refusal } from '../../core/refusal';
import type { Answer, Issue } from '../../core/vendor';

/** The documented texts; that of 403 is an assumption. */
const texts: Record<number, string> = {
	400: 'Validation error.',
	401: 'UN_AUTHORIZED',
	403: 'Forbidden',
	404: 'Contact not found',
	429: 'Too Many Requests',
	449: 'Your request cannot be processed at the moment as it is currently in queue. Please try again in a few minutes.',
	500: 'Unexpected error occurred',
};

export const failure = (status: number): Answer => ({
	status,
	body: { code: status, message: texts[status] ?? 'Unexpected error occurred' },
});

/** The vendor keeps its reasons to itself; whoever debugs against the sandbox finds them in a header. */
export const invalid = (reason: string): Answer => ({
	...failure(400),
	headers: { 'X-Sandbox-Reason': reason.replace(/[^\x20-\x7e]+/g, '?') },
});

export const describe = (issues: Issue[]): string =>
	issues
		.map(({ in: place, path, message, params }) => {
			const name = params.additionalProperty ?? params.missingProperty;
			return [place, ...path].join('.') + ` ${message}` + (name ? ` (${String(name)})` : '');
		})
		.join('; ');

export function refuse(reason: string): never {
	throw new Refusal(invalid(reason), reason);
}

export function notFound(what: 'Contact' | 'Message' | 'Channel'): never {
	throw new Refusal({ status: 404, body: { code: 404, message: `${what} not found` } });
}
