import { availableParallelism, totalmem } from 'node:os';
import { ensureN8n, N8N_1_VERSION } from '../n8n/install.mjs';
import { ROOT } from '../root.mjs';
import { npm } from '../run/npm.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { ensurePostgres } from '../setup/postgres.mjs';
import { ensureRedis } from '../setup/redis.mjs';
import { FAILED, PASSED, sum } from './count.mjs';
import { jest } from './jest.mjs';
import { e2eFiles, lanesOf } from './lanes.mjs';

/** @typedef {import('./count.mjs').Count} Count */

/**
 * What runs at once.
 *
 * @typedef {object} Stage
 * @property {string[]} layers
 * @property {(layers: string[]) => Promise<Record<string, Count>>} run those of its layers that mean
 *   something; fails by throwing, or counts
 */

/** The layer without which another one says nothing. */
export const NEEDS = /** @type {Record<string, string>} */ ({ engine: 'build', e2e: 'build' });

/**
 * Scripts of package.json; each counts as one test.
 *
 * @param {string[]} scripts
 */
async function checks(scripts) {
	const counts = await Promise.all(
		scripts.map((script) =>
			npm(['run', '--silent', script], { cwd: ROOT, quiet: false, label: script }).then(
				() => PASSED,
				() => FAILED,
			),
		),
	);
	return Object.fromEntries(scripts.map((script, at) => [script, counts[at]]));
}

/**
 * What the e2e tests need beside Node.js.
 *
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function programs() {
	const programs = { redis: ensureRedis, postgres: ensurePostgres, chromium: ensureChromium };
	/** @type {Record<string, string>} */
	const found = {};
	/** @type {string[]} */
	const missing = [];
	// One after the other: the system installs one thing at a time.
	for (const [name, ensure] of Object.entries(programs)) {
		try {
			found[name] = await ensure();
		} catch (error) {
			missing.push(error instanceof Error ? error.message : String(error));
		}
	}
	if (missing.length > 0) throw new Error(missing.join('\n'));
	return { CHROMIUM_PATH: found.chromium };
}

async function e2e() {
	const env = await programs();
	await ensureN8n();
	await ensureN8n(N8N_1_VERSION);
	const lanes = await lanesOf(await e2eFiles());
	const counts = await Promise.all(
		lanes.map((files, at) =>
			jest(['e2e'], {
				args: ['--runInBand', '--runTestsByPath', ...files],
				env,
				label: lanes.length > 1 ? `lane ${at + 1}` : undefined,
			}),
		),
	);
	return { e2e: sum(counts.map((count) => count.e2e)) };
}

const WORKER_BYTES = 2e9;

/** Three for each core, as far as there is memory for them: the tests of waiting mostly wait. */
export const workersFor = ({ cores = availableParallelism(), bytes = totalmem() } = {}) =>
	Math.max(cores, Math.min(3 * cores, Math.floor(bytes / WORKER_BYTES)));

/** @type {Stage[]} from the quickest to the slowest */
export const STAGES = [
	{ layers: ['lint', 'types', 'build'], run: checks },
	{
		layers: ['unit', 'engine'],
		run: (layers) => jest(layers, { args: ['--maxWorkers', String(workersFor())] }),
	},
	{ layers: ['e2e'], run: e2e },
];
