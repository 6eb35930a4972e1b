import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import express, { type NextFunction, type Request, type Response } from 'express';

import { maxReadBytes } from './core/body';
import { controlRouter } from './core/control';
import { ControlError } from './core/controlError';
import { Desk } from './core/desk';
import { handle } from './core/handle';
import type { SandboxVendor, Setting } from './core/vendor';
import { loadVendor, vendorNames } from './core/vendors';

export interface SandboxOptions {
	/** Any free port by default. */
	port?: number;
	/** All by default; fewer start faster. */
	vendors?: string[];
	/** Settings to begin with, and to go back to on reset: `{ stepMs: 20 }`. */
	settings?: Record<string, Setting>;
}

export interface Sandbox {
	/** `http://127.0.0.1:<port>`; vendors are at `/<vendor>`, the control API at `/_sandbox`. */
	url: string;
	vendors: Array<
		Pick<SandboxVendor, 'name' | 'credentials' | 'access'> & {
			baseUrl: string;
		}
	>;
	close(): Promise<void>;
}

/** Starts a sandbox of its own: several may run in one process and know nothing of each other. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const names = options.vendors ?? (await vendorNames());
	const vendors = await Promise.all(names.map(loadVendor));

	const desks = new Map<string, Desk>();
	const app = express();
	app.disable('x-powered-by').disable('etag');
	app.use('/_sandbox', controlRouter(desks));
	app.use('/:vendor', (request, response, next) => {
		const desk = desks.get(request.params.vendor);
		if (!desk) throw new ControlError(404, `no such vendor; there are ${names.join(', ')}`);
		desk.stats.arrived(Date.now());
		response.once('close', () => desk.stats.left());
		response.locals.desk = desk;
		next();
	});
	app.use(express.raw({ type: () => true, limit: maxReadBytes }));
	app.use('/:vendor', (request, response) =>
		handle(response.locals.desk as Desk, request, response),
	);
	app.use(onError);

	const server = createServer(app);
	// Longer than a client keeps an idle socket: a socket closed under a request looks like a fault.
	server.keepAliveTimeout = 65_000;
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	server.listen(options.port ?? 0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	for (const vendor of vendors) {
		desks.set(vendor.name, new Desk(vendor, `${url}/${vendor.name}`, options.settings ?? {}));
	}

	return {
		url,
		vendors: vendors.map(({ name, credentials, access }) => ({
			name,
			baseUrl: `${url}/${name}`,
			credentials,
			access,
		})),
		close: () => close(server, sockets, desks),
	};
}

async function close(
	server: Server,
	sockets: Set<Socket>,
	desks: Map<string, Desk>,
): Promise<void> {
	for (const desk of desks.values()) desk.close();
	const closed = once(server, 'close');
	server.close();
	// Requests that are never answered and idle keep-alive sockets would hold the server open.
	for (const socket of sockets) socket.destroy();
	await closed;
}

function onError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
	if (response.headersSent) return next(error);
	const { status = 500, message } = error as { status?: number; message: string };
	if (error instanceof ControlError || status < 500) {
		response.status(status).json({ error: message });
	} else {
		response.status(599).json({ sandboxError: message });
	}
}
