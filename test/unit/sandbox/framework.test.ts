import { Limits } from '../../../sandbox/core/limits';
import type { Call } from '../../../sandbox/core/vendor';
import { startSandbox } from '../../../sandbox/server';
import { Bird, channels, until } from './support';

let bird: Bird;
beforeAll(async () => (bird = await Bird.start({ stepMs: 10_000 })));
beforeEach(() => bird.control.reset());
afterAll(() => bird.close());

describe('faults', () => {
	const accepted = async () => (await bird.control.messages()).length;

	it.each([
		['429', 429, '1'],
		['429-no-retry-after', 429, null],
		['500', 500, null],
		['502', 502, null],
		['503', 503, null],
		['503-retry-after', 503, '1'],
		['504', 504, null],
		['418', 418, null],
		['unauthorized', 401, null],
	] as const)('%s answers in the place of the vendor', async (fault, status, retryAfter) => {
		await bird.control.fault({ fault });
		const answer = await bird.sendText();
		expect(answer.status).toBe(status);
		expect(answer.headers.get('retry-after')).toBe(retryAfter);
		expect(await accepted()).toBe(0);
		expect((await bird.sendText()).status).toBe(202);
	});

	it('429 says how long to wait, in seconds or as a date', async () => {
		await bird.control.fault({ fault: '429', retryAfter: 3600 });
		expect((await bird.sendText()).headers.get('retry-after')).toBe('3600');
		await bird.control.fault({ fault: '429-date', retryAfter: 60 });
		const date = Date.parse((await bird.sendText()).headers.get('retry-after') ?? '');
		expect(Math.abs(date - Date.now() - 60_000)).toBeLessThan(5000);
	});

	it.each([
		['reset-before', 0],
		['reset-after', 1],
	] as const)('%s destroys the socket', async (fault, count) => {
		await bird.control.fault({ fault });
		await expect(bird.sendText()).rejects.toThrow();
		expect(await accepted()).toBe(count);
		expect(await bird.control.requests()).toMatchObject([{ status: 0, fault }]);
	});

	it('timeout accepts and never answers', async () => {
		await bird.control.fault({ fault: 'timeout' });
		const abort = new AbortController();
		const sending = fetch(`${bird.workspaceUrl}/channels/${channels.sms}/messages`, {
			method: 'POST',
			headers: {
				authorization: 'AccessKey sandbox-access-key',
				'content-type': 'application/json',
			},
			body: JSON.stringify({
				receiver: { contacts: [{ identifierValue: '+31612345678' }] },
				body: { type: 'text', text: { text: 'x' } },
			}),
			signal: abort.signal,
		});
		await until(async () => ((await accepted()) === 1 ? true : undefined));
		abort.abort();
		await expect(sending).rejects.toThrow();
	});

	it('slow answers late, garbage and empty answer nonsense, all after accepting', async () => {
		await bird.control.fault({ fault: 'slow', delayMs: 120 });
		const start = Date.now();
		expect((await bird.sendText()).status).toBe(202);
		expect(Date.now() - start).toBeGreaterThanOrEqual(115);
		await bird.control.fault({ fault: 'garbage' });
		expect(await bird.sendText()).toMatchObject({ status: 202, body: /html/ });
		await bird.control.fault({ fault: 'empty' });
		expect(await bird.sendText()).toMatchObject({ status: 202, body: '' });
		expect(await accepted()).toBe(3);
	});

	it('an error may also strike after accepting', async () => {
		await bird.control.fault({ fault: '504', afterAccept: true });
		expect((await bird.sendText()).status).toBe(504);
		expect(await accepted()).toBe(1);
	});

	it('redirect sends elsewhere', async () => {
		await bird.control.fault({ fault: 'redirect', location: 'http://localhost:1/x' });
		const answer = await bird.sendText();
		expect(answer.status).toBe(302);
		expect(answer.headers.get('location')).toBe('http://localhost:1/x');
	});

	it('strike a number of times, after some, on every n-th, on one operation', async () => {
		const statuses = async (count: number) => {
			const seen: number[] = [];
			for (let i = 0; i < count; i++) seen.push((await bird.sendText()).status);
			return seen;
		};
		await bird.control.fault({ fault: '500', count: 2, skip: 1 });
		expect(await statuses(4)).toEqual([202, 500, 500, 202]);
		await bird.control.fault({ fault: '503', everyNth: 3, operationId: 'sendMessage' });
		await bird.call('GET', '/channels');
		expect(await statuses(7)).toEqual([202, 202, 503, 202, 202, 503, 202]);
		await bird.control.clearFaults();
		expect(await statuses(3)).toEqual([202, 202, 202]);
	});

	it('are refused when they make no sense', async () => {
		await expect(bird.control.fault({ fault: 'boom' as '500' })).rejects.toThrow(/not a known/);
		await expect(bird.control.fault({ fault: '500', operationId: 'x' })).rejects.toThrow(
			/one of .*sendMessage/,
		);
	});
});

describe('limits', () => {
	const call = (account: string, method = 'POST') =>
		({ identity: { account }, method }) as unknown as Call;

	it('let through no more in any stretch of time', () => {
		const limits = new Limits([
			{ name: 'POST', requests: 3, perMs: 100, appliesTo: () => true, retryAfter: true },
		]);
		const taken = [0, 40, 80, 90, 99, 100, 139, 140].map(
			(now) => limits.take(call('a'), now).allowed,
		);
		expect(taken).toEqual([true, true, true, false, false, true, false, true]);
		expect(limits.take(call('b'), 141).allowed).toBe(true);
	});

	it('say how much is left, by the rule with the least', () => {
		const limits = new Limits([
			{ name: 'all', requests: 5, perMs: 1000, appliesTo: () => true, retryAfter: true },
			{
				name: 'POST',
				requests: 2,
				perMs: 5000,
				appliesTo: ({ method }) => method === 'POST',
				retryAfter: true,
			},
		]);
		expect(limits.take(call('a', 'GET'), 0).quota).toMatchObject({ limit: 5, remaining: 4 });
		expect(limits.take(call('a'), 10).quota).toEqual({ limit: 2, remaining: 1, resetAt: 5010 });
		expect(limits.take(call('a'), 20).allowed).toBe(true);
		expect(limits.take(call('a'), 30)).toEqual({
			allowed: false,
			quota: { limit: 2, remaining: 0, resetAt: 5010 },
			retryAfter: 5,
		});
	});

	it("are the vendor's own by default", async () => {
		const { vendors } = await (await fetch(`${bird.sandbox.url}/_sandbox/vendors`)).json();
		expect(vendors[0].limits).toEqual([
			{ name: 'GET', requests: 50, perMs: 1000 },
			{ name: 'POST', requests: 500, perMs: 1000 },
		]);
	});

	it('answer 429 for each kind of request on its own', async () => {
		await bird.control.limit({ rule: 'POST', requests: 3, perMs: 60_000 });
		const burst = await Promise.all(Array.from({ length: 5 }, () => bird.sendText()));
		expect(burst.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429, 429]);
		const refused = burst.find(({ status }) => status === 429);
		expect(refused?.headers.has('retry-after')).toBe(false);
		expect(refused?.body.code).toBe('TooManyRequests');
		expect((await bird.call('GET', '/channels')).status).toBe(200);
		expect(await bird.control.stats()).toMatchObject({
			requests: 6,
			accepted: 3,
			rejected429: 2,
		});
	});

	it('can be told to say when to come back, and be switched off', async () => {
		await bird.control.limit({ requests: 1, perMs: 60_000, retryAfter: 7 });
		await bird.sendText();
		expect((await bird.sendText()).headers.get('retry-after')).toBe('7');
		await bird.control.limit({ requests: null });
		expect((await bird.sendText()).status).toBe(202);
		await expect(bird.control.limit({ rule: 'PATCH', requests: 1 })).rejects.toThrow(/GET, POST/);
	});

	it('count what is in flight, and answer after the latency', async () => {
		await bird.control.latency(60);
		const start = Date.now();
		await Promise.all(Array.from({ length: 4 }, () => bird.sendText()));
		expect(Date.now() - start).toBeGreaterThanOrEqual(55);
		expect((await bird.control.stats()).maxInFlight).toBe(4);
	});
});

describe('delays', () => {
	const statusOf = async (id: string) =>
		(await bird.call('GET', `/channels/${channels.sms}/messages/${id}`)).body.status;

	it('say how long a status takes to come, also to those who wait for it', async () => {
		const { body } = await bird.sendText();
		await bird.control.delays({ processing: 5, sent: 30, delivered: null });
		const since = Date.now();
		await until(async () => ((await statusOf(body.id)) === 'sent' ? true : undefined));
		expect(Date.now() - since).toBeGreaterThanOrEqual(30);
		await new Promise((resolve) => setTimeout(resolve, 40));
		expect(await statusOf(body.id)).toBe('sent');
		await bird.control.advance({ messageId: body.id });
		expect(await statusOf(body.id)).toBe('delivered');
	});

	it('are shown, are gone after a reset, and know the statuses', async () => {
		const shown = async () => {
			const { vendors } = await (await fetch(`${bird.sandbox.url}/_sandbox/vendors`)).json();
			return vendors[0].delays;
		};
		await bird.control.delays({ delivered: 60_000, sent: null });
		expect(await shown()).toEqual({ delivered: 60_000, sent: null });
		await bird.control.reset();
		expect(await shown()).toEqual({});
		await expect(bird.control.delays({ arrived: 1 })).rejects.toThrow(/no such status/);
		await expect(bird.control.delays({ sent: -1 })).rejects.toThrow(/delays.sent/);
	});
});

describe('the record', () => {
	it('shows every request as it was sent, without the secrets', async () => {
		await bird.sendText({ reference: 'r-1' });
		await bird.call('GET', '/channels?platform=sms&platform=whatsapp&limit=1');
		const [send, list] = await bird.control.requests();
		expect(send).toMatchObject({
			vendor: 'bird',
			operationId: 'sendMessage',
			method: 'POST',
			path: expect.stringMatching(/\/messages$/) as string,
			headers: { authorization: 'AccessKey ***', 'content-type': 'application/json' },
			body: { reference: 'r-1' },
			status: 202,
		});
		expect(list).toMatchObject({
			operationId: 'listChannels',
			query: { platform: ['sms', 'whatsapp'], limit: '1' },
		});
		expect(JSON.stringify([send, list])).not.toContain('sandbox-access-key');
	});

	it('shows accepted messages and which of them are the same', async () => {
		await bird.sendText({}, '+31612345678');
		await bird.sendText({ reference: 'again' }, '+31612345678');
		await bird.sendText({}, '+31612345679');
		const messages = await bird.control.messages();
		expect(messages.map(({ recipient, identical }) => [recipient, identical])).toEqual([
			['+31612345678', 2],
			['+31612345678', 2],
			['+31612345679', 1],
		]);
		expect(messages[0]).toMatchObject({ vendor: 'bird', request: { receiver: {} } });
		expect(await bird.control.duplicates()).toMatchObject([{ count: 2 }]);
		await bird.control.reset();
		expect(await bird.control.messages()).toEqual([]);
	});
});

describe('the control API', () => {
	it('explains what it cannot do', async () => {
		await expect(bird.control.settings({ nonsense: true })).rejects.toThrow(/no such setting/);
		await expect(bird.control.simulate('rain')).rejects.toThrow(/inbound/);
		await expect(
			bird.control.addWebhook({ url: 'http://localhost', secret: 'x', colour: 'red' }),
		).rejects.toThrow(/colour: unknown/);
		const unknown = await fetch(`${bird.sandbox.url}/_sandbox/stats?vendor=nobody`);
		expect(unknown.status).toBe(404);
		expect((await fetch(`${bird.sandbox.url}/_sandbox/nothing`)).status).toBe(404);
		expect((await fetch(`${bird.sandbox.url}/nobody/x`)).status).toBe(404);
	});
});

describe('the server', () => {
	it('runs several times in one process, each with a state of its own', async () => {
		const other = await Bird.start();
		await other.sendText();
		await other.control.fault({ fault: '500', count: 9 });
		expect(await bird.control.messages()).toEqual([]);
		expect((await bird.sendText()).status).toBe(202);
		expect(other.sandbox.url).not.toBe(bird.sandbox.url);
		await other.close();
		await expect(fetch(other.sandbox.url)).rejects.toThrow();
	});

	it('closes at once though a request is unanswered and sockets are open', async () => {
		const other = await Bird.start();
		await other.control.fault({ fault: 'timeout' });
		const hanging = other.sendText().catch(() => 'cut');
		await until(async () => ((await other.control.messages()).length === 1 ? true : undefined));
		const start = Date.now();
		await other.close();
		expect(Date.now() - start).toBeLessThan(20_000);
		expect(await hanging).toBe('cut');
	});

	it('takes a port, and listens on this machine only', async () => {
		const first = await startSandbox({ vendors: ['bird'] });
		const port = Number(new URL(first.url).port);
		await expect(startSandbox({ vendors: ['bird'], port })).rejects.toThrow(/EADDRINUSE/);
		await first.close();
		expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
	});
});
