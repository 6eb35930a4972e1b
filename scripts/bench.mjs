// npm run bench: the built package in a real n8n beside n8n's own nodes, on a fresh clone too. Only
// what Node.js itself has may be imported before the dependencies are there.
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { main } from './run/main.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

await main(async () => {
	await ensureDependencies();
	const [{ ensureBuilt }, { ensureN8n }, { run }] = await Promise.all([
		import('./setup/build.mjs'),
		import('./n8n/install.mjs'),
		import('./run/command.mjs'),
	]);
	await ensureBuilt();
	await ensureN8n();
	const bench = join('bench', 'main.ts');
	return await run(process.execPath, ['--import', 'tsx', bench, ...process.argv.slice(2)], {
		cwd: ROOT,
	}).then(
		() => 0,
		() => 1,
	);
});
