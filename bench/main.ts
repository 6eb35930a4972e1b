import { existsSync } from 'node:fs';
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
import { resultsAfter } from './results';
import type { Bench, Scenario } from './scenario';
import { bulk } from './scenarios/bulk';
import { bulkSent } from './scenarios/bulkSent';
import { eventLoop } from './scenarios/eventLoop';
import { queueMode } from './scenarios/queueMode';
import { rateLimited } from './scenarios/rateLimited';
import { suppression } from './scenarios/suppression';
import { trigger } from './scenarios/trigger';
import { unlimited } from './scenarios/unlimited';
import { judge } from './targets';
import { startVendor } from './vendor/start';

const SCENARIOS: Scenario[] = [
	rateLimited,
	unlimited,
	bulk,
	bulkSent,
	suppression,
	eventLoop,
	trigger,
];
/** Run only when asked for: each run starts a queue of its own and waits for a worker's end. */
const QUEUE_SCENARIOS: Scenario[] = [queueMode];
const RESULTS = join(ROOT, 'bench', 'results.json');
const REPEATS = 3;
/** Of what two cores can do at a time. */
const BUSY_FROM = 1.5;

function readOptions() {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			queue: { type: 'boolean', default: false },
			only: { type: 'string' },
			scale: { type: 'string', default: '1' },
		},
	});
	const wanted = values.only?.split(',');
	const all = values.queue ? QUEUE_SCENARIOS : SCENARIOS;
	const scenarios = all.filter(({ name }) => wanted?.includes(name) ?? true);
	if (scenarios.length === 0 || scenarios.length < (wanted?.length ?? 0)) {
		throw new Error(`--only takes names of these: ${all.map(({ name }) => name).join(', ')}`);
	}
	const scale = Number(values.scale);
	if (!(scale > 0)) throw new Error(`--scale ${values.scale} is not a number above 0`);
	const repeats = values.quick || values.queue ? 1 : REPEATS;
	const option = values.queue ? ' -- --queue' : values.quick ? ' -- --quick' : '';
	const isWhole = wanted === undefined && scale === 1;
	const isQuick = values.quick;
	return { command: `npm run bench${option}`, repeats, scenarios, scale, isQuick, isWhole };
}

/** Runs the bench. @returns the exit code: 0 when all that must be reached was */
async function run(): Promise<number> {
	const { command, repeats: times, scenarios, scale, isQuick, isWhole } = readOptions();
	const start = performance.now();
	const [load] = loadavg();
	if (load > BUSY_FROM) {
		console.error(`The machine is busy (load ${load.toFixed(1)}): times will not mean much.`);
	}
	const folder = await mkdtemp(join(tmpdir(), 'bench-'));
	const vendor = await startVendor();
	try {
		const bench: Bench = { vendor, tarball: await packPackage(folder), scale, isQuick };
		const figures: Partial<Figures> = {};
		const spreads: Record<string, number[]> = {};
		for (const scenario of scenarios) {
			const repeats: Array<Partial<Figures>> = [];
			for (let repeat = 0; repeat < times; repeat++) {
				repeats.push(await withProgress(scenario.name, async () => await scenario.run(bench)));
			}
			Object.assign(figures, middle(repeats));
			Object.assign(spreads, spread(repeats));
		}
		const verdicts = judge(figures);
		console.log(`\n${report(figures, verdicts)}\n`);
		console.log(`Done in ${duration(performance.now() - start)}.`);
		if (isWhole) {
			const about = await aboutThisRun(command, load);
			await write(figures, { ...about, ...(times > 1 && { repeats: spreads }) });
		} else console.log('Only a part was run, so bench/results.json stays as it is.');
		return verdicts.every(({ isMet }) => isMet) ? 0 : 1;
	} finally {
		await vendor.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function aboutThisRun(command: string, load: number) {
	const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
		version: string;
	};
	const [{ model }] = cpus();
	return {
		command,
		at: new Date().toISOString(),
		package: version,
		n8n: N8N_VERSION,
		cores: cpus().length,
		cpu: model,
		memoryGiB: Math.round(totalmem() / 2 ** 30),
		loadBefore: Number(load.toFixed(2)),
	};
}

async function write(figures: Partial<Figures>, about: object): Promise<void> {
	const previous = existsSync(RESULTS) ? await readFile(RESULTS, 'utf8') : '{}';
	const results = resultsAfter(JSON.parse(previous) as Record<string, unknown>, figures, about);
	await writeFile(
		RESULTS,
		await format(JSON.stringify(results), { parser: 'json', useTabs: true }),
	);
	console.log('Written to bench/results.json.');
}

void main(run);
