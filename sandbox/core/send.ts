import type { Response } from 'express';

import type { Answer } from './vendor';

export function send(response: Response, { status, body, headers }: Answer): void {
	response.status(status).set(headers ?? {});
	if (body === undefined) response.end();
	else if (Buffer.isBuffer(body)) response.end(body);
	else if (typeof body === 'string') {
		if (!response.get('content-type')) response.type('text/plain');
		response.end(body);
	} else response.json(body);
}
