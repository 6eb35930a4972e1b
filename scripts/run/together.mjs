/**
 * Waits for all of them even if one fails, so that nothing goes on behind the back of whoever hears
 * of the failure.
 *
 * @param {Promise<unknown>[]} works
 */
export async function allEnded(works) {
	await Promise.allSettled(works);
	await Promise.all(works);
}
