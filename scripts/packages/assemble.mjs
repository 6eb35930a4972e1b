import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../root.mjs';
import { changesFor, changesInNode } from './changes.mjs';
import { codexOf } from './codex.mjs';
import { manifest } from './manifest.mjs';
import { packageNames } from './names.mjs';
import { readme } from './readme.mjs';
import { changed, compiled } from './source.mjs';
import { TRIGGER } from './vendors.mjs';

/** @typedef {import('./vendors.mjs').Vendor} Vendor */

/**
 * @typedef {object} Assembled
 * @property {string} folder
 * @property {string} name of the package
 * @property {string} node the name of the vendor's node, without the package
 * @property {Record<string, string>} credentialTypes the type of each credential, by its type in the
 *   whole package
 */

const VENDOR_LIST = join('nodes', TRIGGER, 'vendors.ts');
/** Of the libraries that the shared rooms have in them. */
const LICENCES = join('dist', 'THIRD_PARTY_LICENSES');
const SHIPPED = /\.(ts|svg|node\.json)$/;

/** The rooms that all vendors share are in lower case. */
const isShared = (/** @type {string} */ room) => /^[a-z]/.test(room);
const readText = (/** @type {string} */ path) => readFile(join(ROOT, path), 'utf8');
const readJson = async (/** @type {string} */ path) => JSON.parse(await readText(path));
const asJson = (/** @type {unknown} */ value) => `${JSON.stringify(value, null, '\t')}\n`;

/**
 * Writes the package with one vendor as a repository of its own would hold it: source, README,
 * licence and package.json, with the compiled code in dist. Its source is that of the whole package,
 * but for names that n8n or npm tell the packages apart by, and the trigger's list of vendors.
 *
 * @param {Vendor} vendor
 * @param {Vendor[]} vendors all of them
 * @param {string} parent where the folder is made; it is called like the package
 * @returns {Promise<Assembled>}
 */
export async function assemble(vendor, vendors, parent) {
	const names = packageNames(vendor);
	const folder = join(parent, names.packageName);
	await rm(folder, { recursive: true, force: true });

	const whole = await readJson('package.json');
	const changes = await changesFor(vendor, names, whole.name);
	const compilerOptions = readCompilerOptions();
	/** @type {(path: string, content: string) => Promise<void>} */
	const write = async (path, content) => {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), content);
	};

	/** @type {Set<string>} */
	const imported = new Set();
	for (const path of await sourcesOf(vendor)) {
		const text = await readText(path);
		const target = withClass(path, changes.classes);
		if (!path.endsWith('.ts')) {
			const own = path.endsWith('.json')
				? asJson(await codexIn(text, vendor, vendors, names.packageName))
				: text;
			await write(target, own);
			await write(join('dist', target), own);
			continue;
		}
		const isNode = path === join('nodes', vendor.room, `${vendor.room}.node.ts`);
		const own = changed(
			path === VENDOR_LIST ? listOf(vendor) : text,
			isNode ? changesInNode(changes, vendor, names) : changes,
		);
		for (const [, name] of own.matchAll(/ from '([^.'][^']*)'/g)) imported.add(name);
		await write(target, own);
		await write(
			join('dist', asJs(target)),
			own === text ? await readText(join('dist', asJs(path))) : compiled(own, compilerOptions),
		);
	}

	const alias = await aliasOf(vendor);
	await write('package.json', asJson(manifest(whole, vendor, names, { alias, imported })));
	await write('README.md', readme(whole, vendor, names));
	for (const path of ['LICENSE', LICENCES]) await cp(join(ROOT, path), join(folder, path));
	return {
		folder,
		name: names.packageName,
		node: vendor.node.name,
		credentialTypes: Object.fromEntries(
			vendor.credentials.map(({ type: { name } }) => [name, names.credential(name)]),
		),
	};
}

/** @param {string} path */
const asJs = (path) => path.replace(/\.ts$/, '.js');

/** @returns {ts.CompilerOptions} those of the build */
function readCompilerOptions() {
	const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
	return ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options;
}

/**
 * @param {Vendor} vendor
 * @returns {Promise<string[]>} the files that the package is made of, from the repository's folder on
 */
async function sourcesOf({ room, webhook, credentials }) {
	const own = webhook ? [room, TRIGGER] : [room];
	const files = await readdir(join(ROOT, 'nodes'), { recursive: true, withFileTypes: true });
	return files
		.filter((file) => file.isFile() && SHIPPED.test(file.name))
		.map((file) => relative(ROOT, join(file.parentPath, file.name)))
		.filter((path) => {
			const [, first] = path.split(/[/\\]/);
			return isShared(first) || own.includes(first);
		})
		.concat(credentials.map(({ file }) => join('credentials', file)))
		.sort();
}

/**
 * A file is called like the class in it.
 *
 * @param {string} path
 * @param {Map<string, string>} classes
 */
function withClass(path, classes) {
	const [, name = ''] = /^credentials[/\\](\w+)\./.exec(path) ?? [];
	return path.replace(name, classes.get(name) ?? name);
}

/**
 * The trigger's list of vendors, with one vendor in it.
 *
 * @param {Vendor} vendor
 */
const listOf = ({ room, webhook }) => `import { ${webhook?.exportName} } from '../${room}/webhook';
import type { WebhookVendor } from '../webhook/webhookVendor';

/** The vendor of this package. */
export const webhookVendors: readonly WebhookVendor[] = [${webhook?.exportName}];
`;

/** @type {(vendor: Vendor) => Promise<string[]>} what a vendor's node is found by */
const aliasOf = async ({ room }) => (await readJson(`nodes/${room}/${room}.node.json`)).alias;

/**
 * @param {string} text
 * @param {Vendor} vendor
 * @param {Vendor[]} vendors
 * @param {string} packageName
 */
async function codexIn(text, vendor, vendors, packageName) {
	const others = vendors.filter((other) => other !== vendor);
	const foreign = (await Promise.all(others.map(aliasOf))).flat();
	return codexOf(JSON.parse(text), packageName, await aliasOf(vendor), foreign);
}
