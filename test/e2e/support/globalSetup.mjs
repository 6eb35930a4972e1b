// One sandbox for all test files of a run, and one n8n of each version that they ask for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../../scripts/n8n/package.mjs';
import { withProgress } from '../../../scripts/run/progress.mjs';
import { startSandbox } from '../../../scripts/sandbox.mjs';
import { ensureBuilt } from '../../../scripts/setup/build.mjs';
import { CONNECTIONS } from './environment.mjs';
import { startServers } from './servers.mjs';

/** @type {Array<() => Promise<void>>} */
export const started = [];

export default async function globalSetup() {
	await ensureBuilt();
	const folder = await mkdtemp(join(tmpdir(), 'package-'));
	started.push(() => rm(folder, { recursive: true, force: true }));
	const sandbox = await withProgress('Starting the sandbox', () => startSandbox());
	started.push(sandbox.stop);
	const tarball = await packPackage(folder);
	const servers = await startServers({ tarball });
	started.push(servers.stop);
	process.env[CONNECTIONS] = JSON.stringify({
		servers: servers.url,
		tarball,
		sandbox: { url: sandbox.url, vendors: sandbox.vendors },
	});
}
