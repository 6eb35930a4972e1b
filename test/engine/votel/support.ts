import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { RequestRecord } from '../../../sandbox/core/journal';
import type { Engine, NodeSpec, RunResult } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';

/** A value of a picker. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A lead of the sandbox: 550e8400-e29b-41d4-a716-446655440001 and on. */
export const leadId = (number: number) =>
	`550e8400-e29b-41d4-a716-446655440${String(number).padStart(3, '0')}`;

export const channelId = '825b8057-c85f-44a9-9e9f-6e7d7389ecfc';

/** What every test may do with the Votel node and its sandbox. */
export class VotelBench {
	constructor(
		private readonly engine: Engine,
		private readonly sandbox: VendorSandbox,
	) {}

	get vendor() {
		return this.sandbox.vendor;
	}

	get credentials() {
		return this.sandbox.credentials;
	}

	/** Not slowed down by the node's modest default, unless the options say so. */
	async run(
		operation: string,
		{ options, ...parameters }: IDataObject & { options?: IDataObject },
		{ items = [{}], ...node }: { items?: IDataObject[] } & Partial<NodeSpec> = {},
	): Promise<RunResult> {
		return await this.engine.run({
			node: {
				type: 'votel',
				parameters: {
					resource: 'message',
					operation,
					...parameters,
					options: { requestsPerSecond: 1000, ...options },
				},
				...node,
			},
			items: items.map((json): INodeExecutionData => ({ json })),
			credentials: this.credentials,
			trace: true,
		});
	}

	/** What the vendor saw: the parts of each request that a test compares. */
	async seen(): Promise<Array<Pick<RequestRecord, 'method' | 'path' | 'query' | 'body'>>> {
		const requests = await this.vendor.requests();
		return requests.map(({ method, path, query, body }) => ({ method, path, query, body }));
	}

	async bodies(): Promise<unknown[]> {
		return (await this.seen()).map(({ body }) => body);
	}

	async recipients(): Promise<string[]> {
		return (await this.vendor.messages()).map(({ recipient }) => recipient).sort();
	}
}

/** For a whole file: a bench whose sandbox begins afresh for every test. */
export async function openBench(
	engine: Engine,
): Promise<{ bench: VotelBench; close(): Promise<void> }> {
	const sandbox = await openSandbox('votel');
	return { bench: new VotelBench(engine, sandbox), close: async () => await sandbox.close() };
}
