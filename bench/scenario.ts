import type { Workflow } from '../scripts/n8n/client.mjs';
import type { Figures } from './figures';
import { type Accounts, createAccounts } from './n8n/accounts';
import { flow, type MeasuredNode } from './n8n/flows';
import { measure, type Run } from './n8n/measure';
import { type MeasuredN8n, startMeasuredN8n } from './n8n/measuredN8n';
import type { VendorSettings } from './vendor/settings';
import type { RunningVendor } from './vendor/start';

/** What scenarios work with. */
export interface Bench {
	vendor: RunningVendor;
	tarball: string;
	/** How much of everything: 1 unless somebody only tries the bench out. */
	scale: number;
	/** Leaves out what explains a figure but is not judged. */
	isQuick: boolean;
}

/** Part of the bench, which yields some of its figures. */
export interface Scenario {
	name: string;
	run(bench: Bench): Promise<Partial<Figures>>;
}

const LATENCY_MS = 20;
const WARM_UP_ITEMS = 20;

/** A fresh n8n, whose memory nothing else has used. */
export interface Session {
	n8n: MeasuredN8n;
	accounts: Accounts;
	run(
		node: MeasuredNode,
		items: number,
		settings?: Partial<VendorSettings>,
		options?: { profile?: boolean },
	): Promise<Run>;
	/** The same for a flow that has more than the measured node and its recipients. */
	runFlow(flow: Workflow): Promise<Run>;
}

/** @param warmUp runs once with a few items, so that what n8n loads late is loaded. */
export async function inFreshN8n<T>(
	{ vendor, tarball }: Bench,
	warmUp: (accounts: Accounts) => MeasuredNode[],
	work: (session: Session) => Promise<T>,
): Promise<T> {
	const n8n = await startMeasuredN8n(tarball);
	try {
		const accounts = await createAccounts(n8n, vendor.url);
		const run: Session['run'] = async (node, items, settings, options) =>
			await measure(
				n8n,
				vendor,
				flow(node, items),
				{ latencyMs: LATENCY_MS, ...settings },
				options,
			);
		const runFlow: Session['runFlow'] = async (whole) =>
			await measure(n8n, vendor, whole, { latencyMs: LATENCY_MS });
		for (const node of warmUp(accounts)) await run(node, WARM_UP_ITEMS);
		return await work({ n8n, accounts, run, runFlow });
	} finally {
		await n8n.stop();
	}
}

/** At least enough for a scenario to make sense. */
export function scaled(count: number, scale: number): number {
	return Math.max(100, Math.round(count * scale));
}
