import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../run/command.mjs';
import { npmInstall } from '../run/npm.mjs';
import { withProgress } from '../run/progress.mjs';
import { ensureInstalled } from './cache.mjs';

const SOURCE = fileURLToPath(new URL('node', import.meta.url));
const MAJOR = 24;
/** Node.js with what npm unpacks it from. */
const NEEDED_BYTES = 300 * 1024 ** 2;
const WINDOWS = process.platform === 'win32';

/** @typedef {{ path: string, home: string }} NodeForN8n the program and the folder of its headers */

/**
 * The npm package that holds Node.js for a system.
 *
 * @param {string} system such as linux-x64
 * @returns {Promise<string>}
 */
export async function nodePackage(system) {
	const text = await readFile(join(SOURCE, 'package.json'), 'utf8');
	const names = Object.keys(JSON.parse(text).optionalDependencies);
	const name = names.find((one) => one.endsWith(`-${system.replace('win32', 'win')}`));
	if (name) return name;
	throw new Error(
		`npm has no Node.js ${MAJOR} for ${system}. Install Node.js ${MAJOR} and run this command with it.`,
	);
}

/**
 * Node.js 24, which n8n 2 needs: the one that runs this script, or else one from npm.
 *
 * @returns {Promise<NodeForN8n>}
 */
export async function ensureNode() {
	const own = Number(process.versions.node.split('.')[0]);
	if (own === MAJOR) return { path: process.execPath, home: dirname(dirname(process.execPath)) };

	const system = `${process.platform}-${process.arch}`;
	const home = join('node_modules', await nodePackage(system));
	const program = join(home, 'bin', WINDOWS ? 'node.exe' : 'node');
	const folder = await ensureInstalled({
		name: 'node',
		source: SOURCE,
		runtime: system,
		proof: [program],
		bytes: NEEDED_BYTES,
		steps: {
			packages: (cwd) =>
				withProgress(`Installing Node.js ${MAJOR} for n8n (once)`, () =>
					npmInstall(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd }),
				),
		},
	});
	await expectRuns(join(folder, program), folder);
	return { path: join(folder, program), home: join(folder, home) };
}

/**
 * Refuses a Node.js that is not whole: n8n would end with it and say nothing.
 *
 * @param {string} program
 * @param {string} folder that it was installed into
 */
export async function expectRuns(program, folder) {
	const version = await run(program, ['--version'], { quiet: true }).catch(() => '');
	if (version.startsWith(`v${MAJOR}.`)) return;
	throw new Error(
		`${program} does not run. ${folder} is damaged: remove it and run this again, and it is installed anew.`,
	);
}
