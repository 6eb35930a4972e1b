import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { underGuard } from './guarded.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] keep the output for the error message instead of showing it
 * @property {string} [label] stands before each line that is shown, where several run side by side
 * @property {boolean} [shell]
 * @property {number} [uid] whom it runs as
 * @property {number} [gid]
 */

const LAST_LINES = 60;
// What is run to its end can be cut off at any time: nothing it does is relied on before it has ended.
const STOP_AFTER_MS = 0;

/** @param {string} text */
export const lastLines = (text, count = LAST_LINES) =>
	text.trimEnd().split('\n').slice(-count).join('\n');

/**
 * Runs a command to its end. It ends with this process, so that nothing goes on behind the back
 * of whoever starts the next one.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} what it printed, if quiet
 */
export function run(command, args, { quiet = false, label, uid, gid, ...options } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(...underGuard(command, args, { stopAfterMs: STOP_AFTER_MS, uid, gid }), {
			...options,
			stdio: quiet || label ? ['pipe', 'pipe', 'pipe'] : ['pipe', 'inherit', 'inherit'],
		});
		child.stdin?.on('error', () => {});
		let output = '';
		let errors = '';
		if (quiet) {
			child.stdout?.on('data', (chunk) => (output += chunk));
			child.stderr?.on('data', (chunk) => (errors += chunk));
		} else if (label) {
			show(child.stdout, label, process.stdout);
			show(child.stderr, label, process.stderr);
		}
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) return resolve(output);
			const name = [command, ...args].join(' ');
			const printed = lastLines(`${output}\n${errors}`.trim());
			reject(new Error(`${name} ended with code ${code}\n${printed}`.trimEnd()));
		});
	});
}

/**
 * @param {import('node:stream').Readable | null} from
 * @param {string} label
 * @param {NodeJS.WritableStream} to
 */
function show(from, label, to) {
	if (!from) return;
	createInterface({ input: from }).on('line', (line) => to.write(`${label} | ${line}\n`));
}
