import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../run/command.mjs';
import { withProgress } from '../run/progress.mjs';

// Another process may be installing something at the same moment.
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=300'];

/** @param {string} path */
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * @param {string[]} names the likeliest first
 * @returns {string[]} where programs of these names would be found by a shell
 */
export function onPath(names) {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

const canInstall = () =>
	process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version');

/**
 * A program that the tests need and npm does not have: the one that is there, or else Debian's.
 *
 * @param {object} what
 * @param {string} what.name as people call it
 * @param {() => string[]} what.places where it may be, the likeliest first
 * @param {string} what.debianPackage
 * @param {string} what.advice what to do where it cannot be installed from here
 * @returns {Promise<string>} its path
 */
export async function ensureProgram({ name, places, debianPackage, advice }) {
	const found = places().find(isProgram);
	if (found) return found;

	if (canInstall()) {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		/** @param {string[]} args */
		const apt = (...args) =>
			run('apt-get', ['-y', '-qq', ...WAIT_FOR_LOCK, ...args], { env, quiet: true });
		await withProgress(`Installing ${name} (once)`, async () => {
			await apt('update');
			await apt('install', '--no-install-recommends', debianPackage);
		});
		const installed = places().find(isProgram);
		if (installed) return installed;
	}
	throw new Error(`The tests need ${name}. ${advice}`);
}
