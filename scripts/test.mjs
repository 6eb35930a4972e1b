// npm test: everything, from a fresh clone on. Only what Node.js itself has may be imported before
// the dependencies are there.
import { main } from './run/main.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

await main(async () => {
	await ensureDependencies();
	const { testAll } = await import('./test/all.mjs');
	return await testAll();
});
