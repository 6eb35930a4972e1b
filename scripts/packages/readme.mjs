import { N8N_1_VERSION, N8N_VERSION } from '../n8n/install.mjs';

/** @typedef {import('n8n-workflow').INodeProperties} Property */
/** @typedef {import('n8n-workflow').INodePropertyOptions} Option */

/**
 * README of the package with one vendor. What it says of the vendor is what its node and its
 * credentials say.
 *
 * @param {Record<string, any>} whole package.json of the package with all vendors
 * @param {import('./vendors.mjs').Vendor} vendor
 * @param {import('./names.mjs').PackageNames} names
 */
export function readme(whole, { node, webhook, credentials }, names) {
	const repository = whole.homepage.replace(/#.*$/, '');
	/** @param {string} path */
	const page = (path) => `${repository}/blob/main/${path}`;
	return `# ${names.packageName}

${node.description}, from n8n. Messages leave as fast as ${node.displayName} allows, are repeated only where that reaches nobody twice, and each has an ending that you can rely on.

This is the package with ${node.displayName} alone, made from the same source as [${whole.name}](${repository}), which has all vendors under one roof. [Which one to choose](${page('docs/packages.md')}).

## Install

In n8n: **Settings → Community Nodes → Install**, and enter \`${names.packageName}\`. Self-hosted without that page: \`npm install ${names.packageName}\` in \`~/.n8n/nodes\`, then restart n8n. In queue mode every process needs it: main, workers and webhook processors.

n8n 3.0 installs packages that n8n has not verified only where \`N8N_UNVERIFIED_PACKAGES_ENABLED=true\` is set. The same code is tested with n8n ${N8N_VERSION} and ${N8N_1_VERSION}.

## Your first message

1. Add **${names.nodeName}** to a workflow and create a credential of the type **${names.credentialLabel(credentials[0].type.displayName)}**.
2. Choose **Send Message**, enter the recipient, a phone number with + and the country code, and the text. Expressions such as \`{{ $json.phone }}\` work as everywhere in n8n.
3. Run it. You get one item for each message, with its \`messageId\`, \`status\`, the vendor's own word in \`providerStatus\`, and more.

## What it can do

| Operation | |
| --- | --- |
${operations(node.properties)}

The node can be a tool of AI agents. Every list that it shows takes a plain value or an expression too.

## Credentials

${credentials.map(({ type }) => credentialTable(type, names)).join('\n\n')}
${webhook ? trigger(webhook.vendor, names) : ''}
## Read more

- [What the nodes do with your data](${page('docs/data.md')}): phone numbers, dates, empty cells
- [Delivery, in plain words](${page('docs/delivery.md')}): pace, retries, what is never sent twice, what cannot be promised
- [When something goes wrong](${page('docs/troubleshooting.md')}), and [where to get help](${repository}/issues)
- [What has changed](${page('CHANGELOG.md')})

## License

[MIT](LICENSE)
`;
}

/** @param {string} text of a description, which may hold HTML */
const plain = (text) => text.replace(/<[^>]+>/g, '').replaceAll('|', '\\|');

/** @param {Property[]} properties */
const operations = (properties) =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => /** @type {Option[]} */ (options))
		.map(({ name, description }) => `| ${name} | ${plain(description ?? '')} |`)
		.join('\n');

/**
 * @param {import('n8n-workflow').ICredentialType} type
 * @param {import('./names.mjs').PackageNames} names
 */
function credentialTable({ displayName, properties }, names) {
	const rows = properties.map(
		({ displayName: label, description }) => `| ${label} | ${plain(description ?? '')} |`,
	);
	return `**${names.credentialLabel(displayName)}**

| Field | |
| --- | --- |
${rows.join('\n')}`;
}

/**
 * @param {import('./vendors.mjs').WebhookVendor} vendor
 * @param {import('./names.mjs').PackageNames} names
 */
const trigger = ({ description, fields }, names) => `
## When a message was delivered

**${names.triggerName}** starts a workflow when something becomes of a message. ${description}. ${plain(fields.find(({ type }) => type === 'notice')?.displayName ?? '')}

The same event may come twice: put n8n's Remove Duplicates behind the trigger, on \`eventId\`, and switch Retry On Fail on in its settings: when the first events come in the same moment, n8n can fail there.
`;
