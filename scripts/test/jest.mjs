import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';
import { run } from '../run/command.mjs';
import { sum } from './count.mjs';

const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

/**
 * Runs the Jest tests of a layer and counts them. A test file that could not even be loaded, and a
 * run that failed without a failing test, count as one failure each.
 *
 * @param {string} layer
 * @param {{ args?: string[], env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<import('./count.mjs').Count>}
 */
export async function jest(layer, { args = [], env = {} } = {}) {
	const folder = await mkdtemp(join(tmpdir(), 'jest-'));
	const report = join(folder, 'report.json');
	const selection = ['--selectProjects', layer, '--json', '--outputFile', report];
	try {
		const ended = await run(process.execPath, [JEST, ...selection, ...args], {
			cwd: ROOT,
			env: { ...process.env, ...env },
		}).then(
			() => true,
			() => false,
		);
		const results = await readFile(report, 'utf8').then(JSON.parse, () => ({}));
		const count = sum([
			{
				passed: results.numPassedTests ?? 0,
				failed: (results.numFailedTests ?? 0) + (results.numRuntimeErrorTestSuites ?? 0),
				skipped: (results.numPendingTests ?? 0) + (results.numTodoTests ?? 0),
			},
		]);
		return !ended && count.failed === 0 ? { ...count, failed: 1 } : count;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
