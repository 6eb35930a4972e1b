/**
 * Ends the process with the exit code that the work gives, or with a plain message.
 *
 * @param {() => Promise<number>} work
 */
export async function main(work) {
	try {
		process.exitCode = await work();
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
