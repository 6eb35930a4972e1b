import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Express from 'express';
import { nodeRequire } from './n8n';

export type Request = Express.Request & { rawBody?: Buffer; readRawBody: () => Promise<void> };

/** What n8n reads by itself before a node of a version above 1 sees the request. */
const READ_BY_N8N = /^(application\/json|text\/plain|application\/x-www-form-urlencoded)|[/+]xml$/;

/**
 * n8n's body parser: the raw bytes are kept, a body that is not JSON is refused with 422, a form with
 * files is taken apart and leaves no bytes, and everything else is left to the node.
 */
async function readBody(request: Request) {
	const type = request.headers['content-type']?.split(';')[0].trim() ?? '';
	request.readRawBody = async () => {
		if (request.rawBody) return;
		if (request.destroyed || !request.readable) {
			throw new Error('Request body stream was aborted or is not readable');
		}
		request.rawBody = await bytesOf(request);
	};
	if (type === 'multipart/form-data') {
		await bytesOf(request);
		request.body = { data: {}, files: {} };
	} else if (READ_BY_N8N.test(type)) {
		await request.readRawBody();
		const text = request.rawBody?.toString('utf8') ?? '';
		if (text !== '' && type === 'application/json') request.body = JSON.parse(text);
		else if (type === 'application/x-www-form-urlencoded') {
			request.body = Object.fromEntries(new URLSearchParams(text));
		} else if (type === 'text/plain') request.body = text;
	}
	request.body ??= {};
}

async function bytesOf(request: Request): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
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
