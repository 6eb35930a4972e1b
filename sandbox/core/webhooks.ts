import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';

import type {
	VendorWebhooks,
	WebhookAttempt,
	WebhookEvent,
	WebhookOutcome,
	WebhookTarget,
} from './vendor';

export interface Delivery extends WebhookOutcome {
	deliveryId: string;
	targetId: string;
	url: string;
	event: string;
	attempt: number;
	at: number;
	headers: Record<string, string>;
	body: string;
}

const keepDeliveries = 20_000;
const timeoutMs = 10_000;
const localHosts = new Set(['localhost', '127.0.0.1', '[::1]', 'host.docker.internal']);

/** Sends events to the registered targets, signed, and again when they are not taken. */
export class Webhooks {
	private readonly targets = new Map<string, WebhookTarget>();
	private deliveries: Delivery[] = [];
	private readonly timers = new Set<NodeJS.Timeout>();
	// A burst of status changes must not open a socket each; the agents queue what is over.
	private readonly agents = {
		'http:': new http.Agent({ keepAlive: true, maxSockets: 16 }),
		'https:': new https.Agent({ keepAlive: true, maxSockets: 16 }),
	};

	constructor(
		private readonly vendor: VendorWebhooks | undefined,
		private readonly settings: Record<string, boolean | number | string>,
	) {}

	add(target: WebhookTarget): void {
		this.targets.set(target.id, target);
	}

	remove(id: string): boolean {
		return this.targets.delete(id);
	}

	list(): WebhookTarget[] {
		return [...this.targets.values()];
	}

	log(): Delivery[] {
		return this.deliveries.slice(-keepDeliveries);
	}

	emit(event: WebhookEvent): void {
		const { vendor } = this;
		if (!vendor) return;
		for (const target of this.targets.values()) {
			if (!vendor.wants(target, event)) continue;
			const content = vendor.body(event, target);
			const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
			void this.attempt(vendor, { target, event, body, deliveryId: randomUUID() }, 1, Date.now());
		}
	}

	clear(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.targets.clear();
		this.deliveries = [];
	}

	close(): void {
		this.clear();
		for (const agent of Object.values(this.agents)) agent.destroy();
	}

	private async attempt(
		vendor: VendorWebhooks,
		job: { target: WebhookTarget; event: WebhookEvent; body: Buffer; deliveryId: string },
		attempt: number,
		firstAt: number,
	): Promise<void> {
		const at = attempt === 1 ? firstAt : Date.now();
		const current: WebhookAttempt = { ...job, attempt, firstAt, at };
		const headers = { 'content-type': 'application/json', ...vendor.headers(current) };
		const record: Delivery = {
			deliveryId: job.deliveryId,
			targetId: job.target.id,
			url: job.target.url,
			event: job.event.type,
			attempt,
			at,
			headers,
			body: job.body.toString(),
			status: 0,
		};
		this.deliveries.push(record);
		if (this.deliveries.length > keepDeliveries * 1.2) this.deliveries = this.log();

		const url = new URL(job.target.url);
		// Tests and demos register addresses of other people (https://example.com/hook).
		if (!localHosts.has(url.hostname) && this.settings.deliverAnywhere !== true) {
			record.error = 'not sent: not on this machine (setting deliverAnywhere)';
			vendor.attempted?.(current, record);
			return;
		}
		try {
			record.status = await this.post(url, headers, job.body);
		} catch (error) {
			record.error = (error as Error).message;
		}
		vendor.attempted?.(current, record);
		const taken = record.status >= 200 && record.status < 300;
		const gone = this.targets.get(job.target.id) !== job.target;
		if (taken || gone) return;
		const wait = waitBefore(vendor.retry, current);
		if (wait === undefined) return;
		const timer = setTimeout(
			() => {
				this.timers.delete(timer);
				void this.attempt(vendor, job, attempt + 1, firstAt);
			},
			Number(this.settings.webhookRetryMs) || wait,
		);
		timer.unref();
		this.timers.add(timer);
	}

	private post(url: URL, headers: Record<string, string>, body: Buffer): Promise<number> {
		const { request } = url.protocol === 'https:' ? https : http;
		const agent = this.agents[url.protocol === 'https:' ? 'https:' : 'http:'];
		return new Promise((resolve, reject) => {
			const outgoing = request(
				url,
				{
					method: 'POST',
					agent,
					headers: { ...headers, 'content-length': String(body.length) },
					timeout: timeoutMs,
				},
				(answer) => {
					answer.resume();
					answer.on('end', () => resolve(answer.statusCode ?? 0));
					answer.on('error', reject);
				},
			);
			outgoing.on('timeout', () => outgoing.destroy(new Error('timed out')));
			outgoing.on('error', reject);
			outgoing.end(body);
		});
	}
}

function waitBefore(retry: VendorWebhooks['retry'], last: WebhookAttempt): number | undefined {
	if (typeof retry === 'function') return retry(last);
	return last.attempt < retry.attempts ? retry.delayMs : undefined;
}
