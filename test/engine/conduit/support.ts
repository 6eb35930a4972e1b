import type { SandboxClient } from '../../../sandbox/client';
import { type Engine, loadEngine, type NodeRun, type RunResult } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';

/** The ids of the vendor's examples, which the sandbox knows. */
export const ALEX = 'ph77c0dy0mgdpzmqz6tesry8w184002s';
export const ALEX_WHATSAPP = 'hg77c0dy0mgdpzmqz6tesry8w184002s';
export const SEASIDE = 'j57demo8f8x7c9v0n2q4r6t8y1u3i5o';
export const MOUNTAIN = 'j57mountain0x7c9v0n2q4r6t8y1u3i5';
export const REMINDER = 'HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

export interface Contact {
	id: string;
	workspace_id: string;
	channels: Array<{ id: string; type: string; value: string }>;
}

/** A sandbox of its own for each test, because an account's pace outlives a test. */
export class ConduitBench {
	engine!: Engine;

	private sandbox!: VendorSandbox;

	async load(): Promise<void> {
		this.engine = await loadEngine();
	}

	async open(): Promise<void> {
		this.sandbox = await openSandbox('conduit');
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	get vendor(): SandboxClient {
		return this.sandbox.vendor;
	}

	get credentials() {
		return this.sandbox.credentials;
	}

	/** The credential with another of the sandbox's tokens. */
	withToken(apiToken: string) {
		return { conduitAiApi: { ...this.sandbox.credentials.conduitAiApi, apiToken } };
	}

	get known() {
		return this.sandbox.known;
	}

	async run(
		operation: string,
		parameters: object,
		more: Partial<NodeRun> & { onError?: string } = {},
	): Promise<RunResult> {
		const { onError, ...rest } = more;
		return await this.engine.run({
			credentials: this.credentials,
			...rest,
			node: {
				type: 'conduit',
				parameters: { resource: 'message', operation, ...parameters },
				...(onError ? { onError: onError as 'continueRegularOutput' } : {}),
			},
		});
	}

	/** What the vendor saw, without what every request has. */
	async seen() {
		return (await this.vendor.requests()).map(({ method, path, query, body }) => ({
			method,
			path,
			query,
			body,
		}));
	}

	/** Asks the vendor directly, past the node. */
	async ask<T>(path: string): Promise<T> {
		const answer = await fetch(`${this.vendor.baseUrl}${path}`, {
			headers: { authorization: `Bearer ${this.known.apiToken}` },
		});
		return ((await answer.json()) as { data: T }).data;
	}

	/** A contact by name, with its channels. */
	async contact(name: string, workspace = SEASIDE): Promise<Contact> {
		const query = new URLSearchParams({ workspace_id: workspace, query: name, field: 'name' });
		const [{ id }] = await this.ask<Contact[]>(`/v1/contacts/search?${query}`);
		return await this.ask<Contact>(`/v1/contacts/${id}`);
	}
}

export const list = (value: string) => ({ __rl: true, mode: 'list', value });
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
