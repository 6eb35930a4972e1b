// Every Node.js must be able to read this, so it is written as one did long ago.

/** The same as "engines" in package.json. */
export const OLDEST = [20, 15];

/**
 * Refuses a Node.js on which the rest would fail with words that nobody understands.
 *
 * @param {string} [version]
 */
export function expectNode(version) {
	const own = version || process.versions.node;
	const parts = own.split('.').map(Number);
	if (parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1])) return;
	throw new Error(
		'This needs Node.js ' +
			OLDEST.join('.') +
			' or newer, and this is Node.js ' +
			own +
			'. Get a newer one from nodejs.org, or with a version manager ("nvm install 24").',
	);
}
