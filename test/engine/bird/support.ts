import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RequestRecord } from '../../../sandbox/core/journal';
import * as demo from '../../../sandbox/vendors/bird/demo';
import { type Engine, loadEngine, type RunResult } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';

export { demo };

/** A resource locator as the editor stores it. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const PHONE = '+14155550123';
export const contact = (value = PHONE) => ({
	identifierKey: 'phonenumber',
	identifierValue: value,
});

type SandboxSettings = Parameters<typeof openSandbox>[1];

interface Settings {
	items?: INodeExecutionData[];
	[nodeSetting: string]: unknown;
}

/** The Bird node against a sandbox of its own. */
export class BirdRoom {
	private constructor(
		readonly engine: Engine,
		readonly sandbox: VendorSandbox,
	) {}

	/** @param settings of the sandbox, such as whether statuses advance by themselves */
	static async open(engine?: Engine, settings?: SandboxSettings): Promise<BirdRoom> {
		return new BirdRoom(engine ?? (await loadEngine()), await openSandbox('bird', settings));
	}

	get vendor() {
		return this.sandbox.vendor;
	}

	get credentials() {
		return this.sandbox.credentials;
	}

	/** Runs one operation of the node; the parameters of a message to one person unless given. */
	async run(
		operation: string,
		parameters: IDataObject,
		{ items, ...node }: Settings = {},
	): Promise<RunResult> {
		return await this.engine.run({
			node: {
				type: 'bird',
				parameters: {
					resource: operation === 'upload' ? 'media' : 'message',
					operation,
					channelId: byId(demo.smsChannelId),
					...parameters,
				},
				...node,
			},
			credentials: this.credentials,
			items,
			trace: true,
		});
	}

	async send(parameters: IDataObject, settings: Settings = {}): Promise<RunResult> {
		return await this.run('send', { recipient: PHONE, ...parameters }, settings);
	}

	/** What the vendor saw, without headers and times. */
	async seen(): Promise<Array<Pick<RequestRecord, 'method' | 'path' | 'query' | 'body'>>> {
		return (await this.vendor.requests()).map(({ method, path, query, body }) => ({
			method,
			path: path.replace(`/workspaces/${demo.workspaceId}`, ''),
			query,
			body,
		}));
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}
}

/** What a failed execution tells the user. */
export function told({ error }: RunResult): { message: string; description: string } {
	return { message: error?.message ?? '', description: error?.description ?? '' };
}
