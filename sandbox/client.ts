import type { Delivery } from './core/webhooks';
import type { Fault } from './core/faults';
import type { RequestRecord } from './core/journal';
import type { AcceptedMessage, Duplicate } from './core/ledger';
import type { StatsReport } from './core/stats';
import type { Setting, WebhookTarget } from './core/vendor';

/** The control API of a sandbox, wherever it runs, for one vendor: what tests and benches hold on to. */
export class SandboxClient {
	constructor(
		private readonly sandboxUrl: string,
		readonly vendor: string,
	) {}

	get baseUrl(): string {
		return `${this.sandboxUrl}/${this.vendor}`;
	}

	async messages(): Promise<Array<AcceptedMessage & { identical: number }>> {
		return (await this.get<{ messages: [] }>('messages', '&only=messages')).messages;
	}

	async duplicates(): Promise<Duplicate[]> {
		return (await this.get<{ duplicates: [] }>('messages', '&only=duplicates')).duplicates;
	}

	/** Of all messages, in the order in which they arrived; light where the requests are large. */
	async recipients(): Promise<string[]> {
		return (await this.get<{ recipients: [] }>('messages', '&only=recipients')).recipients;
	}

	/** @param after how many of the first ones to leave out */
	async requests(after = 0): Promise<RequestRecord[]> {
		return (await this.get<{ requests: [] }>('requests', `&after=${after}`)).requests;
	}

	stats(): Promise<StatsReport> {
		return this.get('stats');
	}

	webhooks(): Promise<{ targets: WebhookTarget[]; deliveries: Delivery[] }> {
		return this.get('webhooks');
	}

	fault(fault: Fault): Promise<unknown> {
		return this.call('POST', 'faults', fault);
	}

	clearFaults(): Promise<unknown> {
		return this.call('DELETE', `faults?vendor=${this.vendor}`);
	}

	/** Without `rule`, all limits of the vendor; `requests: null` switches them off. */
	limit(limit: {
		requests: number | null;
		perMs?: number;
		rule?: string;
		retryAfter?: number;
	}): Promise<unknown> {
		return this.call('PUT', 'limits', limit);
	}

	latency(ms: number): Promise<unknown> {
		return this.call('PUT', 'latency', { ms });
	}

	/** How long each of these statuses takes to come; null: it comes by `advance` only. */
	delays(delays: Record<string, number | null>): Promise<unknown> {
		return this.call('PUT', 'delays', { delays });
	}

	settings(settings: Record<string, Setting>): Promise<unknown> {
		return this.call('PUT', 'settings', settings);
	}

	addWebhook(target: { url: string; secret: string; [detail: string]: unknown }): Promise<unknown> {
		return this.call('POST', 'webhooks', target);
	}

	async advance(to: { messageId?: string; status?: string } = {}): Promise<number> {
		return ((await this.call('POST', 'advance', to)) as { advanced: number }).advanced;
	}

	simulate(what: string, input: Record<string, unknown> = {}): Promise<unknown> {
		return this.call('POST', 'simulate', { what, ...input });
	}

	reset(): Promise<unknown> {
		return this.call('POST', 'reset', {});
	}

	private get<T>(view: string, more = ''): Promise<T> {
		return this.call('GET', `${view}?vendor=${this.vendor}${more}`) as Promise<T>;
	}

	private async call(method: string, path: string, body?: object): Promise<unknown> {
		const answer = await fetch(`${this.sandboxUrl}/_sandbox/${path}`, {
			method,
			...(body && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ vendor: this.vendor, ...body }),
			}),
		});
		const content = (await answer.json()) as { error?: string };
		if (!answer.ok) throw new Error(`sandbox: ${content.error}`);
		return content;
	}
}
