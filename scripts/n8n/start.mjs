import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLines } from '../run/command.mjs';
import { connectN8n } from './client.mjs';
import { ensureN8n } from './install.mjs';
import { packPackage } from './package.mjs';
import { startProcess } from './process.mjs';

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
 *   kill: () => Promise<void>,
 * }} RunningN8n
 */

/** @returns {import('./client.mjs').Owner} */
const newOwner = () => ({
	email: 'owner@example.com',
	password: `Owner1-${randomBytes(9).toString('base64url')}`,
});

/**
 * Signs in to a process that has just started, or stops it and tells its last words.
 *
 * @param {import('./process.mjs').N8nProcess} server
 * @param {import('./client.mjs').Owner} [owner]
 */
export async function signedIn(server, owner = newOwner()) {
	try {
		return await connectN8n({ url: server.url, owner });
	} catch (error) {
		const printed = lastLines(await server.log());
		await server.stop();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\n${printed}`, { cause: error });
	}
}

/**
 * Starts a real n8n with the package in it and signs in as its owner.
 *
 * @param {StartOptions} [options]
 * @returns {Promise<RunningN8n>}
 */
export async function startN8n(options = {}) {
	const n8n = await ensureN8n(options.version);
	const keep = options.userFolder !== undefined;
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-')));
	await mkdir(userFolder, { recursive: true });
	try {
		const server = await startProcess({
			n8n,
			command: 'start',
			userFolder,
			keep,
			tarball: options.tarball ?? (await packPackage(userFolder)),
			port: options.port,
			env: options.env,
		});
		const client = await signedIn(server, options.owner);
		const { logFile, log, stop } = server;
		const kill = async () => {
			await server.kill();
			// n8n holds back a start for ten seconds where it finds that it has crashed before.
			await rm(join(userFolder, '.n8n', 'crash.journal'), { force: true });
		};
		return { ...client, userFolder, logFile, log, stop, kill };
	} catch (error) {
		if (!keep) await rm(userFolder, { recursive: true, force: true });
		throw error;
	}
}
