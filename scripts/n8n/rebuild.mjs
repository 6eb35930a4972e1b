import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm } from '../run/npm.mjs';

/**
 * Runs the install script of a package with native code, which gets its binary or compiles it.
 *
 * @param {string} name of the package
 * @param {string} folder that holds node_modules
 * @param {import('./node.mjs').NodeForN8n} node what it is for
 */
export async function rebuild(name, folder, node) {
	const headers = existsSync(join(node.home, 'include', 'node', 'node.h'));
	await npm(['rebuild', name, '--ignore-scripts=false'], {
		cwd: folder,
		env: {
			JOBS: 'max',
			// Install scripts run the Node.js that is found first, and look for its binaries.
			PATH: [dirname(node.path), process.env.PATH].join(delimiter),
			...(headers && { npm_config_nodedir: node.home }),
		},
		node: node.path,
	});
}
