import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';

import { N8N_VERSION } from '../scripts/n8n/install.mjs';
import { packPackage } from '../scripts/n8n/package.mjs';
import { ROOT } from '../scripts/root.mjs';
import { main } from '../scripts/run/main.mjs';
import { duration, withProgress } from '../scripts/run/progress.mjs';
import type { Figures } from './figures';
import { middle, spread } from './repeats';
import { report } from './report';
import type { Bench, Scenario } from './scenario';
import { bulk } from './scenarios/bulk';
import { bulkSent } from './scenarios/bulkSent';
import { eventLoop } from './scenarios/eventLoop';
import { rateLimited } from './scenarios/rateLimited';
import { trigger } from './scenarios/trigger';
import { unlimited } from './scenarios/unlimited';
import { judge } from './targets';
import { startVendor } from './vendor/start';

const SCENARIOS: Scenario[] = [rateLimited, unlimited, bulk, bulkSent, eventLoop, trigger];
const RESULTS = join(ROOT, 'bench', 'results.json');
const REPEATS = 3;
/** Of what two cores can do at a time. */
const BUSY_FROM = 1.5;

function readOptions() {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string' },
			scale: { type: 'string', default: '1' },
		},
	});
	const wanted = values.only?.split(',');
	const scenarios = SCENARIOS.filter(({ name }) => wanted?.includes(name) ?? true);
	if (scenarios.length === 0 || scenarios.length < (wanted?.length ?? 0)) {
		throw new Error(`--only takes names of these: ${SCENARIOS.map(({ name }) => name).join(', ')}`);
	}
	const scale = Number(values.scale);
	if (!(scale > 0)) throw new Error(`--scale ${values.scale} is not a number above 0`);
	return { quick: values.quick, scenarios, scale, isWhole: wanted === undefined && scale === 1 };
}

/** Runs the bench. @returns the exit code: 0 when all that must be reached was */
async function run(): Promise<number> {
	const { quick, scenarios, scale, isWhole } = readOptions();
	const start = performance.now();
	const [load] = loadavg();
	if (load > BUSY_FROM) {
		console.error(`The machine is busy (load ${load.toFixed(1)}): times will not mean much.`);
	}
	const folder = await mkdtemp(join(tmpdir(), 'bench-'));
	const vendor = await startVendor();
	try {
		const bench: Bench = { vendor, tarball: await packPackage(folder), scale };
		const figures: Partial<Figures> = {};
		const spreads: Record<string, number[]> = {};
		for (const scenario of scenarios) {
			const repeats: Array<Partial<Figures>> = [];
			for (let repeat = 0; repeat < (quick ? 1 : REPEATS); repeat++) {
				repeats.push(await withProgress(scenario.name, async () => await scenario.run(bench)));
			}
			Object.assign(figures, middle(repeats));
			Object.assign(spreads, spread(repeats));
		}
		const verdicts = judge(figures);
		console.log(`\n${report(figures, verdicts)}\n`);
		console.log(`Done in ${duration(performance.now() - start)}.`);
		if (isWhole) {
			const about = await aboutThisRun(quick, load);
			await write({ ...figures, run: { ...about, ...(quick ? {} : { repeats: spreads }) } });
		} else console.log('Only a part was run, so bench/results.json stays as it is.');
		return verdicts.every(({ isMet }) => isMet) ? 0 : 1;
	} finally {
		await vendor.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function aboutThisRun(quick: boolean, load: number) {
	const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
		version: string;
	};
	const [{ model }] = cpus();
	return {
		command: `npm run bench${quick ? ' -- --quick' : ''}`,
		at: new Date().toISOString(),
		package: version,
		n8n: N8N_VERSION,
		cores: cpus().length,
		cpu: model,
		memoryGiB: Math.round(totalmem() / 2 ** 30),
		loadBefore: Number(load.toFixed(2)),
	};
}

async function write(results: object): Promise<void> {
	await writeFile(
		RESULTS,
		await format(JSON.stringify(results), { parser: 'json', useTabs: true }),
	);
	console.log('Written to bench/results.json.');
}

void main(run);
