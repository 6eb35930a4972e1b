import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import getPort from 'get-port';

import { ROOT } from '../../scripts/root.mjs';
import { startGuarded } from '../../scripts/run/guarded.mjs';
import { ifAny, until } from '../../scripts/run/until.mjs';
import type { VendorSettings, VendorStats } from './settings';

const READY_WITHIN_MS = 30_000;

export interface RunningVendor {
	url: string;
	/** Starts over: counts from zero. */
	restart(settings: VendorSettings): Promise<void>;
	stats(): Promise<VendorStats>;
	/** How many messages each recipient got. */
	messages(): Promise<Record<string, number>>;
	stop(): Promise<void>;
}

/** Starts the vendor in a process of its own, so that it and n8n do not wait for each other. */
export async function startVendor(): Promise<RunningVendor> {
	const port = await getPort();
	const folder = await mkdtemp(join(tmpdir(), 'bench-vendor-'));
	const server = startGuarded(
		process.execPath,
		['--import', 'tsx', join('bench', 'vendor', 'main.ts'), '--control', String(port)],
		{ cwd: ROOT, env: process.env, log: join(folder, 'vendor.log'), remove: folder },
	);
	const control = axios.create({ baseURL: `http://127.0.0.1:${port}`, proxy: false });
	const { url } = await until(
		async () => (await ifAny(control.get<VendorStats & { url: string }>('/')))?.data,
		{ what: 'The vendor gets ready', timeoutMs: READY_WITHIN_MS, running: server.running },
	);
	return {
		url,
		async restart(settings) {
			await control.put('/', settings);
		},
		stats: async () => (await control.get<VendorStats>('/')).data,
		messages: async () => (await control.get<Record<string, number>>('/messages')).data,
		stop: server.stop,
	};
}
