import { sleep } from 'n8n-workflow';

/** How often something that waits looks whether there is still anything to wait for. */
const LOOK_EVERY_MS = 200;

/** Waits, but not longer than there is something to wait for. */
export async function nap(ms: number, isOver: () => boolean): Promise<void> {
	const until = performance.now() + ms;
	for (let left = ms; left > 0 && !isOver(); left = until - performance.now()) {
		await sleep(Math.min(left, LOOK_EVERY_MS));
	}
}
