import { until } from '../../run/until.mjs';

const PUBLISHED_WITHIN_MS = 30_000;

/**
 * A workflow as n8n's editor exports it.
 *
 * @typedef {object} Workflow
 * @property {string} name
 * @property {any[]} nodes
 * @property {Record<string, any>} connections
 * @property {Record<string, any>} [settings]
 * @property {Record<string, any>} [pinData]
 */

/**
 * @typedef {object} Workflows
 * @property {(workflow: Workflow) => Promise<string>} importWorkflow gives its id
 * @property {(id: string) => Promise<any>} workflow as n8n has it
 * @property {(id: string) => Promise<void>} activateWorkflow
 * @property {(id: string) => Promise<void>} deactivateWorkflow
 * @property {(id: string) => Promise<void>} deleteWorkflow also one that is active
 */

/**
 * @param {import('axios').AxiosInstance} http
 * @returns {Workflows}
 */
export function workflowsOf(http) {
	/** @type {Workflows['workflow']} */
	const workflow = async (id) => (await http.get(`/rest/workflows/${id}`)).data.data;

	/**
	 * n8n 2 answers before the triggers of a workflow are registered or removed.
	 *
	 * @param {string} id
	 * @param {'published' | 'not_published'} wanted
	 */
	async function publication(id, wanted) {
		const { status, triggers } = await until(
			async () => {
				const answer = await http.get(`/rest/workflows/${id}/publication-status`, {
					validateStatus: (code) => code === 200 || code === 404,
				});
				// n8n 1 has no such status: it answers when all is done.
				if (answer.status === 404) return { status: wanted, triggers: [] };
				const { data } = answer.data;
				return [wanted, 'failed', 'partial'].includes(data.status) ? data : undefined;
			},
			{ what: `Workflow ${id} is ${wanted}`, timeoutMs: PUBLISHED_WITHIN_MS },
		);
		if (status === wanted) return;
		const reasons = triggers.map((/** @type {any} */ { errorMessage }) => errorMessage);
		throw new Error(`Workflow ${id} is ${status}: ${reasons.filter(Boolean).join(', ')}`);
	}

	return {
		workflow,
		async importWorkflow({ name, nodes, connections, settings = {}, pinData }) {
			const answer = await http.post('/rest/workflows', {
				name,
				nodes,
				connections,
				settings,
				pinData,
				active: false,
			});
			return answer.data.data.id;
		},
		async activateWorkflow(id) {
			const { versionId } = await workflow(id);
			await http.post(`/rest/workflows/${id}/activate`, { versionId });
			await publication(id, 'published');
		},
		async deactivateWorkflow(id) {
			await http.post(`/rest/workflows/${id}/deactivate`, {});
			await publication(id, 'not_published');
		},
		async deleteWorkflow(id) {
			await http.post(`/rest/workflows/${id}/archive`, {});
			await http.delete(`/rest/workflows/${id}`);
		},
	};
}
