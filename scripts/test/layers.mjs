import { ensureN8n, N8N_1_VERSION } from '../n8n/install.mjs';
import { ROOT } from '../root.mjs';
import { npm } from '../run/npm.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { ensurePostgres } from '../setup/postgres.mjs';
import { ensureRedis } from '../setup/redis.mjs';
import { PASSED } from './count.mjs';
import { jest } from './jest.mjs';

/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {string[]} needs layers without which this one says nothing
 * @property {() => Promise<import('./count.mjs').Count>} run fails by throwing, or counts
 */

/** @param {string} script of package.json; it counts as one test */
const script = (script) => async () => {
	await npm(['run', '--silent', script], { cwd: ROOT, quiet: false });
	return PASSED;
};

async function e2e() {
	await ensureN8n();
	await ensureN8n(N8N_1_VERSION);
	await ensureRedis();
	await ensurePostgres();
	const CHROMIUM_PATH = await ensureChromium();
	return await jest('e2e', { args: ['--runInBand'], env: { CHROMIUM_PATH } });
}

/** @type {Layer[]} from the quickest to the slowest */
export const LAYERS = [
	{ name: 'lint', needs: [], run: script('lint') },
	{ name: 'types', needs: [], run: script('types') },
	{ name: 'build', needs: [], run: script('build') },
	{ name: 'unit', needs: [], run: () => jest('unit') },
	{ name: 'engine', needs: ['build'], run: () => jest('engine') },
	{ name: 'e2e', needs: ['build'], run: e2e },
];
