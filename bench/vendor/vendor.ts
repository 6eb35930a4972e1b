import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { bird } from './bird';
import { Ledger } from './ledger';
import { SlidingWindow } from './limit';
import { sent } from './sent';
import type { Subscription, VendorSettings, VendorStats } from './settings';

/** A request that the vendor processes. */
export interface Call {
	method: string;
	path: string;
	body: unknown;
	idempotencyKey: string | undefined;
	/** What was answered to requests with an idempotency key. */
	answered: Map<string, Answer>;
	ledger: Ledger;
	subscriptions: Map<string, Subscription>;
}

export interface Answer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** Enough for a client that opens all its connections at once; the system may allow fewer. */
const BACKLOG = 65_535;
/** So long must nobody have connected before the vendor stops to listen. */
const QUIET_MS = 50;
const REFUSES_FOR_MS = 1000;
const RETRY_AFTER = { 'retry-after': '1' };

/** A vendor that does next to nothing, so that what is measured is what sends to it. */
export class Vendor {
	private settings: VendorSettings = { latencyMs: 0 };

	private window: SlidingWindow | undefined;

	private ledger = new Ledger();

	private answered = new Map<string, Answer>();

	private readonly subscriptions = new Map<string, Subscription>();

	private answers: Record<string, number> = {};

	private requests = 0;

	private inFlight = 0;

	private maxInFlight = 0;

	private connections = 0;

	private lastConnection = 0;

	private port = 0;

	private readonly server = createServer((request, response) => {
		void this.handle(request, response);
	}).on('connection', (socket) => {
		this.connections++;
		this.lastConnection = Date.now();
		socket.on('close', () => this.connections--);
	});

	async listen(port = 0): Promise<string> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen({ port, host: '127.0.0.1', backlog: BACKLOG }, resolve);
		});
		({ port: this.port } = this.server.address() as AddressInfo);
		return `http://127.0.0.1:${this.port}`;
	}

	/** Forgets everything but the webhook subscriptions. */
	restart(settings: VendorSettings): void {
		this.settings = settings;
		this.window = settings.limit && new SlidingWindow(settings.limit);
		this.ledger = new Ledger();
		this.answered = new Map();
		this.answers = {};
		this.requests = 0;
		this.maxInFlight = 0;
	}

	stats(): VendorStats {
		return {
			requests: this.requests,
			accepted: this.ledger.accepted,
			duplicates: this.ledger.duplicates,
			answers: this.answers,
			maxInFlight: this.maxInFlight,
			subscriptions: [...this.subscriptions.values()],
		};
	}

	messages(): Record<string, number> {
		return this.ledger.all;
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.requests++;
		this.inFlight++;
		this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
		response.on('close', () => this.inFlight--);
		const { faults } = this.settings;
		// Who keeps a connection open would not notice that new ones are refused.
		if (faults) response.shouldKeepAlive = false;
		if (faults?.refuseAfter.includes(this.requests)) void this.refuseForAWhile();

		// Who sends may be killed on the way: what has not arrived whole was not received.
		const text = await textOf(request).catch(() => undefined);
		if (text === undefined) return;
		const answer = this.answer(request, this.requests, text);
		await sleep(this.settings.latencyMs);
		this.answers[answer.status] = (this.answers[answer.status] ?? 0) + 1;
		response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
		response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
	}

	private answer(request: IncomingMessage, count: number, text: string): Answer {
		const { every } = this.settings.faults ?? {};
		if (every && count % every === 0) {
			return { status: (count / every) % 2 ? 429 : 503, headers: RETRY_AFTER, body: {} };
		}
		if (this.window && !this.window.take(Date.now())) {
			return { status: 429, headers: RETRY_AFTER, body: { message: 'Too many requests' } };
		}
		const { method = '', url = '', headers } = request;
		const call: Call = {
			method,
			path: new URL(url, 'http://vendor').pathname,
			body: text === '' ? undefined : (JSON.parse(text) as unknown),
			idempotencyKey: headers['idempotency-key']?.toString(),
			answered: this.answered,
			ledger: this.ledger,
			subscriptions: this.subscriptions,
		};
		return bird(call) ?? sent(call) ?? { status: 404, body: { message: 'No such path' } };
	}

	/**
	 * A connection is refused when nobody listens. Waits for a quiet moment first: who is just being
	 * connected when the listening ends would see a reset, which is another fault.
	 */
	private async refuseForAWhile(): Promise<void> {
		const { settings } = this;
		while (this.connections > 0 || Date.now() - this.lastConnection < QUIET_MS) {
			await sleep(5);
			if (this.settings !== settings) return;
		}
		this.server.close();
		await sleep(REFUSES_FOR_MS);
		await this.listen(this.port);
	}
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	request.setEncoding('utf8');
	for await (const chunk of request) text += chunk as string;
	return text;
}
