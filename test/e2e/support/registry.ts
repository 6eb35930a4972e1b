import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { basename, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import * as tar from 'tar';

const HOST = 'registry.npmjs.org';

export interface Registry {
	/** What a process needs to meet this registry instead of npm's, and no other host at all. */
	env: NodeJS.ProcessEnv;
	/** The paths that were asked for. */
	asked: string[];
	stop: () => Promise<void>;
}

/** The package.json that a tarball holds. */
async function manifestIn(tarball: string): Promise<Record<string, unknown>> {
	const chunks: Buffer[] = [];
	await tar.list({
		file: tarball,
		filter: (path) => path === 'package/package.json',
		onReadEntry: (entry) => entry.on('data', (chunk) => chunks.push(chunk)),
	});
	return JSON.parse(Buffer.concat(chunks).toString());
}

/** What npm's registry says of a package that was published once, by path, and its files. */
async function published(tarball: string): Promise<Record<string, object>> {
	const content = await readFile(tarball);
	const manifest = await manifestIn(tarball);
	const { name, version } = manifest as { name: string; version: string };
	const file = `/${name}/-/${basename(tarball)}`;
	const details = {
		...manifest,
		_id: `${name}@${version}`,
		dist: {
			tarball: `https://${HOST}${file}`,
			integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
			shasum: createHash('sha1').update(content).digest('hex'),
		},
	};
	return {
		[file]: content,
		[`/${name}`]: { name, 'dist-tags': { latest: version }, versions: { [version]: details } },
		[`/${name}/latest`]: details,
		[`/${name}/${version}`]: details,
	};
}

/** Answers as npm's registry would if these tarballs were all that was ever published. */
async function answers(tarballs: string[], asked: string[]): Promise<RequestListener> {
	const known: Record<string, object> = Object.assign(
		{},
		...(await Promise.all(tarballs.map(published))),
	);
	return ({ url = '' }, response) => {
		const path = decodeURIComponent(url);
		asked.push(path);
		const found = known[path];
		if (Buffer.isBuffer(found)) return response.end(found);
		response.setHeader('content-type', 'application/json');
		response.statusCode = found === undefined ? 404 : 200;
		return response.end(JSON.stringify(found ?? { error: 'Not found' }));
	};
}

async function listening(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/**
 * n8n takes community packages from npm's own registry only. So the processes under test get a
 * proxy that knows no other host, and a certificate authority made for the occasion.
 *
 * @param folder for its files; also npm's cache, so that nothing is left in the real one
 */
export async function startRegistry(tarballs: string[], folder: string): Promise<Registry> {
	const authority = join(folder, 'authority.pem');
	const keys = await generate([{ name: 'commonName', value: HOST }], {
		algorithm: 'sha256',
		keyType: 'ec',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] },
		],
	});
	await writeFile(authority, keys.cert);

	const asked: string[] = [];
	const registry = createTlsServer(
		{ key: keys.private, cert: keys.cert },
		await answers(tarballs, asked),
	);
	const registryPort = await listening(registry);
	const proxy = createServer((_, response) => response.writeHead(403).end());
	const clients = new Set<Duplex>();
	proxy.on('connect', (request, client, head) => {
		clients.add(client);
		client.on('error', () => {}).on('close', () => clients.delete(client));
		if (request.url !== `${HOST}:443`) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		const upstream = connect(registryPort, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			upstream.write(head);
			upstream.pipe(client).pipe(upstream);
		});
		return upstream.on('error', () => client.destroy());
	});
	const proxyUrl = `http://127.0.0.1:${await listening(proxy)}`;

	return {
		asked,
		env: {
			HTTPS_PROXY: proxyUrl,
			HTTP_PROXY: proxyUrl,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: authority,
			npm_config_cafile: authority,
			npm_config_cache: join(folder, 'npm-cache'),
			npm_config_userconfig: join(folder, 'npmrc'),
			npm_config_update_notifier: 'false',
		},
		async stop() {
			for (const client of clients) client.destroy();
			for (const server of [proxy, registry]) {
				server.close();
				server.closeAllConnections();
				await once(server, 'close');
			}
		},
	};
}
