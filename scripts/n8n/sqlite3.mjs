import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../run/npm.mjs';
import { withProgress } from '../run/progress.mjs';
import { ensureInstalled, isInstalled } from './cache.mjs';
import { rebuild } from './rebuild.mjs';

const SOURCE = fileURLToPath(new URL('sqlite3', import.meta.url));
const FOLDER = join('node_modules', 'sqlite3');
const BINARY = join(FOLDER, 'build', 'Release', 'node_sqlite3.node');

/** @type {import('./cache.mjs').Installation} */
const INSTALLATION = {
	name: 'sqlite3',
	source: SOURCE,
	// The binary fits every Node.js (Node-API).
	runtime: `${process.platform}-${process.arch}`,
	proof: [BINARY],
};

export const hasSqlite3 = () => isInstalled(INSTALLATION);

/** @typedef {{ folder: string, binary: string }} Sqlite3 the package and its binary, both whole paths */

/**
 * n8n's database driver, once for all versions of n8n. npm has its sources only: its own install
 * script takes a binary from its makers' releases, and compiles where those cannot be reached.
 *
 * @param {import('./node.mjs').NodeForN8n} node
 * @returns {Promise<Sqlite3>}
 */
export async function ensureSqlite3(node) {
	const folder = await ensureInstalled({
		...INSTALLATION,
		steps: {
			// Without its optional node-gyp, an old one: npm brings one that knows today's Python.
			packages: (cwd) =>
				npm(['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd }),
			binary: (cwd) =>
				withProgress('Getting sqlite3 for n8n (once; compiled if it cannot be downloaded)', () =>
					rebuild('sqlite3', cwd, node),
				),
		},
	});
	return { folder: join(folder, FOLDER), binary: join(folder, BINARY) };
}
