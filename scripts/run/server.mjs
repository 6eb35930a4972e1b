import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines } from './command.mjs';
import { startGuarded } from './guarded.mjs';
import { until } from './until.mjs';

/**
 * @template T
 * @typedef {object} ServerOptions
 * @property {string} name as people call it
 * @property {string} command
 * @property {string[]} args
 * @property {string} folder where it works and where its log lies
 * @property {boolean} [keep] the folder after the stop; it is removed otherwise
 * @property {NodeJS.ProcessEnv} [env] PATH alone by default
 * @property {number} [uid] whom it runs as
 * @property {number} [gid]
 * @property {() => Promise<T | undefined>} isReady
 * @property {number} readyWithinMs
 */

/**
 * @template T
 * @typedef {import('./guarded.mjs').Guarded & {
 *   ready: T,
 *   logFile: string,
 *   log: () => Promise<string>,
 * }} Server
 */

/**
 * Starts a server that ends with this process and waits until it is ready. One that does not get
 * ready is stopped, and the error carries its last words.
 *
 * @template T
 * @param {ServerOptions<T>} options
 * @returns {Promise<Server<T>>}
 */
export async function startServer(options) {
	const { name, command, args, folder, uid, gid } = options;
	const logFile = join(folder, `${name.toLowerCase().replaceAll(' ', '-')}.log`);
	const log = () => readFile(logFile, 'utf8').catch(() => '');
	const server = startGuarded(command, args, {
		cwd: folder,
		env: options.env ?? { PATH: process.env.PATH },
		log: logFile,
		remove: options.keep ? undefined : folder,
		uid,
		gid,
	});
	try {
		const ready = await until(options.isReady, {
			what: `${name} gets ready`,
			timeoutMs: options.readyWithinMs,
			running: server.running,
		});
		return { ...server, ready, logFile, log };
	} catch (error) {
		const printed = lastLines(await log());
		await server.stop();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\n${printed}`, { cause: error });
	}
}
