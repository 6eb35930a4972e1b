import { explain } from '../run/explain.mjs';
import { duration } from '../run/progress.mjs';
import { expectRoomToRun } from '../setup/room.mjs';
import { FAILED, SKIPPED, inWords, sum } from './count.mjs';
import { NEEDS, STAGES } from './stages.mjs';

/**
 * Runs all layers. One that fails does not keep the others from being told about, except those
 * that could not mean anything without it.
 *
 * @returns {Promise<number>} exit code
 */
export async function testAll() {
	await expectRoomToRun();
	const start = performance.now();
	/** @type {Map<string, import('./count.mjs').Count>} */
	const counts = new Map();
	for (const { layers, run } of STAGES) {
		console.log(`\n=== ${layers.join(', ')} ===`);
		const meant = layers.filter((layer) => !counts.get(NEEDS[layer])?.failed);
		for (const layer of layers.filter((layer) => !meant.includes(layer))) {
			console.log(`${layer}: skipped, because ${NEEDS[layer]} failed`);
			counts.set(layer, SKIPPED);
		}
		if (meant.length === 0) continue;

		const stageStart = performance.now();
		const results = await run(meant).catch((error) => {
			console.error(explain(error));
			return Object.fromEntries(meant.map((layer) => [layer, FAILED]));
		});
		for (const layer of meant) {
			counts.set(layer, results[layer]);
			console.log(`--- ${layer}: ${inWords(results[layer])}`);
		}
		console.log(`--- in ${duration(performance.now() - stageStart)}`);
	}

	console.log(`\n=== summary, ${duration(performance.now() - start)} ===`);
	for (const [name, count] of counts) console.log(`${name.padEnd(8)}${inWords(count)}`);
	const total = sum([...counts.values()]);
	console.log(inWords(total));
	return total.failed > 0 ? 1 : 0;
}
