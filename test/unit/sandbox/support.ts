import { SandboxClient } from '../../../sandbox/client';
import { type Sandbox, startSandbox } from '../../../sandbox/server';
import {
	accessKey,
	emailChannelId,
	smsChannelId,
	whatsappChannelId,
	workspaceId,
} from '../../../sandbox/vendors/bird/demo';

export const channels = { sms: smsChannelId, whatsapp: whatsappChannelId, email: emailChannelId };

export interface Answer {
	status: number;
	headers: Headers;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into all kinds of answers
	body: any;
}

/** A sandbox with Bird in it, and someone who holds Bird's access key. */
export class Bird {
	private constructor(
		readonly sandbox: Sandbox,
		readonly control: SandboxClient,
	) {}

	static async start(settings = {}): Promise<Bird> {
		const sandbox = await startSandbox({ vendors: ['bird'], settings });
		return new Bird(sandbox, new SandboxClient(sandbox.url, 'bird'));
	}

	get workspaceUrl(): string {
		return `${this.control.baseUrl}/workspaces/${workspaceId}`;
	}

	async call(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		const answer = await fetch(path.startsWith('http') ? path : `${this.workspaceUrl}${path}`, {
			method,
			redirect: 'manual',
			headers: {
				authorization: `AccessKey ${accessKey}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		const text = await answer.text();
		const json = answer.headers.get('content-type')?.includes('json');
		return {
			status: answer.status,
			headers: answer.headers,
			body: json ? JSON.parse(text) : text,
		};
	}

	send(message: unknown, channel = channels.sms): Promise<Answer> {
		return this.call('POST', `/channels/${channel}/messages`, message);
	}

	/** A text that Bird takes, with anything in it replaced. */
	sendText(more: Record<string, unknown> = {}, to = '+31612345678'): Promise<Answer> {
		return this.send({
			receiver: { contacts: [{ identifierValue: to }] },
			body: { type: 'text', text: { text: 'Hello' } },
			...more,
		});
	}

	close(): Promise<void> {
		return this.sandbox.close();
	}
}

/** Waits for something that happens by itself, such as a status that advances. */
export async function until<T>(look: () => Promise<T | undefined>, ms = 5000): Promise<T> {
	const end = Date.now() + ms;
	for (;;) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (Date.now() > end) throw new Error('it did not happen in time');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
