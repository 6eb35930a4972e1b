// What a person does in n8n's editor, over the same calls.
import { credentialsOf } from './client/credentials.mjs';
import { executionsOf } from './client/executions.mjs';
import { signIn } from './client/signIn.mjs';
import { workflowsOf } from './client/workflows.mjs';

export { outputOf } from './client/executions.mjs';

/** @typedef {import('./client/signIn.mjs').Owner} Owner */
/** @typedef {import('./client/signIn.mjs').Connection} Connection */
/** @typedef {import('./client/credentials.mjs').NewCredential} NewCredential */
/** @typedef {import('./client/credentials.mjs').Credential} Credential */
/** @typedef {import('./client/workflows.mjs').Workflow} Workflow */
/** @typedef {import('./client/executions.mjs').Execution} Execution */
/** @typedef {import('./client/executions.mjs').ExecutionSummary} ExecutionSummary */
/** @typedef {import('./client/executions.mjs').ExecutionStatus} ExecutionStatus */

/**
 * @typedef {object} Instance
 * @property {string} url
 * @property {Owner} owner
 * @property {import('axios').AxiosInstance} http signed in, for whatever has no method here
 * @property {() => Promise<any[]>} nodeTypes the descriptions that the editor gets
 * @property {(label: string, scopes: string[]) => Promise<string>} createApiKey for the public API
 */

/**
 * @typedef {Instance
 *   & import('./client/credentials.mjs').Credentials
 *   & import('./client/workflows.mjs').Workflows
 *   & import('./client/executions.mjs').Executions} N8nClient
 */

/**
 * @param {Connection} connection
 * @returns {Promise<N8nClient>} signed in as the owner
 */
export async function connectN8n(connection) {
	const http = await signIn(connection);
	const workflows = workflowsOf(http);
	return {
		url: connection.url,
		owner: connection.owner,
		http,
		...credentialsOf(http),
		...workflows,
		...executionsOf(http, workflows),
		nodeTypes: async () => (await http.get('/types/nodes.json')).data,
		async createApiKey(label, scopes) {
			const answer = await http.post('/rest/api-keys', { label, scopes, expiresAt: null });
			return answer.data.data.rawApiKey;
		},
	};
}
