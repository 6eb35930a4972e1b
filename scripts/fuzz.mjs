// npm run fuzz -- --cases 100000 --seed 42: chance against the built package, in n8n's own engine.
// Only what Node.js itself has may be imported before the dependencies are there.
import { parseArgs } from 'node:util';
import { main } from './run/main.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

const DEFAULT_CASES = '10000';

await main(async () => {
	const { values } = parseArgs({
		options: {
			cases: { type: 'string', default: DEFAULT_CASES },
			seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
		},
	});
	const cases = wholeNumber('cases', values.cases, 1);
	const seed = wholeNumber('seed', values.seed, 0);
	await ensureDependencies();
	const [{ ensureBuilt }, { jest }, { inWords }] = await Promise.all([
		import('./setup/build.mjs'),
		import('./test/jest.mjs'),
		import('./test/count.mjs'),
	]);
	await ensureBuilt();
	console.log(`${cases} cases from seed ${seed}. The same again: --cases ${cases} --seed ${seed}`);
	const { engine } = await jest(['engine'], {
		args: [
			'--testPathPatterns',
			'test/engine/[^/]+/(contract|fuzz)\\.test\\.ts$',
			'--testNamePattern',
			'fuzz of ',
		],
		env: { FUZZ_CASES: String(cases), FUZZ_SEED: String(seed) },
	});
	console.log(`${cases} cases from seed ${seed}: ${inWords(engine)}`);
	return engine.failed > 0 ? 1 : 0;
});

/**
 * @param {string} name
 * @param {string} text
 * @param {number} from
 */
function wholeNumber(name, text, from) {
	const number = Number(text);
	if (Number.isSafeInteger(number) && number >= from) return number;
	throw new Error(`--${name} is "${text}", which is no whole number from ${from}`);
}
