import getPort from 'get-port';

/**
 * The usual port, so that bookmarks hold, or another one if somebody else has it.
 *
 * @param {number} usual
 * @param {string} whose as people call it
 * @returns {Promise<number>}
 */
export async function usualPort(usual, whose) {
	const port = await getPort({ port: usual });
	if (port !== usual)
		console.error(`Port ${usual} is taken by another program: ${whose} takes ${port}.`);
	return port;
}
