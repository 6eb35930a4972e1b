import { parse } from 'flatted';
import { until } from '../../run/until.mjs';

const FINISHED_WITHIN_MS = 120_000;
const STORED_WITHIN_MS = 5_000;
const UNFINISHED = ['new', 'running', 'unknown', 'waiting'];
const ENDED = ['canceled', 'crashed', 'error', 'success'];

/** @typedef {import('n8n-workflow').ExecutionStatus} ExecutionStatus */

/**
 * @typedef {object} ExecutionSummary
 * @property {string} id
 * @property {string} workflowId
 * @property {ExecutionStatus} status
 * @property {string} mode
 * @property {string} startedAt
 * @property {string | null} stoppedAt
 * @property {string | null} [retryOf]
 */

/**
 * @typedef {ExecutionSummary & {
 *   data: import('n8n-workflow').IRunExecutionData,
 *   workflowData: import('n8n-workflow').IWorkflowBase,
 * }} Execution
 */

/** @typedef {import('./workflows.mjs').Workflow} Workflow */

/**
 * @typedef {object} Executions
 * @property {(workflow: string | Workflow, startNode?: string) => Promise<string>} startWorkflow
 *   gives the id of the execution without waiting for it
 * @property {(workflow: string | Workflow, startNode?: string, timeoutMs?: number) =>
 *   Promise<Execution>} runWorkflow waits until it has finished, well or not
 * @property {(id: string, timeoutMs?: number) => Promise<Execution>} finishedExecution
 * @property {(id: string) => Promise<Execution>} execution
 * @property {(filter?: { workflowId?: string, status?: ExecutionStatus[] }) =>
 *   Promise<ExecutionSummary[]>} executions newest first
 * @property {(id: string) => Promise<void>} stopExecution
 */

/**
 * @param {import('axios').AxiosInstance} http
 * @param {import('./workflows.mjs').Workflows} workflows
 * @returns {Executions}
 */
export function executionsOf(http, { importWorkflow, workflow }) {
	/** @type {Executions['startWorkflow']} */
	async function startWorkflow(idOrWorkflow, startNode) {
		const id = typeof idOrWorkflow === 'string' ? idOrWorkflow : await importWorkflow(idOrWorkflow);
		const workflowData = await workflow(id);
		const name = startNode ?? triggerOf(workflowData);
		const answer = await http.post(`/rest/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name },
		});
		return answer.data.data.executionId;
	}

	/** @type {Executions['execution']} */
	async function execution(id) {
		const { data } = (await http.get(`/rest/executions/${id}`)).data;
		// n8n stores run data flattened, because it refers to itself.
		return { ...data, data: data.data ? parse(data.data) : undefined };
	}

	/** @type {Executions['finishedExecution']} */
	async function finishedExecution(id, timeoutMs = FINISHED_WITHIN_MS) {
		/** @type {number | undefined} */
		let ended;
		return await until(
			async () => {
				const found = await execution(id);
				if (UNFINISHED.includes(found.status)) return undefined;
				// n8n 1 stores that a run has ended a moment before it stores its data.
				ended ??= Date.now();
				return isWhole(found) || Date.now() - ended > STORED_WITHIN_MS ? found : undefined;
			},
			{ what: `Execution ${id} finishes`, timeoutMs },
		);
	}

	return {
		startWorkflow,
		execution,
		finishedExecution,
		runWorkflow: async (idOrWorkflow, startNode, timeoutMs) =>
			await finishedExecution(await startWorkflow(idOrWorkflow, startNode), timeoutMs),
		async executions(filter = {}) {
			// Without a status n8n asks its database twice, for what runs and for what has ended: what ends
			// in between is in both lists or in none.
			const asked = { status: [...UNFINISHED, ...ENDED], ...filter };
			const answer = await http.get('/rest/executions', {
				params: { filter: JSON.stringify(asked), limit: 100 },
			});
			return answer.data.data.results;
		},
		async stopExecution(id) {
			await http.post(`/rest/executions/${id}/stop`, {});
		},
	};
}

/**
 * What is stored of an execution that goes on, after it had waited, names nodes that are still to run.
 *
 * @param {Execution} execution
 */
function isWhole({ data }) {
	const { error, lastNodeExecuted } = data?.resultData ?? {};
	if (error) return true;
	return Boolean(lastNodeExecuted) && !data.executionData?.nodeExecutionStack?.length;
}

/**
 * The node that a manual run starts from unless told otherwise.
 *
 * @param {Workflow} workflow
 */
function triggerOf({ nodes }) {
	const manual = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const trigger = manual ?? nodes.find(({ type }) => /trigger$|webhook$/i.test(type));
	if (!trigger) throw new Error('The workflow has no trigger to start from.');
	return trigger.name;
}

/**
 * What a node gave in its last run.
 *
 * @param {Execution} execution
 * @param {string} node
 * @param {number} [output]
 * @returns {import('n8n-workflow').INodeExecutionData[]}
 */
export function outputOf({ data }, node, output = 0) {
	const run = data.resultData.runData[node]?.at(-1);
	return run?.data?.main?.[output] ?? [];
}
