// npm test: everything, from a fresh clone on. Only what Node.js itself has may be imported before
// the dependencies are there.
import { main } from './run/main.mjs';

// Without `await`: a Node.js that is too old refuses it here before it is told so.
void main(async () => {
	const [{ ensureDependencies }, { tellFirstTime }, { N8N_VERSION, N8N_1_VERSION }] =
		await Promise.all([
			import('./setup/dependencies.mjs'),
			import('./setup/firstTime.mjs'),
			import('./n8n/install.mjs'),
		]);
	await tellFirstTime([N8N_VERSION, N8N_1_VERSION]);
	await ensureDependencies();
	const { testAll } = await import('./test/all.mjs');
	return await testAll();
});
