const TICK_MS = 15_000;

/** @param {number} ms */
export const duration = (ms) =>
	ms < 60_000
		? `${(ms / 1000).toFixed(1)} s`
		: `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;

/**
 * Says that a long step runs, every quarter of a minute that it still does, and how long it took.
 * Progress goes to stderr, so that stdout carries results only.
 *
 * @template T
 * @param {string} step
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(step, work) {
	const start = performance.now();
	const since = () => duration(performance.now() - start);
	console.error(`${step} ...`);
	const ticker = setInterval(() => console.error(`${step} ... ${since()}`), TICK_MS);
	try {
		const result = await work();
		console.error(`${step}: done in ${since()}`);
		return result;
	} finally {
		clearInterval(ticker);
	}
}
