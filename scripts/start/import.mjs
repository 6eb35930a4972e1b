import { readFile } from 'node:fs/promises';
import { sandboxCredential } from './credentials.mjs';

/**
 * Imports an example workflow together with the credentials that its nodes name, each pointing at
 * the sandbox, unless n8n has them already. An example says which credential a node needs; only n8n
 * knows the ids.
 *
 * @param {string} file
 * @param {import('../n8n/client.mjs').N8nClient} n8n
 * @param {import('../sandbox.mjs').SandboxVendor[]} vendors
 * @param {(node: any) => void} [change] what shall be otherwise in a node, such as a pause
 * @returns {Promise<{ id: string, name: string }>}
 */
export async function importExample(file, n8n, vendors, change) {
	const workflow = JSON.parse(await readFile(file, 'utf8'));
	/** @type {import('../n8n/client.mjs').Credential[]} */
	const credentials = await n8n.credentials();
	for (const node of workflow.nodes) {
		change?.(node);
		for (const [type, { name }] of Object.entries(node.credentials ?? {})) {
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
