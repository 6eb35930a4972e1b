import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../root.mjs';
import { formatted } from './formatted.mjs';
import { LISTS } from './lists.mjs';
import { vendorNames } from './names.mjs';
import { filledIn, ownPath, readTemplates } from './templates.mjs';

/**
 * @typedef {object} NewVendor
 * @property {import('./names.mjs').VendorNames} names
 * @property {string[]} created paths from the root of the repository
 * @property {string[]} changed those of files that were there
 */

/**
 * Writes everything that a vendor has, or nothing.
 *
 * @param {string} entered the vendor's name, such as "acme" or "Acme Chat"
 * @param {string} [root]
 * @returns {Promise<NewVendor>}
 * @throws {Error} for a name that cannot be one, or a vendor that is there already
 */
export async function generate(entered, root = ROOT) {
	const names = vendorNames(entered);
	const templates = await readTemplates();
	await refuseExisting(templates, names, root);

	const packageName = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).name;
	const values = { ...names, packageName };
	const created = templates.map(({ path, text }) => ({
		path: ownPath(path, names),
		text: filledIn(text, values),
	}));
	const changed = await Promise.all(
		Object.entries(LISTS).map(async ([path, withVendor]) => ({
			path,
			text: withVendor(await readFile(join(root, path), 'utf8'), names),
		})),
	);
	const files = await Promise.all([...created, ...changed].map((file) => formatted(file, root)));
	for (const { path, text } of files) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), text);
	}
	return {
		names,
		created: created.map(({ path }) => path),
		changed: changed.map(({ path }) => path),
	};
}

/**
 * Folders and files that bear the vendor's name, in whatever case: some file systems do not tell
 * Message from message.
 *
 * @param {import('./templates.mjs').Template[]} templates
 * @param {import('./names.mjs').VendorNames} names
 * @param {string} root
 */
async function refuseExisting(templates, names, root) {
	for (const path of new Set(templates.map(({ path }) => firstNamed(path)))) {
		const own = ownPath(path, names);
		const entries = await readdir(join(root, dirname(own))).catch(() => []);
		const taken = entries.find((entry) => own.toLowerCase().endsWith(`/${entry.toLowerCase()}`));
		if (taken === undefined) continue;
		const there = `${dirname(own)}/${taken}`;
		throw new Error(`${names.displayName} cannot be added: ${there} is there already.`);
	}
}

/**
 * nodes/Acme of nodes/Acme/operations/send.ts.
 *
 * @param {string} path
 */
function firstNamed(path) {
	const parts = path.split('/');
	return parts.slice(0, parts.findIndex((part) => /acme/i.test(part)) + 1).join('/');
}
