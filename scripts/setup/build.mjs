import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';
import { run } from '../run/command.mjs';
import { withProgress } from '../run/progress.mjs';

const GULP = join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js');
const SOURCES = ['nodes', 'credentials', 'gulpfile.js', 'tsconfig.json'];

/** Builds dist. */
export async function build() {
	await withProgress('Building the package', () =>
		run(process.execPath, [GULP, 'build'], { cwd: ROOT, quiet: true }),
	);
}

/**
 * @param {string} path
 * @returns {Promise<number[]>} when each file below it was last changed
 */
async function changesIn(path) {
	if (!existsSync(path)) return [];
	if (!(await stat(path)).isDirectory()) return [(await stat(path)).mtimeMs];
	const entries = await readdir(path, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	return await Promise.all(
		files.map(async (file) => (await stat(join(file.parentPath ?? file.path, file.name))).mtimeMs),
	);
}

/** Builds dist unless it is there and newer than what it is made from. */
export async function ensureBuilt() {
	const made = await changesIn(join(ROOT, 'dist'));
	const changed = await Promise.all(SOURCES.map((path) => changesIn(join(ROOT, path))));
	// Icons keep the dates of their sources; what is compiled is as new as the build.
	if (made.length > 0 && Math.max(...changed.flat()) < Math.max(...made)) return;
	await build();
}
