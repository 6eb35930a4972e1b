import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';

/** The lanes together run up to nine processes of n8n and a browser. */
const NEEDED_BYTES = 8e9;
const STARTS_ITS_OWN = /\bstart(N8n|Queue)\(|scripts\/start\.mjs/;

const E2E = join('test', 'e2e');

/** @returns {Promise<string[]>} all e2e test files, from the repository's folder on */
export async function e2eFiles() {
	const files = await readdir(join(ROOT, E2E), { recursive: true });
	return files
		.filter((file) => file.endsWith('.test.ts'))
		.map((file) => join(E2E, file))
		.sort();
}

/**
 * The e2e test files in lanes that run side by side, each with a sandbox of its own: two for those
 * that start processes of n8n for themselves and mostly wait for them, and one for those that share
 * one. Within a lane they run one after the other, because they set the sandbox back.
 *
 * @param {string[]} files
 * @param {{ cores?: number, bytes?: number }} [machine]
 * @returns {Promise<string[][]>} one lane where the machine is too small for more
 */
export async function lanesOf(files, { cores = availableParallelism(), bytes = totalmem() } = {}) {
	if (cores < 2 || bytes < NEEDED_BYTES) return [files];
	/** @type {string[]} */
	const own = [];
	/** @type {string[]} */
	const shared = [];
	for (const file of files) {
		const text = await readFile(join(ROOT, file), 'utf8');
		(STARTS_ITS_OWN.test(text) ? own : shared).push(file);
	}
	const dealt = [0, 1].map((lane) => own.filter((_, at) => at % 2 === lane));
	return [...dealt, shared].filter((lane) => lane.length > 0);
}
