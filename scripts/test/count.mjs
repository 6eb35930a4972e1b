/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

export const PASSED = Object.freeze({ passed: 1, failed: 0, skipped: 0 });
export const FAILED = Object.freeze({ passed: 0, failed: 1, skipped: 0 });
export const SKIPPED = Object.freeze({ passed: 0, failed: 0, skipped: 1 });

/** @param {Count[]} counts */
export const sum = (counts) =>
	counts.reduce(
		(total, count) => ({
			passed: total.passed + count.passed,
			failed: total.failed + count.failed,
			skipped: total.skipped + count.skipped,
		}),
		{ passed: 0, failed: 0, skipped: 0 },
	);

/** @param {Count} count */
export const inWords = ({ passed, failed, skipped }) =>
	`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
