import { mkdir } from 'node:fs/promises';
import axios from 'axios';
import getPort from 'get-port';
import { startServer } from '../run/server.mjs';
import { ifAny } from '../run/until.mjs';
import { n8nEnvironment } from './environment.mjs';
import { installPackage } from './package.mjs';

const READY_WITHIN_MS = 180_000;

/**
 * @typedef {object} ProcessOptions
 * @property {import('./install.mjs').InstalledN8n} n8n
 * @property {'start' | 'worker' | 'webhook'} command
 * @property {string} userFolder
 * @property {boolean} [keep] the user folder after the stop
 * @property {string | false} tarball the packed package, if it shall be there
 * @property {number} [port]
 * @property {NodeJS.ProcessEnv} [env] on top of what n8n gets anyway
 */

/** @typedef {import('../run/server.mjs').Server<unknown> & { url: string }} N8nProcess */

/**
 * Starts one process of n8n and waits until it says that it is ready.
 *
 * @param {ProcessOptions} options
 * @returns {Promise<N8nProcess>}
 */
export async function startProcess({ n8n, command, userFolder, keep, tarball, ...options }) {
	await mkdir(userFolder, { recursive: true });
	if (tarball !== false) await installPackage(tarball, userFolder);

	const port = options.port ?? (await getPort());
	const brokerPort = await getPort();
	const url = `http://127.0.0.1:${port}`;
	const server = await startServer({
		name: command === 'start' ? 'n8n' : `n8n ${command}`,
		command: n8n.node,
		args: [n8n.program, command],
		folder: userFolder,
		keep,
		env: n8nEnvironment(
			{ version: n8n.version, userFolder, port, brokerPort, url },
			options.env ?? {},
		),
		isReady: async () => await ifAny(axios.get(`${url}/healthz/readiness`, { proxy: false })),
		readyWithinMs: READY_WITHIN_MS,
	});
	return { ...server, url };
}
