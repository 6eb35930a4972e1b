import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT } from '../root.mjs';

/** @typedef {import('n8n-workflow').INodeTypeDescription} NodeDescription */
/** @typedef {import('n8n-workflow').ICredentialType} CredentialType */
/** @typedef {import('../../nodes/webhook/webhookVendor').WebhookVendor} WebhookVendor */

export const TRIGGER = 'MessageStatusTrigger';

/**
 * What the whole package says of one of its vendors.
 *
 * @typedef {object} Vendor
 * @property {string} room its folder in nodes, which is called like its class
 * @property {NodeDescription} node
 * @property {{ exportName: string, vendor: WebhookVendor } | undefined} webhook its half of the
 *   trigger, where it has one
 * @property {{ file: string, type: CredentialType }[]} credentials that its node and its half of the
 *   trigger take
 */

const require = createRequire(import.meta.url);

/**
 * The one class in a built file.
 *
 * @template T
 * @param {string} path from dist on
 * @returns {T}
 */
function made(path) {
	const [Exported] = /** @type {(new () => T)[]} */ (
		Object.values(require(join(ROOT, 'dist', path)))
	);
	return new Exported();
}

/**
 * The vendors of the built package: the rooms that have a node and an API. Nobody lists them.
 *
 * @returns {Promise<Vendor[]>}
 */
export async function readVendors() {
	const isVendor = (/** @type {string} */ room) =>
		['api.ts', `${room}.node.ts`].every((file) => existsSync(join(ROOT, 'nodes', room, file)));
	const rooms = (await readdir(join(ROOT, 'nodes'))).filter(isVendor).sort();
	const credentials = await readCredentials();
	const halves = await readWebhooks();

	return rooms.map((room) => {
		/** @type {{ description: NodeDescription }} */
		const { description: node } = made(`nodes/${room}/${room}.node.js`);
		const webhook = halves.get(room);
		const names = new Set((node.credentials ?? []).map(({ name }) => name));
		if (webhook) names.add(webhook.vendor.credential);
		return {
			room,
			node,
			webhook,
			credentials: credentials.filter(({ type }) => names.has(type.name)),
		};
	});
}

/** @returns {NodeDescription} the trigger's, with all vendors */
export function readTrigger() {
	/** @type {{ description: NodeDescription }} */
	const { description } = made(`nodes/${TRIGGER}/${TRIGGER}.node.js`);
	return description;
}

/** @returns {Promise<{ file: string, type: CredentialType }[]>} */
export async function readCredentials() {
	const files = (await readdir(join(ROOT, 'credentials'))).filter((file) =>
		file.endsWith('.credentials.ts'),
	);
	return files.map((file) => ({
		file,
		type: /** @type {CredentialType} */ (made(`credentials/${basename(file, '.ts')}.js`)),
	}));
}

/**
 * The vendors' halves of the trigger, by room, as nodes/MessageStatusTrigger/vendors.ts imports them.
 *
 * @returns {Promise<Map<string, { exportName: string, vendor: WebhookVendor }>>}
 */
async function readWebhooks() {
	const source = await readFile(join(ROOT, 'nodes', TRIGGER, 'vendors.ts'), 'utf8');
	const imports = source.matchAll(/^import \{ (\w+) \} from '\.\.\/([A-Z]\w*)\/webhook';$/gm);
	return new Map(
		[...imports].map(([, exportName, room]) => [
			room,
			{ exportName, vendor: require(join(ROOT, 'dist/nodes', room, 'webhook'))[exportName] },
		]),
	);
}
