import axios from 'axios';
import type Express from 'express';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	IWebhookData,
	Workflow,
} from 'n8n-workflow';
import { additionalData } from './additional-data';
import { credentialsHelper } from './credentials';
import type { Installation } from './installation';
import { core, n8nWorkflow, stored } from './n8n';
import type { NodeRun } from './run';
import { close, listen, type Request } from './webhook-server';
import { complete, nodeOf, UNDER_TEST, workflowAround } from './workflow';

/** What somebody gets who opens a link or answers by it. */
export interface Opened {
	status: number;
	headers: Record<string, string>;
	page: string;
	/** What the flow goes on with, where it does. */
	item?: INodeExecutionData;
}

/** An execution that waits, as n8n's database has it. */
export class Waiting {
	private readonly data: IRunExecutionData;

	constructor(
		private readonly installation: Installation,
		private readonly options: NodeRun,
		run: IRun,
		readonly executionId: string,
	) {
		this.data = throughDatabase(run.data);
	}

	/** Until when, as n8n's timer knows it. */
	get waitTill(): Date | undefined {
		const { waitTill } = this.data;
		return waitTill && new Date(waitTill);
	}

	/** Opens the link as a browser does. */
	async get(link: string, headers: Record<string, string> = {}): Promise<Opened> {
		return await this.open({ method: 'GET', link, headers });
	}

	/** Sends the form as a browser does. */
	async post(link: string, fields: Record<string, string> | string): Promise<Opened> {
		const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		return await this.open({ method: 'POST', link, headers, body });
	}

	/** What n8n passes on when nobody has answered in time. */
	timeOut(): INodeExecutionData {
		const [entry] = throughDatabase(this.data).executionData!.nodeExecutionStack;
		return (entry.data.main[0] as INodeExecutionData[])[0];
	}

	private async open(asked: {
		method: 'GET' | 'POST';
		link: string;
		headers: Record<string, string>;
		body?: string;
	}): Promise<Opened> {
		let item: INodeExecutionData | undefined;
		const { url, server } = await listen(async (request, response) => {
			item = await this.handle(request, response);
		});
		try {
			const { search } = new URL(asked.link);
			const { status, headers, data } = await axios.request<string>({
				url: `${url}/webhook${search}`,
				method: asked.method,
				headers: asked.headers,
				data: asked.body,
				validateStatus: () => true,
			});
			return { status, headers: { ...headers } as Record<string, string>, page: data, item };
		} finally {
			await close(server);
		}
	}

	/** What n8n does with a genuine link: n8n/dist/webhooks, waiting-webhooks and webhook-helpers. */
	private async handle(
		request: Request,
		response: Express.Response,
	): Promise<INodeExecutionData | undefined> {
		const runExecutionData = throughDatabase(this.data);
		runExecutionData.waitTill = undefined;
		runExecutionData.resultData.runData[UNDER_TEST].pop();
		const { workflow, node } = this.workflow();
		const nodeType = this.installation.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const webhookDescription = nodeType.description.webhooks!.find(
			({ httpMethod }) => httpMethod === request.method,
		)!;
		const data = additionalData(this.installation, { executionId: this.executionId });
		data.credentialsHelper = credentialsHelper(this.installation, this.options.credentials ?? {});
		data.httpRequest = request;
		data.httpResponse = response;
		const context = new core.WebhookContext(
			workflow,
			node,
			data,
			'webhook',
			{ webhookDescription, workflowExecuteAdditionalData: data } as IWebhookData,
			[],
			runExecutionData,
		);
		const result = await nodeType.webhook!.call(context);
		if (!result.noWebhookResponse) response.send(result.webhookResponse);
		return result.workflowData?.[0]?.[0];
	}

	private workflow(): { workflow: Workflow; node: INode } {
		const { credentials = {}, node: spec } = this.options;
		const json = stored(workflowAround(nodeOf(this.installation, spec, credentials)));
		const workflow = new n8nWorkflow.Workflow({
			id: 'workflow-under-test',
			nodes: json.nodes.map((node) => complete(this.installation, node, credentials)),
			connections: json.connections,
			active: true,
			nodeTypes: this.installation.nodeTypes,
			settings: { executionOrder: 'v1' },
		});
		return { workflow, node: workflow.getNode(UNDER_TEST) as INode };
	}
}

/** Nothing survives but what is JSON. */
function throughDatabase(data: IRunExecutionData): IRunExecutionData {
	return stored(JSON.parse(JSON.stringify(data)) as IDataObject) as unknown as IRunExecutionData;
}
