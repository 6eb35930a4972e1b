import type { SandboxClient } from '../../../sandbox/client';
import { type Engine, loadEngine, type NodeRun, type RunResult } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';

/** Channels of the sandbox: see sandbox/vendors/aelyst/channels.ts. */
export const WHATSAPP = 551174;
export const FACEBOOK = 551175;
export const TELEGRAM = 551176;
export const MAILBOX = 551177;

/** The text of the owner's seed. */
export const IN_QUEUE =
	'Your request cannot be processed at the moment as it is currently in queue. Please try again in a few minutes.';

/** A sandbox of its own for each test, because an account's pace outlives a test. */
export class AelystBench {
	engine!: Engine;

	private sandbox!: VendorSandbox;

	async load(): Promise<void> {
		this.engine = await loadEngine();
	}

	async open(): Promise<void> {
		this.sandbox = await openSandbox('aelyst');
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
	withToken(accessToken: string) {
		return { aelystApi: { ...this.sandbox.credentials.aelystApi, accessToken } };
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
				type: 'aelyst',
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

export const list = (value: string | number) => ({
	__rl: true,
	mode: 'list',
	value: String(value),
});
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });
