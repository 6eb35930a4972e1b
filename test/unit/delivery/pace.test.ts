import fc from 'fast-check';
import { Account, PauseTooLong } from '../../../nodes/delivery/pace/account';
import { TokenBucket } from '../../../nodes/delivery/pace/tokenBucket';

/** Runs the timers of n8n's sleep by hand, so that hours of pacing take no time. */
beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void jest.useRealTimers());

const tick = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);
const turn = (more: object = {}) => ({
	bucket: 'all',
	limit: { requests: 5, perMs: 1000 },
	maxWaitMs: 60_000,
	...more,
});

/** The most that fell into any stretch of this length, wherever it is cut. */
function mostWithin(times: number[], ms: number): number {
	return Math.max(
		0,
		...times.map((start) => times.filter((t) => t >= start && t < start + ms).length),
	);
}

describe('TokenBucket', () => {
	it('never lets more than the limit arrive in any stretch of the period', () => {
		// Requests that leave in bursts, travel for different times and are answered after others.
		const journey = fc.record({
			gap: fc.integer({ min: 0, max: 300 }),
			there: fc.integer({ min: 0, max: 400 }),
			back: fc.integer({ min: 0, max: 400 }),
		});
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 12 }),
				fc.integer({ min: 50, max: 3000 }),
				fc.array(journey, { minLength: 1, maxLength: 120 }),
				(requests, perMs, journeys) => {
					const bucket = new TokenBucket({ requests, perMs });
					const arrived: number[] = [];
					const underWay: number[] = [];
					let now = 0;
					const answer = (until: number) => {
						underWay.sort((a, b) => a - b);
						while (underWay.length > 0 && underWay[0] <= until) bucket.giveBack(underWay.shift()!);
					};
					for (const { gap, there, back } of journeys) {
						now += gap;
						answer(now);
						if (bucket.waitMs(now) > 0) continue;
						bucket.take();
						arrived.push(now + there);
						underWay.push(now + there + back);
					}
					expect(mostWithin(arrived, perMs)).toBeLessThanOrEqual(requests);
				},
			),
		);
	});

	it('keeps count of tokens that are out when the limit changes', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 10 }),
				fc.integer({ min: 1, max: 10 }),
				fc.integer({ min: 0, max: 10 }),
				fc.boolean(),
				(before, after, uses, answered) => {
					const bucket = new TokenBucket({ requests: before, perMs: 1000 });
					let taken = 0;
					while (taken < uses && bucket.waitMs(0) === 0) {
						bucket.take();
						taken++;
					}
					for (let index = 0; answered && index < taken; index++) bucket.giveBack(10);
					bucket.setLimit({ requests: after, perMs: 1000 });
					let more = 0;
					while (bucket.waitMs(500) === 0 && more < 50) {
						bucket.take();
						more++;
					}
					expect(more).toBe(Math.max(0, after - taken));
				},
			),
		);
	});

	it('says exactly how long until the next token', () => {
		const bucket = new TokenBucket({ requests: 1, perMs: 1000 });
		bucket.take();
		expect(bucket.waitMs(10)).toBe(Infinity);
		bucket.giveBack(20);
		const wait = bucket.waitMs(400);
		expect(wait).toBeLessThan(650);
		expect(bucket.waitMs(400 + wait - 1)).toBe(1);
		expect(bucket.waitMs(400 + wait)).toBe(0);
	});

	it('gives out nothing in a pause, and never shortens one', () => {
		const bucket = new TokenBucket({ requests: 5, perMs: 1000 });
		bucket.pauseUntil(3000);
		bucket.pauseUntil(2000);
		expect(bucket.waitMs(1000)).toBe(2000);
	});
});

describe('Account', () => {
	it('serves everybody in the order in which they came, and nobody starves', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 8 }),
				fc.integer({ min: 1, max: 8 }),
				fc.integer({ min: 1, max: 60 }),
				async (requests, maxInFlight, count) => {
					const account = new Account();
					account.setMaxInFlight(maxInFlight);
					const order: number[] = [];
					let inFlight = 0;
					let most = 0;
					for (let index = 0; index < count; index++) {
						void account
							.queue(turn({ limit: { requests, perMs: 1000 }, maxWaitMs: 1e9 }))
							.granted.then(async (release) => {
								order.push(index);
								most = Math.max(most, ++inFlight);
								await new Promise((resolve) => setTimeout(resolve, 7));
								inFlight--;
								release();
							});
					}
					await tick(1200 * count + 1000);
					expect(order).toEqual(Array.from({ length: count }, (_, index) => index));
					expect(most).toBeLessThanOrEqual(maxInFlight);
				},
			),
			{ numRuns: 30 },
		);
	});

	it('lets a request that had its turn before go first', async () => {
		const account = new Account();
		const order: string[] = [];
		const queue = (name: string, again: boolean) =>
			void account.queue(turn({ again })).granted.then((release) => {
				order.push(name);
				release();
			});
		account.pause('all', turn().limit, 500);
		queue('fresh', false);
		queue('again', true);
		await tick(600);
		expect(order).toEqual(['again', 'fresh']);
	});

	it('pauses the whole bucket and no other', async () => {
		const account = new Account();
		account.setMaxInFlight(10);
		account.pause('writes', turn().limit, 10_000);
		const granted: string[] = [];
		for (const bucket of ['writes', 'reads']) {
			void account.queue(turn({ bucket })).granted.then(() => granted.push(bucket));
		}
		await tick(9_000);
		expect(granted).toEqual(['reads']);
		await tick(1_500);
		expect(granted).toEqual(['reads', 'writes']);
	});

	it('turns away at once whoever may not wait as long as the pause', async () => {
		const account = new Account();
		account.setMaxInFlight(10);
		const waiting = account.queue(turn({ maxWaitMs: 60_000, limit: { requests: 1, perMs: 1 } }));
		(await waiting.granted)();
		account.pause('all', { requests: 1, perMs: 1 }, 3_600_000);
		const refused = await account
			.queue(turn({ maxWaitMs: 60_000 }))
			.granted.catch((e: unknown) => e);
		expect(refused).toBeInstanceOf(PauseTooLong);
		expect((refused as PauseTooLong).retryAfterMs).toBe(3_600_000);
	});

	it('forgets a place that was given up, and serves the next', async () => {
		const account = new Account();
		account.pause('all', turn().limit, 100);
		const first = account.queue(turn());
		const second = account.queue(turn());
		first.leave(new Error('gave up'));
		await expect(first.granted).rejects.toThrow('gave up');
		await tick(200);
		await expect(second.granted).resolves.toBeInstanceOf(Function);
	});

	it('holds 5,000 waiting requests without a timer for each', () => {
		const account = new Account();
		for (let index = 0; index < 5000; index++) {
			account.queue(turn({ maxWaitMs: 1e9 })).granted.catch(() => undefined);
		}
		expect(jest.getTimerCount()).toBeLessThanOrEqual(2);
	});

	it('forgets paths that no longer matter', async () => {
		const account = new Account();
		account.setMaxInFlight(1000);
		for (let index = 0; index < 2000; index++) {
			(await account.queue(turn({ bucket: `path ${index}` })).granted)();
			if (index % 100 === 0) await tick(2000);
		}
		const { lanes } = account as unknown as { lanes: Map<string, unknown> };
		expect(lanes.size).toBeLessThan(600);
	});
});
