import type { Request } from 'express';

/** Enough for every vendor; what a vendor itself takes is its `maxBodyBytes`. */
export const maxReadBytes = 64 * 1024 * 1024;

export interface ReadBody {
	rawBody: Buffer;
	/** Undefined when there is none, or it is not JSON. */
	body: unknown;
	/** For the journal: as it came, or in a few words when it is long or binary. */
	shown: unknown;
}

export function readBody(request: Request): ReadBody {
	const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	if (rawBody.length === 0) return { rawBody, body: undefined, shown: undefined };
	if (isJson(request.headers['content-type'])) {
		try {
			const body: unknown = JSON.parse(rawBody.toString());
			return { rawBody, body, shown: body };
		} catch {
			// The contract check says so to the caller.
		}
	}
	const shown =
		rawBody.length > 10_000 || rawBody.includes(0)
			? `(${rawBody.length} bytes)`
			: rawBody.toString();
	return { rawBody, body: undefined, shown };
}

export const isJson = (contentType: string | undefined): boolean =>
	/^application\/([a-z0-9.-]+\+)?json\b/i.test(contentType ?? '');
