import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
	body: unknown;
	at: number;
}

export interface Answer {
	status: number;
	/** An object goes out as JSON, a text as it is. */
	body?: unknown;
	headers?: Record<string, string>;
}

/** What the vendor does with a request. */
export type Reaction =
	| { kind: 'take' }
	| { kind: 'say'; answer: Answer }
	/** The message is taken, and the answer is another one or never comes. */
	| { kind: 'take-and-say'; answer: Answer }
	| { kind: 'take-and-reset' }
	| { kind: 'reset' }
	| { kind: 'take-in-silence' }
	| { kind: 'take-late'; ms: number }
	| { kind: 'take-and-wait'; until: Promise<unknown> };

export const take: Reaction = { kind: 'take' };

/** A vendor that does what a test says, and keeps count of who was written to. */
export class ScriptedVendor {
	readonly requests: SeenRequest[] = [];

	/** Everybody who got a message, as often as they got one. */
	readonly reached: string[] = [];

	/** Decides on the n-th request, from 0. */
	script: (index: number, request: SeenRequest) => Reaction = () => take;

	private readonly replies = new Map<string, Answer>();

	private readonly server: Server;

	constructor(
		private readonly read: {
			recipientsOf(request: SeenRequest): string[];
			answerTo(request: SeenRequest): Answer;
			idempotencyHeader?: string;
		},
	) {
		this.server = createServer((request, response) => void this.handle(request, response));
	}

	/** Set once it is open. */
	url = '';

	async open(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const { port } = this.server.address() as AddressInfo;
		this.url = `http://127.0.0.1:${port}`;
		return this.url;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const text = Buffer.concat(chunks).toString();
		const seen: SeenRequest = {
			method: request.method ?? '',
			path: request.url ?? '',
			headers: request.headers,
			body: text === '' ? undefined : JSON.parse(text),
			at: performance.now(),
		};
		this.requests.push(seen);
		const reaction = this.script(this.requests.length - 1, seen);
		switch (reaction.kind) {
			case 'take':
				return say(response, this.take(seen));
			case 'say':
				return say(response, reaction.answer);
			case 'take-and-say':
				this.take(seen);
				return say(response, reaction.answer);
			case 'take-and-reset':
				this.take(seen);
				return void request.socket.destroy();
			case 'reset':
				return void request.socket.destroy();
			case 'take-in-silence':
				return void this.take(seen);
			case 'take-and-wait': {
				const answer = this.take(seen);
				return void reaction.until.then(() => say(response, answer));
			}
			case 'take-late': {
				const answer = this.take(seen);
				setTimeout(() => say(response, answer), reaction.ms).unref();
			}
		}
	}

	/** A request with a key that was taken before gets the answer of then, and reaches nobody anew. */
	private take(request: SeenRequest): Answer {
		const header = this.read.idempotencyHeader?.toLowerCase();
		const key = header === undefined ? undefined : String(request.headers[header]);
		const known = key === undefined ? undefined : this.replies.get(key);
		if (known) return known;
		this.reached.push(...this.read.recipientsOf(request));
		const answer = this.read.answerTo(request);
		if (key !== undefined) this.replies.set(key, answer);
		return answer;
	}
}

function say(response: ServerResponse, { status, body = '', headers = {} }: Answer): void {
	const isText = typeof body === 'string';
	response.writeHead(status, {
		'content-type': isText ? 'text/html' : 'application/json',
		...headers,
	});
	response.end(isText ? body : JSON.stringify(body));
}
