import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Answer, SeenRequest } from '../contract/scriptedVendor';

/** What a vendor does with a request. It may say anything, but not that it did what it did not do. */
export type Deed =
	| { kind: 'take' }
	/** It takes the message and says something odd, or that something has broken down. */
	| { kind: 'take-and-say'; answer: Answer }
	| { kind: 'take-and-break'; code: string | undefined }
	| { kind: 'refuse'; answer: Answer }
	| { kind: 'break'; code: string };

/** Answers that a vendor gives behind its memory of idempotency keys: never to what it has taken. */
const FROM_BEHIND = [400, 404, 409, 410, 413, 415, 422];

/** Stands in an answer for the secret of the credential. */
export const ECHO = '«secret»';

interface Vendor {
	recipientsOf(request: SeenRequest): string[];
	answerTo(request: SeenRequest): Answer;
	idempotencyHeader?: string;
}

/** A vendor in this process, without a connection, that does what chance says. */
export class QuickVendor {
	readonly requests: SeenRequest[] = [];

	/** Everybody who got a message, as often as they got one. */
	readonly reached: string[] = [];

	/** Whether it has called something refused that it has taken, as odd answers may. */
	hasLied = false;

	private readonly replies = new Map<string, Answer>();

	constructor(
		private readonly vendor: Vendor,
		private readonly deeds: Deed[],
		private readonly secret: string,
	) {}

	readonly answer = async (options: IHttpRequestOptions): Promise<unknown> => {
		const { method = 'GET', url, headers = {}, body } = options;
		const seen: SeenRequest = {
			method,
			path: url,
			headers: lowerCase(headers),
			body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
			at: 0,
		};
		this.requests.push(seen);
		await new Promise<void>((resolve) => setImmediate(resolve));
		const deed = this.deeds[this.requests.length - 1] ?? { kind: 'take' };
		const known = this.replyTo(seen);
		switch (deed.kind) {
			case 'take':
				return this.said(this.take(seen));
			case 'take-and-say':
				this.take(seen);
				return this.said(deed.answer);
			case 'take-and-break':
				this.take(seen);
				throw broken(deed.code);
			case 'refuse':
				return this.said(known && FROM_BEHIND.includes(deed.answer.status) ? known : deed.answer);
			case 'break':
				throw broken(deed.code);
		}
	};

	private replyTo(request: SeenRequest): Answer | undefined {
		const key = this.keyOf(request);
		return key === undefined ? undefined : this.replies.get(key);
	}

	private keyOf({ headers }: SeenRequest): string | undefined {
		const header = this.vendor.idempotencyHeader?.toLowerCase();
		return header === undefined ? undefined : (headers[header] as string | undefined);
	}

	private take(request: SeenRequest): Answer {
		const known = this.replyTo(request);
		if (known) return known;
		// Whoever reads what became of a message sends none.
		if (request.method !== 'GET') {
			this.reached.push(...recipientsIn(() => this.vendor.recipientsOf(request)));
		}
		const answer = answerOf(() => this.vendor.answerTo(request));
		const key = this.keyOf(request);
		if (key !== undefined) this.replies.set(key, answer);
		return answer;
	}

	/** As n8n's helpers give an answer to a node. */
	private said({ status, body = '', headers = {} }: Answer) {
		const text = JSON.stringify({ body, headers });
		const echoed = JSON.stringify(this.secret).slice(1, -1);
		const told = JSON.parse(text.replaceAll(ECHO, () => echoed)) as Pick<Answer, 'body'> & {
			headers: IDataObject;
		};
		if (status < 300 && (told.body as { success?: unknown } | null)?.success !== true) {
			this.hasLied = true;
		}
		return { statusCode: status, headers: lowerCase(told.headers), body: told.body };
	}
}

function lowerCase(headers: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as string]),
	);
}

/** An odd request reaches whom it reaches; who that is may be unreadable. */
function recipientsIn(read: () => string[]): string[] {
	try {
		// Whoever only asks for something, such as a template, reaches nobody.
		return read().filter((who) => who !== '');
	} catch {
		return ['somebody'];
	}
}

function answerOf(read: () => Answer): Answer {
	try {
		return read();
	} catch {
		return { status: 200, body: {} };
	}
}

function broken(code: string | undefined): Error {
	return Object.assign(new Error(code === undefined ? 'socket hang up' : `Broken: ${code}`), {
		...(code === undefined ? {} : { code }),
	});
}
