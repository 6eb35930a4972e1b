import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packPackage } from '../n8n/package.mjs';
import { ROOT } from '../root.mjs';
import { assemble } from './assemble.mjs';
import { readVendors } from './vendors.mjs';

/**
 * @typedef {object} Packed
 * @property {string} name of the package
 * @property {string} folder its source, with the compiled code in dist
 * @property {string} tarball
 * @property {string} [node] the node of its only vendor, without the package
 * @property {Record<string, string>} credentialTypes by their types in the whole package
 */

/**
 * Packs the whole package and one for each vendor, all from the same built source.
 *
 * @param {string} folder for the tarballs and the source of the vendors' packages
 * @returns {Promise<Packed[]>} the whole package first
 */
export async function packAll(folder) {
	await mkdir(folder, { recursive: true });
	const { name } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
	const whole = { name, folder: ROOT, credentialTypes: {} };
	const vendors = await readVendors();
	const packages = [
		whole,
		...(await Promise.all(vendors.map((vendor) => assemble(vendor, vendors, folder)))),
	];
	return await Promise.all(
		packages.map(async (one) => ({ ...one, tarball: await packPackage(folder, one.folder) })),
	);
}
