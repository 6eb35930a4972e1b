import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import getPort from 'get-port';
import { lastLines } from '../run/command.mjs';
import { startGuarded } from '../run/guarded.mjs';
import { ifAny, until } from '../run/until.mjs';
import { connectN8n } from './client.mjs';
import { n8nEnvironment } from './environment.mjs';
import { ensureN8n } from './install.mjs';
import { installPackage, packPackage } from './package.mjs';

const READY_WITHIN_MS = 180_000;

/**
 * @typedef {object} StartOptions
 * @property {string} [version]
 * @property {string | false} [tarball] the packed package; dist is packed by default, `false` leaves n8n bare
 * @property {string} [userFolder] kept after the stop; a temporary one if there is none
 * @property {number} [port]
 * @property {NodeJS.ProcessEnv} [env] on top of what n8n gets anyway
 * @property {import('./client.mjs').Owner} [owner] of a user folder that has been used before
 */

/**
 * @typedef {import('./client.mjs').N8nClient & {
 *   userFolder: string,
 *   logFile: string,
 *   log: () => Promise<string>,
 *   stop: () => Promise<void>,
 * }} RunningN8n
 */

/** @returns {import('./client.mjs').Owner} */
const newOwner = () => ({
	email: 'owner@example.com',
	password: `Owner1-${randomBytes(9).toString('base64url')}`,
});

/**
 * Starts a real n8n with the package in it and signs in as its owner.
 *
 * @param {StartOptions} [options]
 * @returns {Promise<RunningN8n>}
 */
export async function startN8n(options = {}) {
	const n8n = await ensureN8n(options.version);
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-')));
	await mkdir(userFolder, { recursive: true });
	if (options.tarball !== false)
		await installPackage(options.tarball ?? (await packPackage(userFolder)), userFolder);

	const port = options.port ?? (await getPort());
	const brokerPort = await getPort();
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');
	const log = () => readFile(logFile, 'utf8');
	const server = startGuarded(n8n.node, [n8n.program, 'start'], {
		cwd: userFolder,
		env: n8nEnvironment(
			{ version: n8n.version, userFolder, port, brokerPort, url },
			options.env ?? {},
		),
		log: logFile,
		remove: options.userFolder ? undefined : userFolder,
	});

	try {
		await until(async () => await ifAny(axios.get(`${url}/healthz/readiness`, { proxy: false })), {
			what: `n8n ${n8n.version} gets ready`,
			timeoutMs: READY_WITHIN_MS,
			running: server.running,
		});
		const client = await connectN8n({ url, owner: options.owner ?? newOwner() });
		return { ...client, userFolder, logFile, log, stop: server.stop };
	} catch (error) {
		const printed = lastLines(await log().catch(() => ''));
		await server.stop();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\n${printed}`, { cause: error });
	}
}
