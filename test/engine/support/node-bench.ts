import type { SandboxClient } from '../../../sandbox/client';
import { type Engine, loadEngine, type NodeRun, type RunResult } from './engine';
import { openSandbox, type VendorSandbox } from './sandbox';

/**
 * A node and its vendor. The engine is loaded once; the sandbox is opened for each test, because
 * an account's pace outlives a test.
 */
export class NodeBench {
	engine!: Engine;

	private sandbox!: VendorSandbox;

	constructor(
		private readonly vendorName: string,
		private readonly credential: string,
		/** The field of the credential that holds the key. */
		private readonly keyField: string,
	) {}

	async load(): Promise<void> {
		this.engine = await loadEngine();
	}

	async open(): Promise<void> {
		this.sandbox = await openSandbox(this.vendorName);
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

	get known() {
		return this.sandbox.known;
	}

	/** The credential with another of the sandbox's keys. */
	withToken(key: string) {
		const fields = { ...this.sandbox.credentials[this.credential], [this.keyField]: key };
		return { [this.credential]: fields };
	}

	/** Runs an operation on messages. */
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
				type: this.vendorName,
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
}

/** A resource locator as the editor stores it. */
const locator = (mode: string) => (value: string | number) => ({
	__rl: true,
	mode,
	value: String(value),
});

export const list = locator('list');
export const byId = locator('id');
