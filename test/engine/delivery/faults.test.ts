import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadEngine, type Engine } from '../support/engine';
import { phone, phones, withBird } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const continues = { onError: 'continueRegularOutput' };

describe('what the vendor has not processed is sent again', () => {
	it.each([
		['429 with Retry-After', { fault: '429', retryAfter: 0.2 }],
		['429 without Retry-After', { fault: '429-no-retry-after' }],
		['429 with Retry-After as a date', { fault: '429-date', retryAfter: 1 }],
		['503 with Retry-After', { fault: '503-retry-after', retryAfter: 0.2 }],
	] as const)('%s', async (_what, fault) => {
		await withBird(engine, async (bird) => {
			await bird.fault({ ...fault, count: 3, skip: 2 });
			const run = await bird.send(10);
			expect(run.error).toBeUndefined();
			expect(run.json[0]).toHaveLength(10);
			expect(await bird.recipients()).toEqual(phones(10));
			expect(await bird.stats()).toMatchObject({ requests: 13, accepted: 10 });
		});
	});

	it('waits as long as the vendor asks, with everything that uses the account', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '429', retryAfter: 1 });
			await bird.send(4, { maxInFlight: 1 });
			const [refused, ...later] = await bird.requests();
			expect(later).toHaveLength(4);
			for (const { arrivedAt } of later) {
				expect(arrivedAt - refused.arrivedAt).toBeGreaterThanOrEqual(950);
			}
		});
	});

	it('a connection that is refused, and then is not', async () => {
		const listener = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => listener.once('listening', resolve));
		const { port } = listener.address() as AddressInfo;
		await new Promise((resolve) => listener.close(resolve));
		const { BirdBench } = await import('./support');
		const stopped = { url: `http://127.0.0.1:${port}`, vendors: [], close: async () => undefined };
		const running = new BirdBench(engine, stopped).start(5).result;
		await new Promise((resolve) => setTimeout(resolve, 300));
		await withBird(
			engine,
			async (bird) => {
				const run = await running;
				expect(run.error).toBeUndefined();
				expect(await bird.recipients()).toEqual(phones(5));
			},
			port,
		);
	});
});

describe('what the vendor may have accepted is never sent again', () => {
	it.each([
		['500', { fault: '500' }, 0, 500],
		['502 after it was accepted', { fault: '502', afterAccept: true }, 1, 502],
		['503 without Retry-After', { fault: '503' }, 0, 503],
		['504 after it was accepted', { fault: '504', afterAccept: true }, 1, 504],
		['a reset before the request was read', { fault: 'reset-before' }, 0, null],
		['a reset after it was accepted', { fault: 'reset-after' }, 1, null],
		['garbage instead of JSON', { fault: 'garbage' }, 1, 202],
		['an empty 202', { fault: 'empty' }, 1, 202],
	] as const)('%s', async (_what, fault, accepted, httpCode) => {
		await withBird(engine, async (bird) => {
			await bird.fault({ ...fault });
			const run = await bird.send(1, {}, continues);
			expect(run.json[0]).toEqual([
				{
					error: expect.stringMatching(
						/unknown whether the message was accepted \[item 0\]\. It was not sent again.*Check with List/,
					),
					details: expect.objectContaining({ provider: 'bird', httpCode, outcome: 'unknown' }),
				},
			]);
			expect(await bird.messages()).toHaveLength(accepted);
			expect((await bird.stats()).requests).toBe(1);
		});
	});

	it('a time-out after it was accepted', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: 'timeout' });
			const node = bird.node({}, continues, { requestOptions: { timeout: 2000 } });
			const run = await engine.run({
				node,
				credentials: bird.credentials,
				items: [{ json: { phone: phone(0), name: 'A' } }],
			});
			expect(run.json[0][0]).toMatchObject({
				details: { outcome: 'unknown', code: 'ETIMEDOUT' },
			});
			expect(await bird.messages()).toHaveLength(1);
			expect((await bird.stats()).requests).toBe(1);
		});
	});

	it('says so to the person, and how to check, when the node stops', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: 'reset-after' });
			const { error } = await bird.send(1);
			expect(error?.message).toContain('unknown whether the message was accepted');
			expect(error?.description).toContain('Check with List Messages');
		});
	});
});

describe('a slow answer is waited for', () => {
	it('and counted in the flight', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: 'slow', delayMs: 400, everyNth: 1 });
			const run = await bird.send(6, { maxInFlight: 3 });
			expect(run.json[0]).toHaveLength(6);
			expect((await bird.stats()).maxInFlight).toBe(3);
		});
	});
});

describe('what is told to wait too long is given up in words', () => {
	it('fails by Max Wait with the time, and keeps back the rest', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '429', retryAfter: 3600 });
			const { error } = await bird.send(40, { maxInFlight: 1 });
			expect(error?.message).toMatch(/asked to wait for 1 h/);
			expect(error?.description).toContain('Accepted before the stop: 0. Failed: 1. Not sent: 39.');
			expect(error?.context?.data).toMatchObject({ retryAfterMs: 3_600_000, outcome: 'not_sent' });
			expect((await bird.stats()).requests).toBe(1);
		});
	});

	it('tells every waiting item at once when the node continues', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '429', retryAfter: 3600 });
			const run = await bird.send(5, { maxInFlight: 1 }, continues);
			expect(run.json[0].map(({ details }) => (details as { outcome: string }).outcome)).toEqual([
				...Array.from({ length: 5 }, () => 'not_sent'),
			]);
			expect(run.json[0][1].error).toContain('1 h, which is longer than Max Wait');
			expect((await bird.stats()).requests).toBe(1);
		});
	});

	it('fails at once where the user chose so', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '429', retryAfter: 1 });
			const run = await bird.send(1, { onRateLimit: 'fail' }, continues);
			expect(run.json[0][0]).toMatchObject({
				details: { outcome: 'not_sent', httpCode: 429, retryAfterMs: 1000 },
			});
			expect((await bird.stats()).requests).toBe(1);
		});
	});
});

describe('a credential never leaves for another address', () => {
	it('refuses a redirect', async () => {
		const seen: Array<string | undefined> = [];
		const thief = createServer((request, response) => {
			seen.push(request.headers.authorization);
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => thief.once('listening', resolve));
		await withBird(engine, async (bird) => {
			const { port } = thief.address() as AddressInfo;
			await bird.fault({ fault: 'redirect', location: `http://127.0.0.1:${port}/` });
			const run = await bird.send(1, {}, continues);
			expect(run.json[0][0]).toMatchObject({
				error: expect.stringContaining('redirect, which is not followed'),
				details: { outcome: 'rejected', httpCode: 302 },
			});
		});
		thief.close();
		expect(seen).toEqual([]);
	});
});
