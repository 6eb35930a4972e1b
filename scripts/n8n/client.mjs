import axios, { AxiosError } from 'axios';
import { parse } from 'flatted';
import { ifAny, until } from '../run/until.mjs';

const STARTED_WITHIN_MS = 60_000;
const PUBLISHED_WITHIN_MS = 30_000;
const FINISHED_WITHIN_MS = 120_000;
const STORED_WITHIN_MS = 5_000;
const UNFINISHED = ['new', 'running', 'unknown', 'waiting'];

/**
 * @typedef {{ email: string, password: string }} Owner
 * @typedef {{ url: string, owner: Owner, session?: string }} Connection `session`: the cookie of somebody who has signed in
 * @typedef {{ name: string, type: string, data: Record<string, unknown> }} NewCredential
 * @typedef {{ id: string, name: string, type: string }} Credential
 * @typedef {import('n8n-workflow').ExecutionStatus} ExecutionStatus
 */

/**
 * @typedef {object} WorkflowNode
 * @property {string} name
 * @property {string} type
 * @property {Record<string, { id?: string | null, name: string }>} [credentials]
 */

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
 * @typedef {object} ExecutionSummary
 * @property {string} id
 * @property {string} workflowId
 * @property {ExecutionStatus} status
 * @property {string} mode
 * @property {string} startedAt
 * @property {string | null} stoppedAt
 */

/**
 * @typedef {ExecutionSummary & {
 *   data: import('n8n-workflow').IRunExecutionData,
 *   workflowData: import('n8n-workflow').IWorkflowBase,
 * }} Execution
 */

/**
 * @typedef {object} N8nClient
 * @property {string} url
 * @property {Owner} owner
 * @property {import('axios').AxiosInstance} http signed in, for whatever has no method here
 * @property {(credentials: NewCredential[]) => Promise<Credential[]>} importCredentials
 * @property {(type: string, data: Record<string, unknown>) =>
 *   Promise<{ status: 'OK' | 'Error', message: string }>} testCredential
 * @property {(workflow: Workflow) => Promise<string>} importWorkflow gives its id
 * @property {(id: string) => Promise<void>} activateWorkflow
 * @property {(id: string) => Promise<void>} deactivateWorkflow
 * @property {(id: string) => Promise<void>} deleteWorkflow
 * @property {(workflow: string | Workflow, startNode?: string) => Promise<string>} startWorkflow
 *   gives the id of the execution without waiting for it
 * @property {(workflow: string | Workflow, startNode?: string, timeoutMs?: number) =>
 *   Promise<Execution>} runWorkflow waits until it has finished, well or not
 * @property {(id: string, timeoutMs?: number) => Promise<Execution>} finishedExecution
 * @property {(id: string) => Promise<Execution>} execution
 * @property {(filter?: { workflowId?: string, status?: ExecutionStatus[] }) =>
 *   Promise<ExecutionSummary[]>} executions newest first
 * @property {(id: string) => Promise<void>} stopExecution
 * @property {() => Promise<any[]>} nodeTypes the descriptions that the editor gets
 * @property {(label: string, scopes: string[]) => Promise<string>} createApiKey for the public API
 */

/**
 * Signs in as the owner, and sets the owner up if n8n has none yet.
 *
 * @param {Connection} connection
 * @returns {Promise<import('axios').AxiosInstance>}
 */
async function signIn({ url, owner, session }) {
	const http = axios.create({ baseURL: url, proxy: false });
	http.interceptors.response.use(undefined, (error) => {
		throw readable(error);
	});
	if (session !== undefined) {
		http.defaults.headers.common.Cookie = session;
		return http;
	}
	const settings = await until(async () => (await ifAny(http.get('/rest/settings')))?.data.data, {
		what: 'n8n answers its own editor',
		timeoutMs: STARTED_WITHIN_MS,
	});
	const { email, password } = owner;
	const isNew = settings.userManagement.showSetupOnFirstLoad === true;
	const answer = isNew
		? await http.post('/rest/owner/setup', {
				email,
				password,
				firstName: 'Olivia',
				lastName: 'Owner',
			})
		: await http.post('/rest/login', { emailOrLdapLoginId: email, password });
	const cookies = answer.headers['set-cookie'] ?? [];
	http.defaults.headers.common.Cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
	return http;
}

/**
 * n8n's own words instead of "Request failed with status code 400", and without the request, which
 * may hold secrets.
 *
 * @param {unknown} error
 */
function readable(error) {
	if (!(error instanceof AxiosError) || !error.response) return error;
	const { status, data, config } = error.response;
	const said = typeof data === 'string' ? data : (data?.message ?? JSON.stringify(data));
	return new Error(`${config.method?.toUpperCase()} ${config.url}: ${status} ${said}`);
}

/**
 * @param {Connection} connection
 * @returns {Promise<N8nClient>}
 */
export async function connectN8n({ url, owner, session }) {
	const http = await signIn({ url, owner, session });

	/** @type {N8nClient['importCredentials']} */
	async function importCredentials(credentials) {
		const created = [];
		for (const { name, type, data } of credentials) {
			const answer = await http.post('/rest/credentials', { name, type, data });
			created.push({ id: answer.data.data.id, name, type });
		}
		return created;
	}

	/** @type {N8nClient['testCredential']} */
	async function testCredential(type, data) {
		// n8n tests stored credentials only.
		const [{ id, name }] = await importCredentials([{ name: `Test of ${type}`, type, data }]);
		try {
			const answer = await http.post('/rest/credentials/test', {
				credentials: { id, name, type, data },
			});
			return answer.data.data;
		} finally {
			await http.delete(`/rest/credentials/${id}`);
		}
	}

	/** @type {N8nClient['importWorkflow']} */
	async function importWorkflow({ name, nodes, connections, settings = {}, pinData }) {
		const answer = await http.post('/rest/workflows', {
			name,
			nodes,
			connections,
			settings,
			pinData,
			active: false,
		});
		return answer.data.data.id;
	}

	/** @param {string} id */
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

	/** @type {N8nClient['activateWorkflow']} */
	async function activateWorkflow(id) {
		const { versionId } = await workflow(id);
		await http.post(`/rest/workflows/${id}/activate`, { versionId });
		await publication(id, 'published');
	}

	/** @type {N8nClient['deactivateWorkflow']} */
	async function deactivateWorkflow(id) {
		await http.post(`/rest/workflows/${id}/deactivate`, {});
		await publication(id, 'not_published');
	}

	/** @type {N8nClient['deleteWorkflow']} */
	async function deleteWorkflow(id) {
		await http.post(`/rest/workflows/${id}/archive`, {});
		await http.delete(`/rest/workflows/${id}`);
	}

	/** @type {N8nClient['startWorkflow']} */
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

	/** @type {N8nClient['execution']} */
	async function execution(id) {
		const { data } = (await http.get(`/rest/executions/${id}`)).data;
		// n8n stores run data flattened, because it refers to itself.
		return { ...data, data: data.data ? parse(data.data) : undefined };
	}

	/** @type {N8nClient['finishedExecution']} */
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

	/** @type {N8nClient['runWorkflow']} */
	const runWorkflow = async (idOrWorkflow, startNode, timeoutMs) =>
		await finishedExecution(await startWorkflow(idOrWorkflow, startNode), timeoutMs);

	/** @type {N8nClient['executions']} */
	async function executions(filter = {}) {
		const answer = await http.get('/rest/executions', {
			params: { filter: JSON.stringify(filter), limit: 100 },
		});
		return answer.data.data.results;
	}

	/** @type {N8nClient['stopExecution']} */
	async function stopExecution(id) {
		await http.post(`/rest/executions/${id}/stop`, {});
	}

	/** @type {N8nClient['nodeTypes']} */
	const nodeTypes = async () => (await http.get('/types/nodes.json')).data;

	/** @type {N8nClient['createApiKey']} */
	async function createApiKey(label, scopes) {
		const answer = await http.post('/rest/api-keys', { label, scopes, expiresAt: null });
		return answer.data.data.rawApiKey;
	}

	return {
		url,
		owner,
		http,
		importCredentials,
		testCredential,
		importWorkflow,
		activateWorkflow,
		deactivateWorkflow,
		deleteWorkflow,
		startWorkflow,
		runWorkflow,
		finishedExecution,
		execution,
		executions,
		stopExecution,
		nodeTypes,
		createApiKey,
	};
}

/** @param {Execution} execution */
function isWhole({ data }) {
	const result = data?.resultData;
	return Boolean(result?.lastNodeExecuted ?? result?.error);
}

/**
 * The node that a manual run starts from unless told otherwise.
 *
 * @param {{ nodes: WorkflowNode[] }} workflow
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
