import { createHash } from 'node:crypto';
import { access, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../setup/lock.mjs';
import { expectRoom } from '../setup/room.mjs';

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
 * What a package.json and its lock file name, installed for one kind of machine.
 *
 * @typedef {object} Installation
 * @property {string} name
 * @property {string} source folder with package.json and package-lock.json
 * @property {string} runtime what the installed files are built for
 * @property {string[]} [proof] files that a whole install holds
 * @property {number} [bytes] how much room it takes
 */

const DONE = 'done';

/**
 * @param {Installation} what
 * @returns {Promise<string>} where it is, or will be
 */
async function folderOf({ name, source, runtime }) {
	const lockFile = await readFile(join(source, 'package-lock.json'));
	const key = createHash('sha256').update(lockFile).update(runtime).digest('hex');
	return join(cacheFolder(), `${name}-${key.slice(0, KEY_LENGTH)}`);
}

/**
 * @param {Installation} what
 * @returns {Promise<boolean>}
 */
export async function isInstalled(what) {
	const folder = await folderOf(what);
	const files = [DONE, ...(what.proof ?? [])];
	return (await Promise.all(files.map((file) => exists(join(folder, file))))).every(Boolean);
}

/**
 * Installs once. Each step leaves a stamp when it has succeeded, so that an interrupted install goes
 * on at the step that was interrupted; one that has been damaged since is made anew.
 *
 * @param {Installation & { steps: Record<string, (folder: string) => Promise<unknown>> }} what
 *   `steps` in their order
 * @returns {Promise<string>} the folder that holds node_modules
 */
export async function ensureInstalled({ steps, ...what }) {
	const folder = await folderOf(what);
	/** @param {string} step */
	const stamp = (step) => join(folder, `${step}.done`);
	if (await isInstalled(what)) return folder;

	const install = async () => {
		if (await isInstalled(what)) return;
		// Stamps of an install that somebody has damaged since say nothing any more.
		if (await exists(join(folder, DONE))) {
			console.error(`${folder} is damaged, and is made anew.`);
			await rm(folder, { recursive: true, force: true });
		}
		if (what.bytes) await expectRoom(folder, what.bytes, what.name);
		await mkdir(folder, { recursive: true });
		for (const file of ['package.json', 'package-lock.json'])
			await cp(join(what.source, file), join(folder, file));
		for (const [step, work] of Object.entries(steps)) {
			if (await exists(stamp(step))) continue;
			await work(folder);
			await writeFile(stamp(step), '');
		}
		// npm calls it a success when it could not get what is optional.
		for (const file of what.proof ?? []) {
			if (await exists(join(folder, file))) continue;
			await rm(folder, { recursive: true, force: true });
			throw new Error(
				`npm has installed ${what.name} without ${file}. Perhaps it cannot reach its registry: ` +
					'"npm ping" tells. Run this again when it can.',
			);
		}
		await writeFile(join(folder, DONE), '');
	};
	await withLock(folder, install, () =>
		console.error(`Waiting for another process that installs ${what.name} ...`),
	);
	return folder;
}
