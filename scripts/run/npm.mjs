import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from './command.mjs';

/**
 * npm's own script, so that npm can run under another Node.js than the one that it came with.
 *
 * @returns {string | undefined}
 */
function npmScript() {
	const home = dirname(process.execPath);
	const candidates = [
		process.env.npm_execpath,
		join(home, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	];
	return candidates.find((path) => path && basename(path) === 'npm-cli.js' && existsSync(path));
}

/** What a surrounding `npm run` leaves behind would point npm at this repository's own folder. */
function withoutOuterNpm() {
	const outer = /^(npm_package_|npm_lifecycle_|npm_command$|npm_config_local_prefix$|INIT_CWD$)/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}

/** npm's codes for a registry that cannot be reached. */
export const UNREACHED =
	/npm (?:error|ERR!) code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)/;

/**
 * Installs with npm. Without a network npm says nothing for minutes, while it tries again and again;
 * what it has in its own cache it installs all the same. So this asks for the registry beside it, and
 * says when it does not answer.
 *
 * @param {string[]} args
 * @param {Parameters<typeof npm>[1]} options
 * @returns {Promise<string>} what npm printed, if quiet
 */
export async function npmInstall(args, options) {
	let isDone = false;
	const asked = npm(['ping', '--fetch-retries=0'], { ...options, quiet: true });
	asked.catch((error) => {
		const [, code] = String(error).match(UNREACHED) ?? [];
		if (!isDone && code) {
			console.error(
				`The registry of npm does not answer (${code}). npm tries again for some minutes. Check the ` +
					'connection; behind a proxy, set npm\'s "proxy" and "https-proxy".',
			);
		}
	});
	return await npm(args, options).finally(() => (isDone = true));
}

/**
 * @param {string[]} args
 * @param {{
 *   cwd: string, env?: NodeJS.ProcessEnv, node?: string, quiet?: boolean, label?: string,
 * }} options
 * @returns {Promise<string>} what npm printed, if quiet
 */
export async function npm(args, { env = {}, node = process.execPath, quiet = true, ...more }) {
	const script = npmScript();
	const options = { ...more, env: { ...withoutOuterNpm(), ...env }, quiet };
	return script ? await run(node, [script, ...args], options) : await run('npm', args, options);
}
