import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));
const STOP_AFTER_MS = 15_000;

/**
 * The command that runs another one under the guard; its stdin must be a pipe.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ stopAfterMs?: number, remove?: string, uid?: number, gid?: number }} [options]
 * @returns {[command: string, args: string[]]}
 */
export function underGuard(command, args, { stopAfterMs = STOP_AFTER_MS, ...options } = {}) {
	return [process.execPath, [GUARD, JSON.stringify({ command, args, stopAfterMs, ...options })]];
}

/**
 * @typedef {object} Guarded
 * @property {() => boolean} running
 * @property {() => Promise<void>} stop asks it to end and waits until it has
 * @property {() => Promise<void>} kill ends it at once, as a crash would
 */

/**
 * Starts a server that ends with this process, however this process ends. It runs outside the
 * terminal's group, so Ctrl-C reaches it only through its orderly stop.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{
 *   cwd?: string, env?: NodeJS.ProcessEnv, log: string, remove?: string, uid?: number, gid?: number,
 * }} options `log`: file that takes all it prints; `remove`: folder to remove after it was stopped;
 *   `uid`, `gid`: whom it runs as
 * @returns {Guarded}
 */
export function startGuarded(command, args, { log, remove, cwd, env, uid, gid }) {
	const output = openSync(log, 'a');
	const guard = spawn(...underGuard(command, args, { remove, uid, gid }), {
		cwd,
		env,
		detached: true,
		windowsHide: true,
		stdio: ['pipe', output, output],
	});
	closeSync(output);
	// The guard may end first.
	guard.stdin?.on('error', () => {});

	const ended = new Promise((resolve) => {
		guard.on('error', resolve);
		guard.on('exit', resolve);
	});
	return {
		running: () => guard.exitCode === null && guard.signalCode === null,
		async stop() {
			guard.stdin?.end();
			await ended;
			if (remove) await rm(remove, { recursive: true, force: true });
		},
		async kill() {
			guard.stdin?.write('kill\n');
			await ended;
		},
	};
}
