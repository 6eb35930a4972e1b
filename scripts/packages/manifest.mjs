import { capital } from './names.mjs';
import { TRIGGER } from './vendors.mjs';

/** What people search for, whatever the vendor. */
const COMMON = [
	'n8n-community-node-package',
	'n8n',
	'messaging',
	'delivery-receipts',
	'ai-tool',
	'human-in-the-loop',
];

/**
 * package.json of the package with one vendor.
 *
 * @param {Record<string, any>} whole package.json of the package with all vendors
 * @param {import('./vendors.mjs').Vendor} vendor
 * @param {import('./names.mjs').PackageNames} names
 * @param {{ alias: string[], imported: Set<string> }} about what the vendor's node is found by, and
 *   the packages that the source imports, which are bundled or n8n's own
 */
export function manifest(whole, { room, node, webhook, credentials }, names, { alias, imported }) {
	const { n8nNodesApiVersion, strict } = whole.n8n;
	const rooms = webhook ? [room, TRIGGER].sort() : [room];
	return {
		name: names.packageName,
		version: whole.version,
		description: `${node.description}: paced, retried only where safe, never sent twice`,
		keywords: [...new Set([...COMMON, ...alias.map((words) => words.replaceAll(' ', '-'))])],
		license: whole.license,
		homepage: whole.homepage,
		author: whole.author,
		repository: whole.repository,
		engines: whole.engines,
		files: whole.files,
		n8n: {
			n8nNodesApiVersion,
			strict,
			credentials: credentials.map(
				({ type }) => `dist/credentials/${capital(names.credential(type.name))}.credentials.js`,
			),
			nodes: rooms.map((one) => `dist/nodes/${one}/${one}.node.js`),
		},
		devDependencies: Object.fromEntries(
			Object.entries(whole.devDependencies).filter(([name]) => imported.has(name)),
		),
		peerDependencies: whole.peerDependencies,
	};
}
