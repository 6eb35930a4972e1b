// One sandbox and one n8n with the packed package for all e2e test files.
import { startN8n } from '../../../scripts/n8n/start.mjs';
import { withProgress } from '../../../scripts/run/progress.mjs';
import { startSandbox } from '../../../scripts/sandbox.mjs';
import { ensureBuilt } from '../../../scripts/setup/build.mjs';
import { CONNECTIONS } from './environment.mjs';

/** @type {Array<() => Promise<void>>} */
export const started = [];

export default async function globalSetup() {
	await ensureBuilt();
	const sandbox = await withProgress('Starting the sandbox', () => startSandbox());
	started.push(sandbox.stop);
	const n8n = await withProgress('Starting n8n', () => startN8n());
	started.push(n8n.stop);
	// One session for all files: n8n takes only a few sign-ins a minute.
	const session = n8n.http.defaults.headers.common.Cookie;
	process.env[CONNECTIONS] = JSON.stringify({
		n8n: { url: n8n.url, owner: n8n.owner, session, logFile: n8n.logFile },
		sandbox: { url: sandbox.url, vendors: sandbox.vendors },
	});
}
