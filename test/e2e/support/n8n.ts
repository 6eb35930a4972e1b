import { readFile } from 'node:fs/promises';
import axios, { type AxiosInstance } from 'axios';
import { type Connection, type N8nClient, connectN8n } from '../../../scripts/n8n/client.mjs';
import type { SandboxVendor } from '../../../scripts/sandbox.mjs';
import { sandboxCredential } from '../../../scripts/start/credentials.mjs';
import { CONNECTIONS } from './environment.mjs';

export { outputOf } from '../../../scripts/n8n/client.mjs';
export type { Execution, N8nClient, Workflow } from '../../../scripts/n8n/client.mjs';

interface Connections {
	n8n: Connection & { logFile: string };
	sandbox: { url: string; vendors: SandboxVendor[] };
}

/** How to reach the n8n and the sandbox that the global set-up has started. */
export function connections(): Connections {
	const written = process.env[CONNECTIONS];
	if (!written) throw new Error('Run the e2e tests with "npm run test:e2e".');
	return JSON.parse(written) as Connections;
}

/** The running n8n, signed in as its owner. */
export async function n8n(): Promise<N8nClient> {
	return await connectN8n(connections().n8n);
}

/** What n8n has printed so far. */
export async function n8nLog(): Promise<string> {
	return await readFile(connections().n8n.logFile, 'utf8');
}

/** The sandbox's control API: `await sandbox().get('/messages')`. */
export function sandbox(): AxiosInstance {
	return axios.create({ baseURL: `${connections().sandbox.url}/_sandbox`, proxy: false });
}

/** Data of a credential that opens the vendor's account in the sandbox. */
export function sandboxCredentialData(type: string): Record<string, string> {
	return sandboxCredential(connections().sandbox.vendors, type);
}
