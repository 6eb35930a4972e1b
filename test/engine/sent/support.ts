import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { RequestRecord } from '../../../sandbox/core/journal';
import { SandboxClient } from '../../../sandbox/client';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import * as demo from '../../../sandbox/vendors/sent/demo';
import type { Engine, NodeRun, NodeSpec, RunResult } from '../support/engine';

export { demo };

/** A Sent of its own for each test: what one test makes it say must not slow down the next. */
export async function withSent(
	engine: Engine,
	test: (sent: SentBench) => Promise<void>,
): Promise<void> {
	const sandbox = await startSandbox({ vendors: ['sent'], settings: { autoAdvance: false } });
	try {
		await test(new SentBench(engine, sandbox));
	} finally {
		await sandbox.close();
	}
}

export interface More extends Partial<NodeSpec> {
	items?: IDataObject[];
	executionId?: string;
	credential?: IDataObject;
	trace?: boolean;
}

/** The Sent node against a sandbox, and what arrived there. */
export class SentBench extends SandboxClient {
	constructor(
		readonly engine: Engine,
		sandbox: Sandbox,
	) {
		super(sandbox.url, 'sent');
	}

	credentials(more: IDataObject = {}) {
		const { keys, senderId } = demo;
		return {
			sentDmApi: { apiKey: keys.organization, senderId, baseUrl: this.baseUrl, ...more },
		} as NonNullable<NodeRun['credentials']>;
	}

	/** Not held up by the plan's limit, unless the options say so. */
	async run(
		operation: string,
		{ options, ...parameters }: IDataObject & { options?: IDataObject },
		{ items = [{}], executionId, credential, trace = true, ...node }: More = {},
	): Promise<RunResult> {
		return await this.engine.run({
			node: {
				type: 'sent',
				parameters: {
					resource: 'message',
					operation,
					...parameters,
					options: { requestsPerSecond: 1000, ...options },
				},
				...node,
			},
			items: items.map((json): INodeExecutionData => ({ json })),
			credentials: this.credentials(credential),
			trace,
			...(executionId && { executionId }),
		});
	}

	/** What Sent saw: the parts of each request that a test compares. */
	async seen(): Promise<Array<Pick<RequestRecord, 'method' | 'path' | 'query' | 'body'>>> {
		const requests = await this.requests();
		return requests.map(({ method, path, query, body }) => ({ method, path, query, body }));
	}

	async bodies(): Promise<unknown[]> {
		return (await this.seen()).map(({ body }) => body);
	}

	/** The idempotency keys of all requests that had one. */
	async keys(): Promise<unknown[]> {
		const keys = (await this.requests()).map(({ headers }) => headers['idempotency-key']);
		return keys.filter((key) => key !== undefined);
	}

	async recipients(): Promise<string[]> {
		return (await this.messages()).map(({ recipient }) => recipient).sort();
	}
}

/** A value of a picker. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** Numbers that are reserved for fiction. */
export const phone = (index: number): string => `+447700${900_400 + index}`;
export const phones = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => phone(index));
export const people = (count: number): IDataObject[] =>
	phones(count).map((number, index) => ({ phone: number, name: `Person ${index}` }));

export const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
export const minutesAhead = (minutes: number): string =>
	new Date(Date.now() + minutes * 60_000).toISOString();
