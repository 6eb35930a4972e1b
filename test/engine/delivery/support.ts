import type { IDataObject } from 'n8n-workflow';
import { SandboxClient } from '../../../sandbox/client';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import * as demo from '../../../sandbox/vendors/bird/demo';
import type { Engine, RunResult } from '../support/engine';

/**
 * A vendor of its own for each test: what one test makes the vendor say must not slow down the
 * next, and accounts are told apart by their base URL.
 */
export async function withBird(
	engine: Engine,
	test: (bird: BirdBench) => Promise<void>,
	port?: number,
): Promise<void> {
	const sandbox = await startSandbox({ vendors: ['bird'], ...(port ? { port } : {}) });
	try {
		await test(new BirdBench(engine, sandbox));
	} finally {
		await sandbox.close();
	}
}

/** Sends with the Bird node against a sandbox, and looks at what arrived. */
export class BirdBench extends SandboxClient {
	constructor(
		private readonly engine: Engine,
		readonly sandbox: Sandbox,
	) {
		super(sandbox.url, 'bird');
	}

	get credentials() {
		const { accessKey, workspaceId } = demo;
		return { birdChannelsApi: { accessKey, workspaceId, baseUrl: this.baseUrl } };
	}

	node(options: IDataObject = {}, settings: object = {}, parameters: IDataObject = {}) {
		return {
			type: 'bird',
			parameters: {
				resource: 'message',
				operation: 'send',
				channelId: { __rl: true, mode: 'id', value: demo.smsChannelId },
				recipient: '={{ $json.phone }}',
				text: '=Hello {{ $json.name }}',
				options,
				...parameters,
			},
			...settings,
		};
	}

	/** Sends to `count` people, each with a number and a name of their own. */
	async send(
		count: number,
		options: IDataObject = {},
		settings: object = {},
		more: object = {},
	): Promise<RunResult> {
		return await this.engine.run({
			node: this.node(options, settings),
			credentials: this.credentials,
			items: people(count),
			trace: true,
			...more,
		});
	}

	start(count: number, options: IDataObject = {}, settings: object = {}) {
		return this.engine.start({
			node: this.node(options, settings),
			credentials: this.credentials,
			items: people(count),
		});
	}

	/** The recipients of everything the vendor accepted, in the order of their numbers. */
	async recipients(): Promise<string[]> {
		return (await this.messages()).map(({ recipient }) => recipient).sort();
	}
}

export const phone = (index: number): string => `+1415555${String(1000 + index)}`;

export function people(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		json: { phone: phone(index), name: `Person ${index}` },
	}));
}

export const phones = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => phone(index)).sort();
