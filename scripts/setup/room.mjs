import { mkdir, statfs } from 'node:fs/promises';

const GIGABYTE = 1024 ** 3;
const MEGABYTE = 1024 ** 2;

/** @param {number} bytes */
const size = (bytes) =>
	bytes >= GIGABYTE ? `${(bytes / GIGABYTE).toFixed(1)} GB` : `${(bytes / MEGABYTE).toFixed(0)} MB`;

/**
 * Refuses to begin what would fill the disk in the middle.
 *
 * @param {string} folder where it will lie
 * @param {number} neededBytes
 * @param {string} what as people call it
 * @param {string} [variable] of the environment, that says where such things lie
 */
export async function expectRoom(folder, neededBytes, what, variable = 'UNIFIED_MESSAGING_CACHE') {
	await mkdir(folder, { recursive: true });
	const { bavail, bsize } = await statfs(folder);
	const free = bavail * bsize;
	if (free >= neededBytes) return;
	throw new Error(
		`There is no room for ${what}: it needs ${size(neededBytes)}, and ${size(free)} are free in ${folder}. ` +
			`Make room, or set ${variable} to a folder on another disk.`,
	);
}
