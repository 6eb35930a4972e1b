import type { Workflow } from '../../scripts/n8n/client.mjs';
import type { VendorSettings, VendorStats } from '../vendor/settings';
import type { RunningVendor } from '../vendor/start';
import { MEASURED } from './flows';
import type { MeasuredN8n, Readings } from './measuredN8n';
import { longestBlockMs } from './turns';

const FINISHED_WITHIN_MS = 300_000;

/** One run of a flow. */
export interface Run {
	status: string;
	/** How many items the measured node gave. */
	items: number;
	/** Of the measured node, all its tries together. */
	seconds: number;
	/** Of the whole execution. */
	executionSeconds: number;
	/** The longest time for which n8n's event loop did not turn while the measured node ran. */
	blockMs: number;
	/** The same of the whole execution, in which n8n also makes, passes on and stores the items. */
	executionBlockMs: number;
	readings: Readings;
	vendor: VendorStats;
}

/** Runs a flow once, against a vendor that counts from zero. */
export async function measure(
	n8n: MeasuredN8n,
	vendor: RunningVendor,
	flow: Workflow,
	settings: VendorSettings,
	{ profile = false } = {},
): Promise<Run> {
	const id = await n8n.importWorkflow(flow);
	await vendor.restart(settings);
	await n8n.startReadings(profile);
	const execution = await n8n.runWorkflow(id, undefined, FINISHED_WITHIN_MS);
	const readings = await n8n.readings();
	const stats = await vendor.stats();
	await n8n.deleteWorkflow(id);

	const { status, startedAt, stoppedAt, data } = execution;
	const [run] = data.resultData.runData[MEASURED] ?? [];
	if (!run) throw new Error(`"${flow.name}" ended before its measured node: ${status}`);
	const { startTime, executionTime } = run;
	const whole = { from: Date.parse(startedAt), to: Date.parse(stoppedAt ?? '') };
	return {
		status,
		items: run.data?.main?.[0]?.length ?? 0,
		seconds: executionTime / 1000,
		executionSeconds: (whole.to - whole.from) / 1000,
		blockMs: longestBlockMs(readings, { from: startTime, to: startTime + executionTime }),
		executionBlockMs: longestBlockMs(readings, whole),
		readings,
		vendor: stats,
	};
}
