// Test files run one after the other, each with modules of its own, so what they share lives with
// the global set-up. They ask it over HTTP.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { startN8n } from '../../../scripts/n8n/start.mjs';
import { withProgress } from '../../../scripts/run/progress.mjs';

/** @typedef {import('../../../scripts/n8n/start.mjs').RunningN8n} RunningN8n */
/** @typedef {import('../../../scripts/n8n/client.mjs').Connection & { logFile: string }} SharedN8n */

/**
 * One n8n of each version, started when the first test asks for it: `GET /n8n/2.40.7`.
 *
 * @param {{ tarball: string }} options the packed package
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startServers({ tarball }) {
	/** @type {Map<string, Promise<RunningN8n>>} */
	const started = new Map();

	/** @param {string} version */
	function running(version) {
		const known = started.get(version);
		if (known) return known;
		const starting = withProgress(`Starting n8n ${version}`, () => startN8n({ version, tarball }));
		started.set(version, starting);
		return starting;
	}

	/**
	 * @param {string} version
	 * @returns {Promise<SharedN8n>}
	 */
	async function connection(version) {
		const { url, owner, http, logFile } = await running(version);
		// One session for all files: n8n takes only a few sign-ins a minute.
		return { url, owner, session: String(http.defaults.headers.common.Cookie), logFile };
	}

	const server = createServer((request, response) => {
		const version = request.url?.split('/').at(-1) ?? '';
		connection(version).then(
			(found) => response.end(JSON.stringify(found)),
			(error) => response.writeHead(500).end(String(error.message)),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

	return {
		url: `http://127.0.0.1:${port}`,
		async stop() {
			server.close();
			server.closeAllConnections();
			const all = await Promise.allSettled(started.values());
			await Promise.all(
				all.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)),
			);
		},
	};
}
