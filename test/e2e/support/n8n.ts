import { readFile } from 'node:fs/promises';
import axios, { type AxiosInstance } from 'axios';
import { type N8nClient, connectN8n } from '../../../scripts/n8n/client.mjs';
import { N8N_VERSION } from '../../../scripts/n8n/install.mjs';
import type { SandboxVendor } from '../../../scripts/sandbox.mjs';
import { sandboxCredential } from '../../../scripts/start/credentials.mjs';
import { CONNECTIONS } from './environment.mjs';
import type { SharedN8n } from './servers.mjs';

export { outputOf } from '../../../scripts/n8n/client.mjs';
export type { Execution, N8nClient, Workflow } from '../../../scripts/n8n/client.mjs';

interface Connections {
	/** Where the n8n of each version is to be had. */
	servers: string;
	/** The packed package. */
	tarball: string;
	sandbox: { url: string; vendors: SandboxVendor[] };
}

/** How to reach what the global set-up has started. */
export function connections(): Connections {
	const written = process.env[CONNECTIONS];
	if (!written) throw new Error('Run the e2e tests with "npm run test:e2e".');
	return JSON.parse(written) as Connections;
}

/** How to reach the n8n that all test files share. The first that asks for a version waits for its start. */
export async function sharedN8n(version = N8N_VERSION): Promise<SharedN8n> {
	const answer = await axios.get(`${connections().servers}/n8n/${version}`, {
		proxy: false,
		validateStatus: () => true,
	});
	if (answer.status !== 200) throw new Error(String(answer.data));
	return answer.data as SharedN8n;
}

/** Kills the n8n that all test files share, starts it again, and gives it. @param env that it gets besides */
export async function restartedN8n(env: NodeJS.ProcessEnv = {}): Promise<N8nClient> {
	const answer = await axios.post(`${connections().servers}/n8n/${N8N_VERSION}`, env, {
		proxy: false,
		validateStatus: () => true,
	});
	if (answer.status !== 200) throw new Error(String(answer.data));
	return await connectN8n(answer.data as SharedN8n);
}

/** The n8n of that version, with the package in it, signed in as its owner. */
export async function n8n(version = N8N_VERSION): Promise<N8nClient> {
	return await connectN8n(await sharedN8n(version));
}

/** What n8n has printed so far. */
export async function n8nLog(): Promise<string> {
	return await readFile((await sharedN8n()).logFile, 'utf8');
}

/** The sandbox's control API: `await sandbox().get('/messages')`. */
export function sandbox(): AxiosInstance {
	return axios.create({ baseURL: `${connections().sandbox.url}/_sandbox`, proxy: false });
}

/** Data of a credential that opens the vendor's account in the sandbox. */
export function sandboxCredentialData(type: string): Record<string, string> {
	return sandboxCredential(connections().sandbox.vendors, type);
}
