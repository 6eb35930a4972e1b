import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmInstall } from '../run/npm.mjs';
import { withProgress } from '../run/progress.mjs';
import { allEnded } from '../run/together.mjs';
import { ensureInstalled, isInstalled } from './cache.mjs';
import { addNatives } from './natives.mjs';
import { ensureNode } from './node.mjs';
import { ensureSqlite3 } from './sqlite3.mjs';

export const N8N_VERSION = '2.40.7';
/** The last n8n 1, which many people still have. */
export const N8N_1_VERSION = '1.123.81';

/** One version of n8n with all that it is unpacked from. */
const NEEDED_BYTES = 3 * 1024 ** 3;

const VERSIONS = fileURLToPath(new URL('versions', import.meta.url));
const PROGRAM = join('node_modules', 'n8n', 'bin', 'n8n');
const SQLITE3 = join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

// Not `npm ci`: it insists on optional parts for other systems, some of which npm does not have.
// n8n's packages disagree about their peers, and npm does not finish resolving them.
const INSTALL = [
	'install',
	'--no-save',
	'--legacy-peer-deps',
	'--ignore-scripts',
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
];

/** @typedef {{ version: string, node: string, program: string }} InstalledN8n */

/**
 * @param {string} version
 * @returns {import('./cache.mjs').Installation}
 */
function installation(version) {
	const source = join(VERSIONS, version);
	if (!existsSync(source)) throw new Error(`There is no lock file for n8n ${version}.`);
	return {
		name: `n8n-${version}`,
		source,
		runtime: `${process.platform}-${process.arch}-node24`,
		proof: [PROGRAM, SQLITE3],
		bytes: NEEDED_BYTES,
	};
}

/** @param {string} [version] */
export const hasN8n = async (version = N8N_VERSION) => await isInstalled(installation(version));

/**
 * A real n8n of that version, installed once for all clones.
 *
 * @param {string} [version]
 * @returns {Promise<InstalledN8n>}
 */
export async function ensureN8n(version = N8N_VERSION) {
	const what = installation(version);
	const node = await ensureNode();
	const folder = await ensureInstalled({
		...what,
		steps: {
			packages: async (cwd) => {
				// What an interrupted install has left may be half unpacked.
				await rm(join(cwd, 'node_modules'), { recursive: true, force: true });
				const installing = withProgress(`Installing n8n ${version} (once, 2 GB)`, () =>
					npmInstall(INSTALL, { cwd, node: node.path }),
				);
				// One waits for the network and the disk, the other for the processor.
				await allEnded([installing, ensureSqlite3(node)]);
			},
			natives: async (cwd) => addNatives({ folder: cwd, node, sqlite3: await ensureSqlite3(node) }),
		},
	});
	return { version, node: node.path, program: join(folder, PROGRAM) };
}
