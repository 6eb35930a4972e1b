// npm start: the package in a real n8n, sending to the sandbox. It runs on a fresh clone, so only
// what Node.js itself has may be imported before the dependencies are there.
import { parseArgs } from 'node:util';
import { main } from './run/main.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

await main(async () => {
	const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
	await ensureDependencies();
	const { demo } = await import('./start/demo.mjs');
	return await demo({ onlyOnce: values.once });
});
