import { sleep } from 'n8n-workflow';

/** Work in slices, so that webhooks and other executions get their turn. */
const SLICE_MS = 15;

/** Gives way from time to time: `await slices.pause()` between two pieces of work. */
export class Slices {
	private endsAt = performance.now() + SLICE_MS;

	/** Whether it is time to give way. Asking costs less than waiting. */
	get isOver(): boolean {
		return performance.now() > this.endsAt;
	}

	async giveWay(): Promise<void> {
		await sleep(0);
		this.endsAt = performance.now() + SLICE_MS;
	}
}
