import type { IDataObject } from 'n8n-workflow';

import { parseWithBigNumbers } from '../webhook/bigNumbers';

/** Deeper than this nobody writes on purpose; n8n itself could not store what is far deeper. */
const DEEPEST = 500;

type Body = { json: IDataObject | IDataObject[] } | { unreadable: string };

/** What of n8n's request keeps the bytes that signatures are made over. */
interface RawRequest {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
}

/**
 * The bytes of the body. n8n reads them by itself for the usual content types only.
 *
 * @returns undefined where there are none to check: a form whose fields n8n has taken apart, or a
 * connection that broke in the middle
 */
export async function readRawBody(request: RawRequest): Promise<Buffer | undefined> {
	try {
		if (request.rawBody === undefined) await request.readRawBody?.();
		return request.rawBody ?? Buffer.alloc(0);
	} catch {
		return undefined;
	}
}

/**
 * Reads the bytes that were checked, not n8n's reading of them, which depends on headers that nobody
 * has signed.
 */
export function readBody(rawBody: Buffer): Body {
	const json = parsed(rawBody.toString('utf8').replace(/^\ufeff/, ''));
	if (typeof json !== 'object' || json === null) return { unreadable: 'its body is no JSON' };
	// One level takes two bytes at least.
	if (rawBody.length > 2 * DEEPEST && isDeeper(json, DEEPEST)) {
		return { unreadable: 'its JSON is nested too deeply' };
	}
	return { json: json as IDataObject | IDataObject[] };
}

function parsed(text: string): unknown {
	try {
		return parseWithBigNumbers(text);
	} catch {
		return undefined;
	}
}

/** Level by level, because a function that calls itself would overflow before it could tell. */
function isDeeper(json: object, levels: number): boolean {
	let level: object[] = [json];
	for (let depth = 0; depth < levels; depth++) {
		level = level.flatMap((place) =>
			Object.values(place).filter((value) => typeof value === 'object' && value !== null),
		);
		if (level.length === 0) return false;
	}
	return true;
}
