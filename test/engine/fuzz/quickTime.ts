import { nodeGlobal } from '../support/n8n';

/** What takes a second takes a millisecond: pauses, retries and patience in the thousands. */
const TIMES = 1000;

/**
 * Lets time pass a thousand times as fast for n8n and the nodes, but for the clock of the wall.
 *
 * @returns sets the clocks back
 */
export function quickTime(): () => void {
	const world = nodeGlobal<typeof globalThis>('globalThis');
	const { setTimeout: wait, performance: clock } = world;
	const now = clock.now.bind(clock);
	world.setTimeout = ((call: () => void, ms = 0, ...more: []) =>
		wait(call, ms / TIMES, ...more)) as typeof setTimeout;
	clock.now = () => now() * TIMES;
	return () => {
		world.setTimeout = wait;
		Reflect.deleteProperty(clock, 'now');
	};
}
