import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../root.mjs';
import { run } from '../run/command.mjs';
import { FAILED, sum } from './count.mjs';

const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

/** @typedef {import('./count.mjs').Count} Count */

/**
 * What Jest writes with --json, as far as it is read here.
 *
 * @typedef {{ name: string, status: string, assertionResults: Array<{ status: string }> }} FileResult
 */

/** @param {FileResult} result */
const layerOf = ({ name }) => relative(join(ROOT, 'test'), name).split(sep)[0];

/**
 * A file that could not even be loaded counts as one failure.
 *
 * @param {FileResult} result
 * @returns {Count}
 */
export function countOf({ status, assertionResults }) {
	/** @param {string[]} statuses */
	const count = (...statuses) =>
		assertionResults.filter((one) => statuses.includes(one.status)).length;
	const failed = count('failed');
	return {
		passed: count('passed'),
		failed: status === 'failed' ? Math.max(failed, 1) : failed,
		skipped: count('pending', 'todo', 'skipped'),
	};
}

/**
 * Runs the Jest tests of some layers in one pool and counts them. A run that failed without a
 * failing test counts as one failure.
 *
 * @param {string[]} layers
 * @param {{ args?: string[], env?: NodeJS.ProcessEnv, label?: string }} [options] `label`: stands
 *   before each line of what it prints
 * @returns {Promise<Record<string, Count>>} of each layer
 */
export async function jest(layers, { args = [], env = {}, label } = {}) {
	const folder = await mkdtemp(join(tmpdir(), 'jest-'));
	const report = join(folder, 'report.json');
	const selection = ['--selectProjects', ...layers, '--json', '--outputFile', report];
	try {
		const ended = await run(process.execPath, [JEST, ...selection, ...args], {
			cwd: ROOT,
			env: { ...process.env, ...env },
			label,
		}).then(
			() => true,
			() => false,
		);
		/** @type {FileResult[]} */
		const results = await readFile(report, 'utf8').then(
			(text) => JSON.parse(text).testResults,
			() => [],
		);
		const counts = Object.fromEntries(
			layers.map((layer) => [
				layer,
				sum(results.filter((result) => layerOf(result) === layer).map(countOf)),
			]),
		);
		if (!ended && sum(Object.values(counts)).failed === 0)
			counts[layers[0]] = sum([counts[layers[0]], FAILED]);
		return counts;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
