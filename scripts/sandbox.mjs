import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import getPort from 'get-port';
import { ROOT } from './root.mjs';
import { lastLines } from './run/command.mjs';
import { startGuarded } from './run/guarded.mjs';
import { ifAny, until } from './run/until.mjs';

const READY_WITHIN_MS = 60_000;

/**
 * @typedef {object} SandboxVendor
 * @property {string} name
 * @property {string} baseUrl
 * @property {Record<string, string>} credentials what the vendor's account there is opened with
 * @property {{ credentialType: string, fields: string[] }} access how n8n gets in
 */

/** @typedef {{ url: string, vendors: SandboxVendor[], stop: () => Promise<void> }} RunningSandbox */

/**
 * Starts the sandbox in a process of its own, so that it and n8n do not wait for each other.
 *
 * @param {{ port?: number }} [options]
 * @returns {Promise<RunningSandbox>}
 */
export async function startSandbox({ port } = {}) {
	port ??= await getPort();
	const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
	const log = join(folder, 'sandbox.log');
	const url = `http://127.0.0.1:${port}`;
	const server = startGuarded(
		process.execPath,
		['--import', 'tsx', join('sandbox', 'main.ts'), '--port', String(port)],
		{ cwd: ROOT, env: process.env, log, remove: folder },
	);
	try {
		const vendors = await until(
			async () =>
				(await ifAny(axios.get(`${url}/_sandbox/vendors`, { proxy: false })))?.data.vendors,
			{ what: 'The sandbox gets ready', timeoutMs: READY_WITHIN_MS, running: server.running },
		);
		return { url, vendors, stop: server.stop };
	} catch (error) {
		const printed = lastLines(await readFile(log, 'utf8').catch(() => ''));
		await server.stop();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\n${printed}`, { cause: error });
	}
}
