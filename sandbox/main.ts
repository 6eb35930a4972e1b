import { parseArgs } from 'node:util';

import { startSandbox } from './server';

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' } } });
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`--port ${values.port} is not a port number`);
	}
	const sandbox = await startSandbox({ port });
	const lines = [`Sandbox for development at ${sandbox.url} (control API: /_sandbox)`, ''];
	for (const { name, baseUrl, credentials } of sandbox.vendors) {
		lines.push(name.padEnd(10) + baseUrl);
		for (const [key, value] of Object.entries(credentials)) {
			lines.push(' '.repeat(10) + `${key}: ${value}`);
		}
	}
	console.log([...lines, '', 'Ctrl-C stops it.'].join('\n'));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: Error & { code?: string }) => {
	const reason =
		error.code === 'EADDRINUSE' ? 'The port is taken; choose another with --port.' : '';
	console.error(reason || error.message);
	process.exitCode = 1;
});
