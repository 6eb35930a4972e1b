import { setTimeout as sleep } from 'node:timers/promises';

// Most answers come soon; whoever takes longer is asked less often.
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/**
 * Asks again until there is an answer, the time is over or what is asked has ended.
 *
 * @template T
 * @param {() => Promise<T | undefined>} ask
 * @param {{ what: string, timeoutMs: number, running?: () => boolean }} options
 * @returns {Promise<T>}
 */
export async function until(ask, { what, timeoutMs, running = () => true }) {
	const end = performance.now() + timeoutMs;
	for (let pauseMs = FIRST_PAUSE_MS; performance.now() < end; pauseMs *= 1.5) {
		if (!running()) throw new Error(`${what}: it ended before`);
		const answer = await ask();
		if (answer !== undefined) return answer;
		await sleep(Math.min(pauseMs, LONGEST_PAUSE_MS));
	}
	throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
}

/**
 * What a server that is still starting answers: nothing yet, whatever the reason.
 *
 * @template T
 * @param {Promise<T>} answer
 * @returns {Promise<T | undefined>}
 */
export const ifAny = (answer) => answer.catch(() => undefined);
