// Test files run one after the other, each with modules of its own, so what they share lives with
// the global set-up. They ask it over HTTP.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { startN8n } from '../../../scripts/n8n/start.mjs';
import { lastLines } from '../../../scripts/run/command.mjs';
import { withProgress } from '../../../scripts/run/progress.mjs';

/** @typedef {import('../../../scripts/n8n/start.mjs').RunningN8n} RunningN8n */
/** @typedef {import('../../../scripts/n8n/client.mjs').Connection & { logFile: string }} SharedN8n */

/**
 * One n8n of each version, started when the first test asks for it: `GET /n8n/2.40.7`. What is posted
 * to the same path is set in its environment, after it was killed and before it starts again.
 * `GET /printed` says what they have printed last.
 *
 * @param {{ tarball: string }} options the packed package
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startServers({ tarball }) {
	/** @type {Map<string, Promise<RunningN8n>>} */
	const started = new Map();

	/**
	 * @param {string} version
	 * @param {() => Promise<RunningN8n>} start
	 */
	function starting(version, start) {
		const running = withProgress(`Starting n8n ${version}`, start);
		started.set(version, running);
		return running;
	}

	/** @param {string} version */
	function running(version) {
		return (
			started.get(version) ??
			starting(version, async () => {
				const userFolder = await mkdtemp(join(tmpdir(), 'n8n-shared-'));
				return await startN8n({ version, tarball, userFolder });
			})
		);
	}

	/**
	 * @param {string} version
	 * @param {NodeJS.ProcessEnv} env
	 */
	async function restart(version, env) {
		const { userFolder, owner, url, kill } = await running(version);
		await kill();
		const port = Number(new URL(url).port);
		await starting(version, () =>
			startN8n({ version, tarball: false, userFolder, owner, port, env }),
		);
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

	/** What those that have started have printed last. */
	async function printed() {
		const all = await Promise.allSettled(started.values());
		const logs = all.map(async (one) =>
			one.status === 'fulfilled' ? lastLines(await one.value.log()) : '',
		);
		return (await Promise.all(logs)).join('\n');
	}

	const server = createServer((request, response) => {
		if (request.url === '/printed') return void printed().then((text) => response.end(text));
		const version = request.url?.split('/').at(-1) ?? '';
		const restarted =
			request.method === 'POST'
				? json(request).then((env) => restart(version, /** @type {NodeJS.ProcessEnv} */ (env)))
				: Promise.resolve();
		const answer = restarted.then(() => connection(version));
		answer.then(
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
				all.map(async (one) => {
					if (one.status !== 'fulfilled') return;
					await one.value.stop();
					await rm(one.value.userFolder, { recursive: true, force: true });
				}),
			);
		},
	};
}
