import { capital } from './names.mjs';
import { readCredentials, readTrigger } from './vendors.mjs';

/**
 * What is otherwise in the file of the vendor's node: also what the node is called. Elsewhere the
 * vendor itself is meant.
 *
 * @param {import('./source.mjs').Changes} changes
 * @param {import('./vendors.mjs').Vendor} vendor
 * @param {import('./names.mjs').PackageNames} names
 * @returns {import('./source.mjs').Changes}
 */
export const changesInNode = (changes, { node }, names) => ({
	...changes,
	texts: new Map([...changes.texts, [node.displayName, names.nodeName]]),
});

/**
 * What is otherwise in the source of the package with one vendor: its own names, and nothing that
 * leads to another vendor.
 *
 * @param {import('./vendors.mjs').Vendor} vendor
 * @param {import('./names.mjs').PackageNames} names
 * @param {string} wholeName of the package with all vendors
 * @returns {Promise<import('./source.mjs').Changes>}
 */
export async function changesFor({ node, webhook, credentials }, names, wholeName) {
	const trigger = readTrigger();
	const nodes = webhook ? [node.name, trigger.name] : [node.name];
	const types = credentials.map(({ type }) => type.name);
	const all = await readCredentials();
	const foreign = all.map(({ type }) => type.name).filter((name) => !types.includes(name));

	/** @type {Map<string, string>} */
	const texts = new Map();
	for (const name of nodes) texts.set(`${wholeName}.${name}`, `${names.packageName}.${name}`);
	for (const { type } of all) {
		texts.set(type.name, names.credential(type.name));
		texts.set(type.displayName, names.credentialLabel(type.displayName));
	}
	const hint = trigger.builderHint?.searchHint;
	if (webhook && hint) {
		texts.set(
			hint,
			`Starts the workflow once for each event that is chosen: choose only those that matter. ${webhook.vendor.description}.`,
		);
	}
	return {
		texts,
		words: new Map([[trigger.displayName, names.triggerName]]),
		classes: new Map(types.map((type) => [capital(type), capital(names.credential(type))])),
		isGone: (property, value) =>
			(property === 'name' && foreign.includes(value)) ||
			(property === 'nodeType' &&
				value.startsWith(`${wholeName}.`) &&
				!nodes.includes(value.slice(wholeName.length + 1))),
	};
}
