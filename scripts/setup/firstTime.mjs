import { hasN8n } from '../n8n/install.mjs';
import { hasSqlite3 } from '../n8n/sqlite3.mjs';
import { hasDependencies } from './dependencies.mjs';

/**
 * What is installed once, and how long it takes on a small machine (2 cores).
 *
 * @typedef {{ what: string, seconds: number }} Part
 */

/**
 * @param {string[]} versions of n8n
 * @returns {Promise<Part[]>} what is still missing
 */
async function missing(versions) {
	/** @type {Part[]} */
	const parts = [];
	if (!(await hasDependencies())) parts.push({ what: 'development dependencies', seconds: 60 });
	for (const version of versions) {
		if (await hasN8n(version)) continue;
		parts.push({ what: `n8n ${version} (2 GB)`, seconds: 90 });
	}
	const needsN8n = parts.some(({ what }) => what.startsWith('n8n'));
	if (needsN8n && !(await hasSqlite3())) {
		parts.push({
			what: "n8n's database driver, compiled if its binary cannot be downloaded",
			seconds: 60,
		});
	}
	return parts;
}

/**
 * @param {Part[]} parts
 * @returns {string}
 */
export function inMinutes(parts) {
	const minutes = Math.ceil(parts.reduce((sum, { seconds }) => sum + seconds, 0) / 60);
	const names = parts.map(({ what }) => what).join(', ');
	return `The first time takes about ${minutes === 1 ? 'a minute' : `${minutes} minutes`} more, for what is installed once: ${names}.`;
}

/**
 * Says, before anything is installed, how long that takes.
 *
 * @param {string[]} versions of n8n that will be needed
 */
export async function tellFirstTime(versions) {
	const parts = await missing(versions);
	if (parts.length > 0) console.error(inMinutes(parts));
}
