import { refuse } from './errors';

interface PageQuery {
	limit?: number;
	pageToken?: string;
	reverse?: boolean;
}

/** A page that holds its place when things are added in the meantime: the token names the last id. */
export function pageOf<T extends { id: string }>(
	things: T[],
	query: PageQuery,
	defaultLimit = 10,
): { results: T[]; nextPageToken?: string } {
	const ordered = query.reverse ? [...things].reverse() : things;
	let start = 0;
	if (query.pageToken !== undefined) {
		const last = Buffer.from(query.pageToken, 'base64url').toString();
		start = ordered.findIndex(({ id }) => id === last) + 1;
		if (start === 0) throw refuse('query.pageToken', 'the page token is not valid');
	}
	const results = ordered.slice(start, start + (query.limit ?? defaultLimit));
	const last = results.at(-1);
	const more = start + results.length < ordered.length;
	return {
		results,
		...(last && more && { nextPageToken: Buffer.from(last.id).toString('base64url') }),
	};
}
