const Sequencer = require('@jest/test-sequencer').default;

/** Suites that every vendor runs, or that build a copy: short files that take a minute or more. */
const LONG = /\/(contract|fields|newVendor)\.test\.ts$/;

/**
 * Jest begins with the files that took longest the last time, or on a fresh clone with the largest.
 * There the suites shared by all vendors would come last, and everything would wait for them.
 */
module.exports = class LongestFirst extends Sequencer {
	/** @param {import('@jest/test-result').Test[]} tests */
	async sort(tests) {
		const sorted = await super.sort(tests);
		/** @param {import('@jest/test-result').Test} test */
		const isLong = ({ path }) => LONG.test(path.replaceAll('\\', '/'));
		return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
	}
};
