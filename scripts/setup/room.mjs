import { mkdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

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
 * @param {string | null} [variable] of the environment, that says where such things lie; null where
 *   they lie beside what they belong to
 */
export async function expectRoom(folder, neededBytes, what, variable = 'UNIFIED_MESSAGING_CACHE') {
	await mkdir(folder, { recursive: true });
	const { bavail, bsize } = await statfs(folder);
	const free = bavail * bsize;
	if (free >= neededBytes) return;
	throw new Error(
		`There is no room for ${what}: it needs ${size(neededBytes)}, and ${size(free)} are free in ${folder}. ` +
			`Make room, or ${variable ? `set ${variable} to a folder on` : 'move this folder to'} another disk.`,
	);
}

/**
 * Refuses to run n8n where its database and logs would fill the disk.
 *
 * @param {string} [folder]
 */
export const expectRoomToRun = (folder = tmpdir()) =>
	expectRoom(folder, 100 * MEGABYTE, 'the package and the n8n that it is tried in', 'TMPDIR');
