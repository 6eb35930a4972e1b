import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tar from 'tar';
import { ROOT } from '../root.mjs';
import { npm } from '../run/npm.mjs';
import { expectRoomToRun } from '../setup/room.mjs';

/**
 * Packs a built package as npm would publish it.
 *
 * @param {string} folder where to put the tarball
 * @param {string} [source] the package's own folder, this repository by default
 * @returns {Promise<string>} path of the tarball
 */
export async function packPackage(folder, source = ROOT) {
	await expectRoomToRun(folder);
	const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error'];
	const printed = await npm([...args, '--pack-destination', folder], { cwd: source });
	const [{ filename }] = JSON.parse(printed);
	return join(folder, filename);
}

/**
 * Installs a packed package into n8n's user folder the way n8n's Community Nodes page does: the
 * unpacked tarball in a folder of its own, its development and peer dependencies struck out. The
 * package has no other dependencies, so there is nothing more to install.
 *
 * @param {string} tarball
 * @param {string} userFolder
 */
export async function installPackage(tarball, userFolder) {
	const { name } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	await mkdir(folder, { recursive: true });
	await tar.extract({ file: tarball, cwd: folder, strip: 1 });

	const path = join(folder, 'package.json');
	const content = JSON.parse(await readFile(path, 'utf8'));
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		delete content[key];
	await writeFile(path, JSON.stringify(content, null, 2));
}
