import { mkdir, statfs } from 'node:fs/promises';

/** @param {number} bytes */
const gigabytes = (bytes) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/**
 * Refuses to begin what would fill the disk in the middle.
 *
 * @param {string} folder where it will lie
 * @param {number} neededBytes
 * @param {string} what as people call it
 */
export async function expectRoom(folder, neededBytes, what) {
	await mkdir(folder, { recursive: true });
	const { bavail, bsize } = await statfs(folder);
	const free = bavail * bsize;
	if (free >= neededBytes) return;
	throw new Error(
		`There is no room for ${what}: it needs ${gigabytes(neededBytes)}, and ${gigabytes(free)} are free in ${folder}. ` +
			'Make room, or set UNIFIED_MESSAGING_CACHE to a folder on another disk.',
	);
}
