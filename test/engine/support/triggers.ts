import axios from 'axios';
import type Express from 'express';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	WebhookSetupMethodNames,
	Workflow,
} from 'n8n-workflow';
import { core, n8nWorkflow, stored } from './n8n';
import type { Installation } from './installation';
import type { CredentialData } from './credentials';
import { additionalData } from './additional-data';
import { close, listen, type Request } from './webhook-server';
import { nodeOf, type NodeSpec } from './workflow';

export interface TriggerOptions {
	node: NodeSpec;
	credentials?: CredentialData;
	/** The node's static data: read before and written back after each call, as n8n's database does. */
	staticData?: IDataObject;
}

export interface HookOptions extends TriggerOptions {
	/** The address that the node is told to register; one of n8n's own form unless given. */
	webhookUrl?: string;
	activation?: 'activate' | 'init' | 'update' | 'manual';
}

export interface WebhookRequest {
	method?: string;
	headers?: Record<string, string>;
	query?: Record<string, string>;
	/** Sent as JSON. */
	body?: unknown;
	/** Sent as it is; signatures are made over these bytes. */
	rawBody?: string | Buffer;
	/** Sends the request in a way of its own, such as one that breaks off. It has no answer then. */
	by?: (url: string) => Promise<void>;
}

export interface WebhookOutcome {
	/** What the vendor gets. */
	status: number;
	headers: Record<string, string>;
	body: unknown;
	/** The items that start the workflow, by output; undefined when no execution starts. */
	workflowData?: INodeExecutionData[][];
	/** What webhook() threw; n8n would store it as a failed execution. */
	error?: Error;
}

const WEBHOOK_ID = '0a1b2c3d-0000-4000-8000-000000000001';

/** The workflow as it comes out of the database: nothing survives but the static data. */
function load(installation: Installation, options: TriggerOptions) {
	const node: INode = {
		webhookId: WEBHOOK_ID,
		...nodeOf(installation, options.node, options.credentials ?? {}),
	};
	const workflow = new n8nWorkflow.Workflow({
		id: 'workflow-under-test',
		name: 'Workflow under test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: installation.nodeTypes,
		staticData: { [`node:${node.name}`]: stored(options.staticData ?? {}) },
	});
	const nodeType = installation.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	return { node, workflow, nodeType };
}

function save({ staticData }: TriggerOptions, workflow: Workflow, node: INode) {
	if (staticData === undefined) return;
	const kept = JSON.parse(JSON.stringify(workflow.staticData[`node:${node.name}`] ?? {}));
	for (const key of Object.keys(staticData)) delete staticData[key];
	Object.assign(staticData, kept);
}

function evaluate(workflow: Workflow, node: INode, value: unknown, fallback?: unknown) {
	if (value === undefined) return fallback;
	return workflow.expression.getComplexParameterValue(
		node,
		value as never,
		'internal',
		{},
		undefined,
		fallback as never,
	) as unknown;
}

/** Calls checkExists, create or delete as n8n does when a workflow is switched on or off. */
export async function hook(
	installation: Installation,
	method: WebhookSetupMethodNames,
	options: HookOptions,
): Promise<boolean> {
	const { node, workflow, nodeType } = load(installation, options);
	const webhookDescription = nodeType.description.webhooks?.find(({ name }) => name === 'default');
	const call = nodeType.webhookMethods?.default?.[method];
	if (webhookDescription === undefined || call === undefined) {
		throw new Error(`${options.node.type} has no webhook method "${method}"`);
	}
	const data = additionalData(installation, options);
	const context = new core.HookContext(
		workflow,
		node,
		data,
		'trigger',
		options.activation ?? 'activate',
		{ webhookDescription, workflowExecuteAdditionalData: data } as IWebhookData,
	);
	const { webhookUrl } = options;
	if (webhookUrl !== undefined) context.getNodeWebhookUrl = () => webhookUrl;
	try {
		return await call.call(context);
	} finally {
		save(options, workflow, node);
	}
}

type Handled = Pick<WebhookOutcome, 'workflowData' | 'error'>;

/** Answers one request with the node's webhook(), following n8n's executeWebhook. */
export async function handle(
	installation: Installation,
	options: TriggerOptions,
	request: Request,
	response: Express.Response,
): Promise<Handled> {
	const { node, workflow, nodeType } = load(installation, options);
	const webhookDescription = nodeType.description.webhooks?.find(
		({ httpMethod }) => evaluate(workflow, node, httpMethod, 'GET') === request.method,
	);
	if (webhookDescription === undefined || nodeType.webhook === undefined) {
		response.status(404).json({ code: 404, message: 'This webhook is not registered' });
		return {};
	}
	const data = additionalData(installation, options);
	data.httpRequest = request;
	data.httpResponse = response;
	const context = new core.WebhookContext(
		workflow,
		node,
		data,
		'webhook',
		{ webhookDescription, workflowExecuteAdditionalData: data } as IWebhookData,
		[],
		null,
	);
	try {
		const result = await nodeType.webhook.call(context);
		await answer(workflow, node, webhookDescription, result, response);
		return { workflowData: result.workflowData };
	} catch (error) {
		if (!response.headersSent) {
			response.status(500).json({ code: 0, message: 'Workflow could not be started!' });
		}
		return { error: error as Error };
	} finally {
		save(options, workflow, node);
	}
}

async function answer(
	workflow: Workflow,
	node: INode,
	description: IWebhookDescription,
	result: IWebhookResponseData,
	response: Express.Response,
) {
	if (result.noWebhookResponse) {
		await new Promise((resolve) => setImmediate(resolve));
		if (!response.writableEnded) {
			throw new Error('webhook() said that it had answered but did not: the vendor would wait');
		}
		return;
	}
	const mode = evaluate(workflow, node, description.responseMode, 'onReceived');
	if (mode !== 'onReceived') throw new Error(`The engine tests know no response mode "${mode}"`);
	response.status(Number(evaluate(workflow, node, description.responseCode, 200)));
	const body = responseBody(
		result,
		evaluate(workflow, node, description.responseData, 'firstEntryJson'),
	);
	if (typeof body === 'string') response.send(body);
	else response.json(body);
}

function responseBody(result: IWebhookResponseData, responseData: unknown): unknown {
	if (result.workflowData === undefined) {
		return result.webhookResponse ?? { message: 'Webhook call received' };
	}
	if (responseData === 'noData') return undefined;
	return responseData || result.webhookResponse || { message: 'Workflow was started' };
}

/** Sends one request to the node's webhook over a real connection. */
export async function webhook(
	installation: Installation,
	options: TriggerOptions & WebhookRequest,
): Promise<WebhookOutcome> {
	let handling: Promise<Handled> | undefined;
	const { url, server } = await listen(async (request, response) => {
		handling = handle(installation, options, request, response);
		await handling;
	});
	const json = options.rawBody === undefined && options.body !== undefined;
	try {
		if (options.by) {
			await options.by(`${url}/webhook`);
			return { status: 0, headers: {}, body: undefined, ...(await handling) };
		}
		const { status, headers, data } = await axios.request<unknown>({
			url: `${url}/webhook`,
			method: options.method ?? 'POST',
			params: options.query,
			headers: { ...(json && { 'content-type': 'application/json' }), ...options.headers },
			data: json ? JSON.stringify(options.body) : options.rawBody,
			transformRequest: (body: unknown) => body,
			validateStatus: () => true,
		});
		return {
			status,
			headers: { ...headers } as Record<string, string>,
			body: data,
			...(await handling),
		};
	} finally {
		await close(server);
	}
}

export interface ActiveTrigger {
	url: string;
	staticData: IDataObject;
	/** Everything that reached the webhook so far. */
	received: Handled[];
	/** Waits until this many requests have started a workflow, and gives their items. */
	started(count: number, withinMs?: number): Promise<INodeExecutionData[][][]>;
	/** Unregisters with the vendor and stops listening. */
	deactivate(): Promise<void>;
}

/** Switches a workflow with this trigger on: registers with the vendor and listens. */
export async function activate(
	installation: Installation,
	options: TriggerOptions,
): Promise<ActiveTrigger> {
	const staticData = options.staticData ?? {};
	const shared = { ...options, staticData };
	const received: Handled[] = [];
	const { url: origin, server } = await listen(async (request, response) => {
		received.push(await handle(installation, shared, request, response));
	});
	const url = `${origin}/webhook`;
	const hooked = { ...shared, webhookUrl: url };
	try {
		const exists = await hook(installation, 'checkExists', hooked);
		if (!exists) await hook(installation, 'create', hooked);
	} catch (error) {
		await close(server);
		throw error;
	}
	const runs = () => received.flatMap(({ workflowData }) => (workflowData ? [workflowData] : []));
	return {
		url,
		staticData,
		received,
		async started(count, withinMs = 5_000) {
			const until = Date.now() + withinMs;
			while (runs().length < count) {
				if (Date.now() > until) {
					throw new Error(`${runs().length} of ${count} workflows started within ${withinMs} ms`);
				}
				await new Promise((resolve) => setTimeout(resolve, 10));
			}
			return runs();
		},
		async deactivate() {
			try {
				await hook(installation, 'delete', hooked);
			} finally {
				await close(server);
			}
		},
	};
}
