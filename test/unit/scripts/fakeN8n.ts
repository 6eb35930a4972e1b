import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the fake does with one request: answers, or breaks the connection. */
export type Act = (response: ServerResponse, request: IncomingMessage) => void;

export const says =
	(status: number, body: unknown = {}, headers: Record<string, string> = {}): Act =>
	(response) => {
		const isText = typeof body === 'string';
		response.writeHead(status, {
			'content-type': isText ? 'text/html' : 'application/json',
			...headers,
		});
		response.end(isText ? body : JSON.stringify(body));
	};

export const breaks: Act = (_, request) => void request.socket.destroy();

export interface FakeN8n {
	url: string;
	/** What was asked for, as "POST /rest/login", in its order. */
	asked: string[];
	/** The connections that were made. */
	sockets: Set<Socket>;
	/** What the next requests for this get, one after the other; the last one stays. */
	plan: (request: string, ...acts: Act[]) => void;
	stop: () => Promise<void>;
}

/** A server that answers as n8n was seen to, only sooner. */
export async function startFakeN8n(): Promise<FakeN8n> {
	const plans = new Map<string, Act[]>();
	const asked: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((request, response) => {
		const name = `${request.method} ${request.url?.split('?')[0]}`;
		asked.push(name);
		const acts = plans.get(name) ?? [says(404, { message: `Cannot ${name}` })];
		const act = acts.length > 1 ? acts.shift() : acts[0];
		request.resume().on('end', () => act?.(response, request));
	});
	server.on('connection', (socket) => sockets.add(socket));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		sockets,
		plan: (request, ...acts) => void plans.set(request, acts),
		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}
