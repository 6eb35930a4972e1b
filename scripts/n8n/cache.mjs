import { createHash } from 'node:crypto';
import { access, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../setup/lock.mjs';

const NAME = 'n8n-nodes-unified-messaging';
const KEY_LENGTH = 12;

/** Outside the repository, so that every clone and every `git clean` finds n8n still installed. */
export function cacheFolder() {
	const { UNIFIED_MESSAGING_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (UNIFIED_MESSAGING_CACHE) return UNIFIED_MESSAGING_CACHE;
	if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, NAME);
	if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, NAME, 'Cache');
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', NAME);
	return join(homedir(), '.cache', NAME);
}

/** @param {string} path */
const exists = (path) =>
	access(path).then(
		() => true,
		() => false,
	);

/**
 * Installs once what a package.json and its lock file name. Each step leaves a stamp when it has
 * succeeded, so that an interrupted install goes on at the step that was interrupted.
 *
 * @param {object} what
 * @param {string} what.name
 * @param {string} what.source folder with package.json and package-lock.json
 * @param {string} what.runtime what the installed files are built for
 * @param {string} [what.proof] a file that a whole install holds
 * @param {Record<string, (folder: string) => Promise<unknown>>} what.steps in their order
 * @returns {Promise<string>} the folder that holds node_modules
 */
export async function ensureInstalled({ name, source, runtime, proof = '.', steps }) {
	const lockFile = await readFile(join(source, 'package-lock.json'));
	const key = createHash('sha256').update(lockFile).update(runtime).digest('hex');
	const folder = join(cacheFolder(), `${name}-${key.slice(0, KEY_LENGTH)}`);
	const done = join(folder, 'done');
	/** @param {string} step */
	const stamp = (step) => join(folder, `${step}.done`);
	const isDone = async () => (await exists(done)) && (await exists(join(folder, proof)));
	if (await isDone()) return folder;

	const install = async () => {
		if (await isDone()) return;
		// Stamps of an install that somebody has damaged since say nothing any more.
		if (await exists(done)) await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		for (const file of ['package.json', 'package-lock.json'])
			await cp(join(source, file), join(folder, file));
		for (const [step, work] of Object.entries(steps)) {
			if (await exists(stamp(step))) continue;
			await work(folder);
			await writeFile(stamp(step), '');
		}
		await writeFile(done, '');
	};
	await withLock(folder, install, () =>
		console.error(`Waiting for another process that installs ${name} ...`),
	);
	return folder;
}
