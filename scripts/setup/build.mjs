import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';
import { run } from '../run/command.mjs';
import { withProgress } from '../run/progress.mjs';
import { withLock } from './lock.mjs';

const GULP = join('node_modules', 'gulp', 'bin', 'gulp.js');
const SOURCES = [
	'nodes',
	'credentials',
	'gulpfile.js',
	'tsconfig.json',
	'package.json',
	'package-lock.json',
];

/**
 * When each file and folder below a path was last changed. A folder changes when something is added
 * to it or removed from it.
 *
 * @param {string} path
 * @returns {Promise<number[]>}
 */
async function changesIn(path) {
	if (!existsSync(path)) return [];
	const found = await stat(path);
	if (!found.isDirectory()) return [found.mtimeMs];
	const inside = await Promise.all(
		(await readdir(path)).map((name) => changesIn(join(path, name))),
	);
	return [found.mtimeMs, ...inside.flat()];
}

/**
 * Whether dist is whole and newer than what it is made from.
 *
 * @param {string} [root]
 * @returns {Promise<boolean>}
 */
export async function isBuilt(root = ROOT) {
	const { n8n } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	// Compiling writes these as its last step, so an interrupted build has none of them.
	const shipped = [...n8n.nodes, ...n8n.credentials].map((file) => join(root, file));
	if (!shipped.every((file) => existsSync(file))) return false;
	const made = await Promise.all(shipped.map(changesIn));
	const changed = await Promise.all(SOURCES.map((path) => changesIn(join(root, path))));
	return Math.max(...changed.flat()) < Math.min(...made.flat());
}

/** Builds dist unless it is built. */
export async function ensureBuilt() {
	if (await isBuilt()) return;
	await withLock(join(ROOT, '.cache', 'build'), async () => {
		if (await isBuilt()) return;
		await withProgress('Building the package', () =>
			run(process.execPath, [join(ROOT, GULP), 'build'], { cwd: ROOT, quiet: true }),
		);
	});
}
