import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../run/command.mjs';

/**
 * What n8n needs compiled to run. isolated-vm brings binaries within its npm package and finds them
 * by itself; sqlite3 does not. One of n8n's other database drivers cannot be built everywhere, which
 * is why npm must not run every package's install script.
 */
const NATIVE_PARTS = ['sqlite3', 'isolated-vm'];

/** @param {string} folder of a package */
const versionIn = async (folder) =>
	JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).version;

/**
 * Gives an installed n8n its native parts and tries them.
 *
 * @param {object} what
 * @param {string} what.folder that holds n8n's node_modules
 * @param {string} what.node the program
 * @param {import('./sqlite3.mjs').Sqlite3} what.sqlite3
 */
export async function addNatives({ folder, node, sqlite3 }) {
	const own = join(folder, 'node_modules', 'sqlite3');
	const [wanted, made] = await Promise.all([versionIn(own), versionIn(sqlite3.folder)]);
	if (wanted !== made) {
		throw new Error(
			`This n8n needs sqlite3 ${wanted}, and scripts/n8n/sqlite3/package.json names ${made}.`,
		);
	}
	const target = join(own, 'build', 'Release', 'node_sqlite3.node');
	await mkdir(dirname(target), { recursive: true });
	await cp(sqlite3.binary, target);
	for (const part of NATIVE_PARTS)
		await run(node, ['-e', `require('${part}')`], { cwd: folder, quiet: true });
}
