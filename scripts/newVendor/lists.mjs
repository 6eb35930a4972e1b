/** @typedef {import('./names.mjs').VendorNames} VendorNames */

/** What the generated node can do, as the README names it. */
const OPERATIONS = [
	'Send Message',
	'Send and Wait for Response',
	'Bulk Send',
	'List Messages',
	'Get Message',
];

/**
 * What has to name every vendor, by path: each gives the text with one more vendor.
 *
 * @type {Record<string, (text: string, names: VendorNames) => string>}
 */
export const LISTS = {
	'package.json': inPackage,
	'README.md': inCoverage,
	'examples/README.md': inExamples,
	'docs/credentials.md': inCredentials,
};

/**
 * @param {string} text
 * @param {VendorNames} names
 */
function inPackage(text, { className, name }) {
	const description = JSON.parse(text);
	const { n8n, keywords } = description;
	n8n.credentials = [...n8n.credentials, `dist/credentials/${className}Api.credentials.js`].sort();
	n8n.nodes = [...n8n.nodes, `dist/nodes/${className}/${className}.node.js`].sort();
	keywords.push(name.toLowerCase());
	return `${JSON.stringify(description, null, '\t')}\n`;
}

/**
 * A column in the table of operations.
 *
 * @param {string} text
 * @param {VendorNames} names
 */
function inCoverage(text, { displayName }) {
	return changedTable(text, text.indexOf('<!-- coverage'), ([head, line, ...rows]) => [
		`${head} ${displayName} |`,
		`${line} --- |`,
		...rows.map((row) => {
			const isOurs = OPERATIONS.includes(row.split('|')[1].trim());
			return `${row} ${isOurs ? '✓' : '–'} |`;
		}),
	]);
}

/**
 * A line in the table of examples.
 *
 * @param {string} text
 * @param {VendorNames} names
 */
function inExamples(text, { displayName, name }) {
	const file = `${name}-send-to-all.json`;
	const line = `| [${file}](${file}) | ${displayName}: a text to everybody on a list |`;
	return changedTable(text, 0, (rows) => [...rows, line]);
}

/**
 * A line in the table of keys, and what the credential links to, before what is no vendor's.
 *
 * @param {string} text
 * @param {VendorNames} names
 */
function inCredentials(text, { displayName, domain }) {
	const where = `${displayName} → Settings → API Tokens`;
	const line = `| ${displayName} | API token | ${where} |`;
	const section = `## ${displayName}

- **API Token**: in ${displayName} under **Settings → API Tokens**. ${displayName}'s page: [API](https://docs.${domain}.example).

`;
	const last = text.indexOf('## Webhook secret');
	if (last < 0) throw new Error('The section on webhook secrets is gone.');
	return changedTable(text.slice(0, last) + section + text.slice(last), 0, (rows) => [
		...rows,
		line,
	]);
}

/**
 * @param {string} text
 * @param {number} from where the table is the next one
 * @param {(rows: string[]) => string[]} change
 */
function changedTable(text, from, change) {
	const [table] = /^(?:\|.*\n)+/m.exec(text.slice(from)) ?? [];
	if (from < 0 || table === undefined) throw new Error('A table that names the vendors is gone.');
	const changed = change(table.trimEnd().split('\n')).join('\n');
	return text.slice(0, from) + text.slice(from).replace(table, () => `${changed}\n`);
}
