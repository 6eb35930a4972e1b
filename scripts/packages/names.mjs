/** @param {string} name such as "acmeChat" */
const hyphenated = (name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * What a vendor is called in the package that has only this vendor.
 *
 * @typedef {object} PackageNames
 * @property {string} packageName
 * @property {string} nodeName as people read it
 * @property {string} triggerName as people read it
 * @property {(type: string) => string} credential the type, by the type in the whole package
 * @property {(label: string) => string} credentialLabel as people read it
 */

/**
 * n8n knows a node by its package too, but a credential by its type alone: of two packages with one
 * of the same type, the one that is loaded last decides for both. And it installs no package with a
 * node that people read under a name that is installed already. So that the packages can stand side
 * by side, whatever their versions, each has names of its own.
 *
 * @param {import('./vendors.mjs').Vendor} vendor
 * @returns {PackageNames}
 */
export function packageNames({ node, credentials }) {
	const own = (node.credentials ?? []).map(({ name }) => name);
	const labels = credentials
		.filter(({ type }) => own.includes(type.name))
		.map(({ type }) => type.displayName);
	return {
		packageName: `n8n-nodes-${hyphenated(node.name)}-messaging`,
		nodeName: `${node.displayName} Messaging`,
		triggerName: `${node.displayName} Trigger`,
		credential: (type) =>
			own.includes(type) ? type.replace(/Api$/, 'MessagingApi') : `${node.name}${capital(type)}`,
		credentialLabel: (label) =>
			labels.includes(label)
				? label.replace(/ API$/, ' Messaging API')
				: `${node.displayName} ${label}`,
	};
}
