import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../run/npm.mjs';
import { withProgress } from '../run/progress.mjs';
import { ensureInstalled } from './cache.mjs';

const SOURCE = fileURLToPath(new URL('node', import.meta.url));
const MAJOR = 24;

/** @typedef {{ path: string, home: string }} NodeForN8n the program and the folder of its headers */

/**
 * Node.js 24, which n8n 2 needs: the one that runs this script, or else one from npm.
 *
 * @returns {Promise<NodeForN8n>}
 */
export async function ensureNode() {
	const own = Number(process.versions.node.split('.')[0]);
	if (own === MAJOR) return { path: process.execPath, home: dirname(dirname(process.execPath)) };

	const program = process.platform === 'win32' ? 'node.exe' : 'node';
	const folder = await ensureInstalled({
		name: 'node',
		source: SOURCE,
		runtime: `${process.platform}-${process.arch}`,
		steps: {
			packages: (cwd) =>
				withProgress(`Installing Node.js ${MAJOR} for n8n (once)`, () =>
					npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd }),
				),
		},
	});
	const modules = join(folder, 'node_modules');
	const [name] = (await readdir(modules)).filter((entry) => entry.startsWith('node-'));
	if (!name) {
		throw new Error(
			`npm has no Node.js ${MAJOR} for ${process.platform}-${process.arch}. ` +
				`Install Node.js ${MAJOR} and run this command with it.`,
		);
	}
	const home = join(modules, name);
	return { path: join(home, 'bin', program), home };
}
