import { Agent } from 'node:http';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import axios from 'axios';
import getPort from 'get-port';

import { type RunningN8n, startN8n } from '../../scripts/n8n/start.mjs';
import { ROOT } from '../../scripts/root.mjs';

/** What the monitor in n8n saw. Times are in ms, by a clock of their own. */
export interface Readings {
	/** When the event loop turned. */
	beats: number[];
	/** One moment by both clocks. */
	clock: { wall: number; now: number };
	/** Connections that were refused to n8n. */
	refused: number;
	/** The most memory that n8n held. */
	peakMiB: number;
	profile?: Profiler.Profile;
}

/** A real n8n with the packed package and a monitor in it. */
export interface MeasuredN8n extends RunningN8n {
	startReadings(profile?: boolean): Promise<void>;
	readings(): Promise<Readings>;
}

const MONITOR = join(ROOT, 'bench', 'n8n', 'monitor.cjs');

export async function startMeasuredN8n(
	tarball: string,
	env: NodeJS.ProcessEnv = {},
): Promise<MeasuredN8n> {
	const port = await getPort();
	const n8n = await startN8n({
		tarball,
		env: {
			NODE_OPTIONS: `--require "${MONITOR.replaceAll('\\', '\\\\')}"`,
			BENCH_MONITOR_PORT: String(port),
			...env,
		},
	});
	// n8n ends idle connections after 5 s, and may be too busy to tell before one is used again.
	n8n.http.defaults.httpAgent = new Agent({ keepAlive: false });
	const monitor = axios.create({ baseURL: `http://127.0.0.1:${port}`, proxy: false });
	return {
		...n8n,
		async startReadings(profile = false) {
			await monitor.post(profile ? '/profile' : '/');
		},
		readings: async () => (await monitor.get<Readings>('/')).data,
	};
}
