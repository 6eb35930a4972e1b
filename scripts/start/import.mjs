import { readFile } from 'node:fs/promises';
import { sandboxCredential } from './credentials.mjs';

/** @typedef {import('../n8n/client.mjs').N8nClient} N8nClient */
/** @typedef {import('../n8n/client.mjs').Workflow} Workflow */
/** @typedef {import('../sandbox.mjs').SandboxVendor} SandboxVendor */

/**
 * @param {string} file
 * @returns {Promise<Workflow>}
 */
export const readExample = async (file) => JSON.parse(await readFile(file, 'utf8'));

/**
 * Imports a workflow together with the credentials that its nodes name, each pointing at the
 * sandbox, unless n8n has them already. A workflow says which credential a node needs; only n8n
 * knows the ids.
 *
 * @param {Workflow} workflow
 * @param {N8nClient} n8n
 * @param {SandboxVendor[]} vendors
 * @returns {Promise<{ id: string, name: string }>}
 */
export async function importIntoSandbox(workflow, n8n, vendors) {
	const credentials = await n8n.credentials();
	for (const node of workflow.nodes) {
		for (const [type, { id, name }] of Object.entries(node.credentials ?? {})) {
			if (id) continue;
			if (!vendors.some(({ access }) => access.credentialType === type)) {
				// Of another service, such as a language model: whoever runs it chooses their own.
				delete node.credentials[type];
				continue;
			}
			let credential = credentials.find((one) => one.type === type && one.name === name);
			if (!credential) {
				const data = sandboxCredential(vendors, type);
				[credential] = await n8n.importCredentials([{ name, type, data }]);
				credentials.push(credential);
			}
			node.credentials[type] = { id: credential.id, name };
		}
	}
	return { id: await n8n.importWorkflow(workflow), name: workflow.name };
}

/**
 * Imports an example for the sandbox.
 *
 * @param {string} file
 * @param {N8nClient} n8n
 * @param {SandboxVendor[]} vendors
 * @param {(node: any) => void} [change] what shall be otherwise in a node, such as a pause
 */
export async function importExample(file, n8n, vendors, change) {
	const workflow = await readExample(file);
	if (change) workflow.nodes.forEach(change);
	return await importIntoSandbox(workflow, n8n, vendors);
}
