// npm start: the package in a real n8n, sending to the sandbox. It runs on a fresh clone, so only
// what Node.js itself has may be imported before the dependencies are there.
import { main } from './run/main.mjs';

// Without `await`: a Node.js that is too old refuses it here before it is told so.
void main(async () => {
	const [{ parseArgs }, { ensureDependencies }, { tellFirstTime }, { N8N_VERSION }] =
		await Promise.all([
			import('node:util'),
			import('./setup/dependencies.mjs'),
			import('./setup/firstTime.mjs'),
			import('./n8n/install.mjs'),
		]);
	const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
	await tellFirstTime([N8N_VERSION]);
	await ensureDependencies();
	const { demo } = await import('./start/demo.mjs');
	return await demo({ onlyOnce: values.once });
});
