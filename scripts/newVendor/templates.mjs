import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('templates', import.meta.url));
const EXTENSION = '.mustache';

/**
 * @typedef {object} Template
 * @property {string} path from the root of the repository, of the vendor Acme
 * @property {string} text with names in braces, such as {{className}}
 */

/** @returns {Promise<Template[]>} */
export async function readTemplates() {
	const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
		.sort();
	return await Promise.all(
		files.map(async (file) => ({
			path: relative(FOLDER, file).split(sep).join('/').slice(0, -EXTENSION.length),
			text: await readFile(file, 'utf8'),
		})),
	);
}

/**
 * A text of templates with the vendor's names in it. Expressions of n8n, such as {{ $json.to }},
 * stay: names stand without blanks.
 *
 * @param {string} text
 * @param {Record<string, string>} names
 * @throws {Error} for a name that there is not
 */
export function filledIn(text, names) {
	return text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
		if (!Object.hasOwn(names, name)) throw new Error(`A template asks for {{${name}}}.`);
		return names[name];
	});
}

/**
 * The path of the vendor's own file for one of Acme's.
 *
 * @param {string} path
 * @param {{ className: string, name: string }} names
 */
export const ownPath = (path, { className, name }) =>
	path.replaceAll('Acme', className).replaceAll('acme', name);
