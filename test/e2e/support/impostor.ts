import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';

/** A host of the internet that answers as a test says. */
export interface Impostor {
	/** What a process needs to meet it instead of the real one, and no other host at all. */
	env: NodeJS.ProcessEnv;
	/** The file with the certificate authority that was made for it. */
	authority: string;
	stop: () => Promise<void>;
}

async function listening(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/**
 * n8n asks some services at a fixed address only. So the processes under test get a proxy that
 * knows this one host, and a certificate authority made for the occasion.
 *
 * @param folder for the authority's file
 */
export async function startImpostor(
	host: string,
	answer: RequestListener,
	folder: string,
): Promise<Impostor> {
	const authority = join(folder, 'authority.pem');
	const keys = await generate([{ name: 'commonName', value: host }], {
		algorithm: 'sha256',
		keyType: 'ec',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
		],
	});
	await writeFile(authority, keys.cert);

	const server = createTlsServer({ key: keys.private, cert: keys.cert }, answer);
	const port = await listening(server);
	const proxy = createServer((_, response) => response.writeHead(403).end());
	const clients = new Set<Duplex>();
	proxy.on('connect', (request, client, head) => {
		clients.add(client);
		client.on('error', () => {}).on('close', () => clients.delete(client));
		if (request.url !== `${host}:443`) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		const upstream = connect(port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			upstream.write(head);
			upstream.pipe(client).pipe(upstream);
		});
		return upstream.on('error', () => client.destroy());
	});
	const proxyUrl = `http://127.0.0.1:${await listening(proxy)}`;

	return {
		authority,
		env: {
			HTTPS_PROXY: proxyUrl,
			HTTP_PROXY: proxyUrl,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: authority,
		},
		async stop() {
			for (const client of clients) client.destroy();
			for (const one of [proxy, server]) {
				one.close();
				one.closeAllConnections();
				await once(one, 'close');
			}
		},
	};
}
