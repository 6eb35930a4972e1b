import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmInstall } from '../run/npm.mjs';
import { withProgress } from '../run/progress.mjs';
import { ROOT } from '../root.mjs';
import { withLock } from './lock.mjs';
import { expectRoom } from './room.mjs';

/** With what npm unpacks them from. */
const NEEDED_BYTES = 800 * 1024 ** 2;

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 */

/**
 * @param {string} path
 * @returns {Promise<Record<string, LockedPackage> | undefined>}
 */
async function packagesOf(path) {
	try {
		return JSON.parse(await readFile(path, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/**
 * npm writes what it has installed into node_modules/.package-lock.json as its last step, so an
 * interrupted or outdated install shows as a difference.
 *
 * @param {string} root
 */
async function isUpToDate(root) {
	const wanted = await packagesOf(join(root, 'package-lock.json'));
	const installed = await packagesOf(join(root, 'node_modules', '.package-lock.json'));
	if (!wanted) throw new Error('package-lock.json is missing or unreadable');
	if (!installed) return false;
	return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
		if (path === '') return true;
		const found = installed[path];
		if (!found) return optional === true;
		return found.version === version && found.integrity === integrity;
	});
}

/** @returns {Promise<boolean>} whether the development dependencies are there */
export const hasDependencies = async (root = ROOT) => await isUpToDate(root);

/** Installs the development dependencies that package-lock.json names, unless they are there. */
export async function ensureDependencies(root = ROOT) {
	if (await isUpToDate(root)) return;
	await withLock(
		join(root, '.cache', 'dependencies'),
		async () => {
			if (await isUpToDate(root)) return;
			await expectRoom(root, NEEDED_BYTES, 'the development dependencies', null);
			await withProgress('Installing development dependencies', () =>
				npmInstall(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root }),
			);
		},
		() => console.error('Waiting for another process that installs development dependencies ...'),
	);
}
