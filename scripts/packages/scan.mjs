import { join } from 'node:path';
import { ROOT } from '../root.mjs';
import { run } from '../run/command.mjs';

const ESLINT = join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js');
const CONFIG = join(ROOT, 'eslint.config.mjs');

/** What n8n's scanner reads of a package. */
const SHIPPED = ['package.json', 'nodes', 'credentials', 'dist'];

/**
 * Holds a package, source and built code, against the rules of n8n's package scanner. Comments that
 * switch a rule off count for nothing, as there.
 *
 * @param {string} folder
 * @param {string[]} [files] all that is shipped by default
 * @throws {Error} with what is found; warnings are no reason for it, as there
 */
export async function scan(folder, files = SHIPPED) {
	const env = { ...process.env };
	// Jest's own: ESLint's rules for n8n take NODE_ENV=test for their own tests.
	for (const name of ['JEST_WORKER_ID', 'NODE_ENV']) delete env[name];
	await run(
		process.execPath,
		[ESLINT, '--config', CONFIG, '--no-ignore', '--no-inline-config', '--quiet', ...files],
		{ cwd: folder, env, quiet: true },
	);
}
