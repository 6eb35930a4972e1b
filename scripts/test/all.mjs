import { duration } from '../run/progress.mjs';
import { FAILED, SKIPPED, inWords, sum } from './count.mjs';
import { LAYERS } from './layers.mjs';

/**
 * Runs all layers. One that fails does not keep the others from being told about, except those
 * that could not mean anything without it.
 *
 * @returns {Promise<number>} exit code
 */
export async function testAll() {
	const start = performance.now();
	/** @type {Map<string, import('./count.mjs').Count>} */
	const counts = new Map();
	for (const { name, needs, run } of LAYERS) {
		console.log(`\n=== ${name} ===`);
		const missing = needs.find((need) => counts.get(need)?.failed);
		if (missing) {
			console.log(`skipped, because ${missing} failed`);
			counts.set(name, SKIPPED);
			continue;
		}
		const layerStart = performance.now();
		const count = await run().catch((error) => {
			console.error(error instanceof Error ? error.message : error);
			return FAILED;
		});
		counts.set(name, count);
		console.log(`--- ${name}: ${inWords(count)} in ${duration(performance.now() - layerStart)}`);
	}

	console.log(`\n=== summary, ${duration(performance.now() - start)} ===`);
	for (const [name, count] of counts) console.log(`${name.padEnd(8)}${inWords(count)}`);
	const total = sum([...counts.values()]);
	console.log(inWords(total));
	return total.failed > 0 ? 1 : 0;
}
