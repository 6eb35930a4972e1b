import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../run/npm.mjs';
import { withProgress } from '../run/progress.mjs';
import { ensureInstalled } from './cache.mjs';
import { ensureNode } from './node.mjs';

export const N8N_VERSION = '2.40.7';
/** The last n8n 1, which many people still have. */
export const N8N_1_VERSION = '1.123.81';

const VERSIONS = fileURLToPath(new URL('versions', import.meta.url));
const PROGRAM = join('node_modules', 'n8n', 'bin', 'n8n');
// The only two native parts that n8n needs to run; one of its database drivers cannot be built
// everywhere, which is why npm must not run every package's install script.
const NATIVE_PARTS = ['sqlite3', 'isolated-vm'];

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
 * A real n8n of that version, installed once for all clones.
 *
 * @param {string} [version]
 * @returns {Promise<InstalledN8n>}
 */
export async function ensureN8n(version = N8N_VERSION) {
	const source = join(VERSIONS, version);
	if (!existsSync(source)) throw new Error(`There is no lock file for n8n ${version}.`);
	const node = await ensureNode();

	const headers = existsSync(join(node.home, 'include', 'node', 'node.h'));
	const env = { JOBS: 'max', ...(headers && { npm_config_nodedir: node.home }) };
	const folder = await ensureInstalled({
		name: `n8n-${version}`,
		source,
		runtime: `${process.platform}-${process.arch}-node24`,
		proof: PROGRAM,
		steps: {
			packages: async (cwd) => {
				// What an interrupted install has left may be half unpacked.
				await rm(join(cwd, 'node_modules'), { recursive: true, force: true });
				await withProgress(`Installing n8n ${version} (once, 2 GB, some minutes)`, () =>
					npm(INSTALL, { cwd, node: node.path }),
				);
			},
			natives: (cwd) =>
				withProgress(`Building ${NATIVE_PARTS.join(' and ')} for n8n (once)`, () =>
					npm(['rebuild', ...NATIVE_PARTS, '--ignore-scripts=false'], {
						cwd,
						env,
						node: node.path,
					}),
				),
		},
	});
	return { version, node: node.path, program: join(folder, PROGRAM) };
}
