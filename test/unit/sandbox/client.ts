import { type SandboxOptions, startSandbox } from '../../../sandbox/server';

export interface Reply {
	status: number;
	headers: Headers;
	// Tests look into answers of many forms; a wrong guess fails them as it should.
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	body: any;
}

/** A sandbox with one vendor, spoken to as its customers and as its control API's users do. */
export async function openVendor(vendor: string, settings: SandboxOptions['settings'] = {}) {
	const sandbox = await startSandbox({ vendors: [vendor], settings });
	const send = async (
		url: string,
		method: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Reply> => {
		const response = await fetch(url, {
			method,
			headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		let parsed: unknown = text;
		try {
			parsed = JSON.parse(text);
		} catch {
			// Kept as text.
		}
		return { status: response.status, headers: response.headers, body: parsed };
	};
	const control = async (method: string, path: string, body?: object): Promise<Reply['body']> => {
		const asked = body && { vendor, ...body };
		const reply = await send(`${sandbox.url}/_sandbox${path}`, method, asked);
		if (reply.status !== 200) throw new Error(`${path}: ${JSON.stringify(reply.body)}`);
		return reply.body;
	};
	return {
		url: sandbox.url,
		/** `token`: a bearer token; `path`: behind the vendor's prefix. */
		request: (token: string | undefined, method: string, path: string, body?: unknown) =>
			send(
				`${sandbox.url}/${vendor}${path}`,
				method,
				body,
				token === undefined ? {} : { authorization: `Bearer ${token}` },
			),
		/** For vendors with other headers than a bearer token. */
		ask: (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
			send(`${sandbox.url}/${vendor}${path}`, method, body, headers),
		control,
		reset: () => control('POST', '/reset', {}),
		unlimited: () => control('PUT', '/limits', { requests: null }),
		close: () => sandbox.close(),
	};
}
