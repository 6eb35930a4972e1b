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
 * @param {{ stopAfterMs?: number, remove?: string }} [options]
 * @returns {[command: string, args: string[]]}
 */
export function underGuard(command, args, { stopAfterMs = STOP_AFTER_MS, remove } = {}) {
	return [process.execPath, [GUARD, JSON.stringify({ command, args, stopAfterMs, remove })]];
}

/**
 * @typedef {object} Guarded
 * @property {() => boolean} running
 * @property {() => Promise<void>} stop asks it to end and waits until it has
 */

/**
 * Starts a server that ends with this process, however this process ends. It runs outside the
 * terminal's group, so Ctrl-C reaches it only through its orderly stop.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log: string, remove?: string }} options
 *   `log`: file that takes all it prints; `remove`: folder to remove after it has ended
 * @returns {Guarded}
 */
export function startGuarded(command, args, { log, remove, cwd, env }) {
	const output = openSync(log, 'a');
	const guard = spawn(...underGuard(command, args, { remove }), {
		cwd,
		env,
		detached: true,
		windowsHide: true,
		stdio: ['pipe', output, output],
	});
	closeSync(output);
	// The guard may end first, and nothing is ever written to it.
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
	};
}
