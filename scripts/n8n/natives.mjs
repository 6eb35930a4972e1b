import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../run/command.mjs';
import { withProgress } from '../run/progress.mjs';
import { rebuild } from './rebuild.mjs';

/** @param {string} folder of a package */
const versionIn = async (folder) =>
	JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).version;

/**
 * Gives an installed n8n the two native parts that it needs to run, and tries them. sqlite3 is there
 * already; isolated-vm brings binaries for most systems within its npm package, and finds them by
 * itself. One of n8n's other database drivers cannot be built everywhere, which is why npm must not
 * run every package's install script.
 *
 * @param {object} what
 * @param {string} what.folder that holds n8n's node_modules
 * @param {import('./node.mjs').NodeForN8n} what.node
 * @param {import('./sqlite3.mjs').Sqlite3} what.sqlite3
 */
export async function addNatives({ folder, node, sqlite3 }) {
	/** @param {string} part */
	const load = (part) => run(node.path, ['-e', `require('${part}')`], { cwd: folder, quiet: true });

	await addSqlite3(join(folder, 'node_modules', 'sqlite3'), sqlite3);
	await load('sqlite3');
	try {
		await load('isolated-vm');
	} catch {
		await withProgress(
			'Compiling isolated-vm for n8n (once; it has no binary for this system)',
			() => rebuild('isolated-vm', folder, node),
		);
		await load('isolated-vm');
	}
}

/**
 * @param {string} folder of n8n's own sqlite3
 * @param {import('./sqlite3.mjs').Sqlite3} made
 */
async function addSqlite3(folder, made) {
	const [wanted, found] = await Promise.all([versionIn(folder), versionIn(made.folder)]);
	if (wanted !== found) {
		throw new Error(
			`This n8n needs sqlite3 ${wanted}, and scripts/n8n/sqlite3/package.json names ${found}.`,
		);
	}
	const target = join(folder, 'build', 'Release', 'node_sqlite3.node');
	await mkdir(dirname(target), { recursive: true });
	await cp(made.binary, target);
}
