import { expectNode } from '../setup/nodeVersion.mjs';

/**
 * Ends the process with the exit code that the work gives, or with a plain message. What an old
 * Node.js cannot read must be imported by the work, not beside this.
 *
 * @param {() => Promise<number>} work
 */
export async function main(work) {
	try {
		expectNode();
	} catch (error) {
		console.error(/** @type {Error} */ (error).message);
		process.exitCode = 1;
		return;
	}
	try {
		process.exitCode = await work();
	} catch (error) {
		const { explain } = await import('./explain.mjs');
		console.error(explain(error));
		process.exitCode = 1;
	}
}
