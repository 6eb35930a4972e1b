import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Express from 'express';
import { nodeRequire } from './n8n';

export type Request = Express.Request & { rawBody: Buffer };

/** n8n's body parser: the raw bytes are kept, a body that is not JSON is refused with 422. */
async function readBody(request: Request) {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	request.rawBody = Buffer.concat(chunks);
	const type = request.headers['content-type']?.split(';')[0].trim();
	const text = request.rawBody.toString('utf8');
	if (text !== '' && type === 'application/json') request.body = JSON.parse(text);
	else if (type === 'application/x-www-form-urlencoded') {
		request.body = Object.fromEntries(new URLSearchParams(text));
	} else if (type === 'text/plain') request.body = text;
	request.body ??= {};
}

/** Listens on a free port of this machine and leaves every request to `answerRequest`. */
export async function listen(
	answerRequest: (request: Request, response: Express.Response) => Promise<void>,
): Promise<{ url: string; server: Server }> {
	const express = nodeRequire('express') as typeof Express;
	const app = express();
	const respond = async (request: Request, response: Express.Response) => {
		try {
			await readBody(request);
		} catch {
			response.status(422).json({ code: 422, message: 'Failed to parse request body' });
			return;
		}
		await answerRequest(request, response);
	};
	app.use((request, response) => void respond(request as Request, response));
	const server = await new Promise<Server>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

export async function close(server: Server) {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}
