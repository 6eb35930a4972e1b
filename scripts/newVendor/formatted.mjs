import { join } from 'node:path';

/**
 * A file as Prettier wants it: how long a line is depends on the vendor's name.
 *
 * @param {{ path: string, text: string }} file
 * @param {string} root
 */
export async function formatted({ path, text }, root) {
	const prettier = await import('prettier').catch(() => {
		throw new Error('Prettier is not installed yet. Run `npm ci` first.');
	});
	const filepath = join(root, path);
	const { inferredParser } = await prettier.getFileInfo(filepath);
	if (inferredParser === null) return { path, text };
	const options = await prettier.resolveConfig(filepath, { editorconfig: true });
	return { path, text: await prettier.format(text, { ...options, filepath }) };
}
