import fc from 'fast-check';
import type { RateLimit } from '../../../nodes/delivery/pace/rateLimit';
import {
	Account,
	type AccountRun,
	PauseTooLong,
	type RunSettings,
	type TurnRequest,
} from '../../../nodes/delivery/pace/account';
import { accountOf, Accounts } from '../../../nodes/delivery/pace/accounts';
import { TokenBucket } from '../../../nodes/delivery/pace/tokenBucket';
import { mostWithin } from './support/simulatedVendor';
import { VirtualClock } from './support/virtualClock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('TokenBucket', () => {
	/** Sends as soon as it may; each request arrives and is answered some time later. */
	function arrivals(limits: RateLimit[], journeys: Array<{ there: number; back: number }>) {
		const bucket = new TokenBucket();
		bucket.setLimits(limits);
		const arrived: number[] = [];
		const answers: number[] = [];
		let now = 0;
		for (const { there, back } of journeys) {
			for (;;) {
				while (answers.length > 0 && answers[0] <= now) bucket.giveBack(answers.shift()!);
				const wait = bucket.waitMs(now);
				if (wait === 0) break;
				now = Math.min(now + wait, answers[0] ?? Infinity);
			}
			bucket.take();
			arrived.push(now + there);
			answers.push(now + there + back);
			answers.sort((a, b) => a - b);
		}
		return arrived;
	}

	const travel = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }));
	const journeys = fc.array(fc.record({ there: travel, back: travel }), {
		minLength: 1,
		maxLength: 120,
	});
	const limit = fc.record({
		requests: fc.integer({ min: 1, max: 12 }),
		perMs: fc.integer({ min: 50, max: 3000 }),
	});

	it('never lets more than the limit arrive in any stretch, nor by a clock that is 4 ms slow', () => {
		fc.assert(
			fc.property(fc.array(limit, { minLength: 1, maxLength: 3 }), journeys, (limits, sent) => {
				const arrived = arrivals(limits, sent);
				for (const { requests, perMs } of limits) {
					expect(mostWithin(arrived, perMs + 4)).toBeLessThanOrEqual(requests);
				}
			}),
		);
	});

	it('lets all that the limit allows leave, and at once', () => {
		fc.assert(
			fc.property(limit, fc.integer({ min: 1, max: 60 }), (one, count) => {
				const arrived = arrivals([one], Array(count).fill({ there: 0, back: 0 }));
				const periods = Math.ceil(count / one.requests) - 1;
				expect(arrived[arrived.length - 1]).toBe(periods * (one.perMs + 5));
			}),
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
					const bucket = new TokenBucket();
					bucket.setLimits([{ requests: before, perMs: 1000 }]);
					let taken = 0;
					while (taken < uses && bucket.waitMs(0) === 0) {
						bucket.take();
						taken++;
					}
					for (let index = 0; answered && index < taken; index++) bucket.giveBack(10);
					bucket.setLimits([{ requests: after, perMs: 1000 }]);
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
		const bucket = new TokenBucket();
		bucket.setLimits([{ requests: 1, perMs: 1000 }]);
		bucket.take();
		expect(bucket.waitMs(10)).toBe(Infinity);
		bucket.giveBack(20);
		expect(bucket.waitMs(1019)).toBeGreaterThan(1);
		const wait = bucket.waitMs(400);
		expect(wait).toBeLessThan(650);
		expect(bucket.waitMs(400 + wait - 1)).toBe(1);
		expect(bucket.waitMs(400 + wait)).toBe(0);
	});

	it('forgets what no limit needs, and remembers what one may need', () => {
		const bucket = new TokenBucket(2000);
		for (const at of [0, 1500]) {
			bucket.take();
			bucket.giveBack(at);
		}
		expect(bucket.usedWithin(5000, 1600)).toBe(2);
		expect(bucket.isFull(3000)).toBe(false);
		expect(bucket.usedWithin(5000, 3000)).toBe(1);
		expect(bucket.isFull(4000)).toBe(true);
	});
});

/** An account on a clock of its own, with what one needs to try it out. */
function setUp() {
	const clock = new VirtualClock();
	const account = new Account(() => clock.now, clock.nap);
	const open = (more: Partial<RunSettings> = {}) => account.open({ maxInFlight: 16, ...more });
	const request = (more: Partial<TurnRequest> = {}): TurnRequest => ({
		bucket: 'all',
		limit: { requests: 1000, perMs: SECOND },
		maxWaitMs: 5 * MINUTE,
		...more,
	});
	/** Sends one request that takes so long, and says when it left. */
	const send = async (run: AccountRun, more: Partial<TurnRequest> = {}, takesMs = 0) => {
		const release = await run.queue(request(more)).granted;
		const leftAt = clock.now;
		if (takesMs > 0) await clock.nap(takesMs);
		release();
		return leftAt;
	};
	const sendMany = async (count: number, ...how: Parameters<typeof send>) =>
		await clock.until(Promise.all(Array.from({ length: count }, async () => await send(...how))));
	const refusal = async (run: AccountRun, more: Partial<TurnRequest> = {}) => {
		const outcome = run.queue(request(more)).granted.then(
			() => undefined,
			(reason: unknown) => reason,
		);
		await clock.pass(0);
		return await Promise.race([outcome, Promise.resolve('still waits')]);
	};
	return { clock, account, open, request, send, sendMany, refusal };
}

describe('Account', () => {
	it('serves everybody in the order in which they came, and nobody starves', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 8 }),
				fc.integer({ min: 1, max: 8 }),
				fc.integer({ min: 1, max: 60 }),
				async (requests, maxInFlight, count) => {
					const { clock, open, request } = setUp();
					const run = open({ maxInFlight });
					const order: number[] = [];
					let inFlight = 0;
					let most = 0;
					const sendOne = async (index: number) => {
						const turn = run.queue(request({ limit: { requests, perMs: SECOND } }));
						const release = await turn.granted;
						order.push(index);
						most = Math.max(most, ++inFlight);
						await clock.nap(7);
						inFlight--;
						release();
					};
					await clock.until(Promise.all(Array.from({ length: count }, (_, i) => sendOne(i))));
					expect(order).toEqual(Array.from({ length: count }, (_, index) => index));
					expect(most).toBeLessThanOrEqual(maxInFlight);
				},
			),
			{ numRuns: 30 },
		);
	});

	it('leaks no turn, whoever leaves, is turned away or gives back twice', async () => {
		const event = fc.record({
			bucket: fc.constantFrom('a', 'b', 'c'),
			fate: fc.constantFrom('sends', 'leaves', 'gives back twice', 'is refused', 'is told to wait'),
			after: fc.integer({ min: 0, max: 300 }),
			maxWaitMs: fc.constantFrom(0, 50, MINUTE),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
				const { clock, account, open, request } = setUp();
				const run = open({ maxInFlight: 3, limit: { requests: 7, perMs: 100 } });
				const limit = { requests: 4, perMs: 100 };
				const one = async ({ bucket, fate, after, maxWaitMs }: (typeof events)[number]) => {
					await clock.nap(after);
					const turn = run.queue(request({ bucket, limit, maxWaitMs }));
					if (fate === 'leaves') turn.leave(new Error('gave up'));
					const release = await turn.granted;
					await clock.nap(20);
					if (fate === 'is refused') run.tooMany(bucket);
					if (fate === 'is told to wait') run.pause(60, after % 2 ? bucket : undefined);
					release();
					if (fate === 'gives back twice') release();
				};
				const endings = await clock.until(Promise.allSettled(events.map(one)));
				expect(endings).toHaveLength(events.length);
				run.close();
				await clock.pass(5 * MINUTE);
				expect(account.isIdle()).toBe(true);
				// A turn given back twice would let through a fourth, and one leaked would hold back a third.
				const next = open({ maxInFlight: 3 });
				const turns = Array.from({ length: 5 }, () => next.queue(request({ bucket: 'd' })));
				let granted = 0;
				for (const turn of turns) void turn.granted.then(() => granted++);
				await clock.pass(100);
				expect(granted).toBe(3);
			}),
			{ numRuns: 60 },
		);
	});

	it('lets a request that had its turn before go first', async () => {
		const { clock, open, request } = setUp();
		const run = open();
		const order: string[] = [];
		run.pause(500, 'all');
		const queue = (name: string, again: boolean) =>
			void run.queue(request({ again })).granted.then((release) => {
				order.push(name);
				release();
			});
		queue('fresh', false);
		queue('again', true);
		queue('again too', true);
		await clock.pass(600);
		expect(order).toEqual(['again', 'again too', 'fresh']);
	});

	it('gives each lane one turn after the other, however much waits in one', async () => {
		const { clock, open, request } = setUp();
		const run = open({ maxInFlight: 1 });
		const order: string[] = [];
		const sendOne = async (bucket: string) => {
			const release = await run.queue(request({ bucket })).granted;
			order.push(bucket);
			await clock.nap(1);
			release();
		};
		await clock.until(Promise.all(['a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'c'].map(sendOne)));
		expect(order.join('')).toBe('aabcabaaa');
	});

	it('forgets a place that was given up, and serves the next', async () => {
		const { clock, open, request } = setUp();
		const run = open();
		run.pause(100);
		const first = run.queue(request());
		const second = run.queue(request());
		first.leave(new Error('gave up'));
		await expect(first.granted).rejects.toThrow('gave up');
		await clock.pass(200);
		await expect(second.granted).resolves.toBeInstanceOf(Function);
	});

	it('runs on its own clock and timers where nothing else is said', async () => {
		jest.useFakeTimers({ now: 1_000_000 });
		try {
			const run = new Account().open({ maxInFlight: 1, limit: { requests: 1, perMs: 1000 } });
			const turn = () => run.queue({ ...setUp().request() }).granted;
			(await turn())();
			let granted = false;
			void turn().then(() => (granted = true));
			// Somebody sets the clock back by an hour.
			jest.setSystemTime(1_000_000 - HOUR);
			await jest.advanceTimersByTimeAsync(990);
			expect(granted).toBe(false);
			await jest.advanceTimersByTimeAsync(30);
			expect(granted).toBe(true);
			expect(jest.getTimerCount()).toBeLessThanOrEqual(1);
		} finally {
			jest.useRealTimers();
		}
	});

	it('holds 5,000 waiting requests without a timer for each', async () => {
		const naps: number[] = [];
		const nap = async (ms: number) => await new Promise<void>(() => naps.push(ms));
		const run = new Account(() => 0, nap).open({ maxInFlight: 10_000 });
		for (let index = 0; index < 5000; index++) {
			const bucket = `path ${index % 100}`;
			run.queue({ bucket, limit: { requests: 1, perMs: 1000 + index }, maxWaitMs: 1e9 });
		}
		run.pause(5000);
		expect(naps.length).toBeLessThanOrEqual(2);
	});

	it('lets 10,000 wait in one lane, and in as many, at a cost that does not grow with them', async () => {
		for (const lanes of [1, 10_000]) {
			const { clock, open, request } = setUp();
			const run = open();
			const limit = { requests: 500, perMs: SECOND };
			const startedAt = process.hrtime.bigint();
			const sending = Array.from({ length: 10_000 }, async (_, index) => {
				const bucket = `path ${index % lanes}`;
				const release = await run.queue(request({ bucket, limit })).granted;
				if (index % 100 === 0) run.pause(1);
				release();
			});
			await clock.until(Promise.all(sending));
			// Less than a second; if each had to look at all others it would be minutes.
			expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(10_000);
		}
	});

	it('forgets paths that no longer matter', async () => {
		const { clock, account, open, request } = setUp();
		const run = open({ maxInFlight: 1000 });
		for (let index = 0; index < 2000; index++) {
			(await run.queue(request({ bucket: `path ${index}` })).granted)();
			if (index % 100 === 0) await clock.pass(2000);
		}
		const { lanes } = account as unknown as { lanes: Map<string, unknown> };
		expect(lanes.size).toBeLessThan(600);
	});
});

describe('the limits of users', () => {
	const two = { requests: 2, perMs: SECOND };

	it('count for the account, over all its buckets', async () => {
		const { clock, open, send } = setUp();
		const run = open({ limit: two });
		const aelyst = { requests: 5, perMs: SECOND };
		const leftAt = await clock.until(
			Promise.all(
				Array.from({ length: 8 }, async (_, index) =>
					send(run, { bucket: `POST /contact/${index}`, limit: aelyst }),
				),
			),
		);
		expect(mostWithin(leftAt, SECOND)).toBe(2);
		expect(Math.max(...leftAt)).toBeLessThan(3100);
	});

	it('are never passed, and of all that run the strictest holds', async () => {
		const limit = fc.record({
			requests: fc.integer({ min: 1, max: 9 }),
			perMs: fc.integer({ min: 100, max: 2000 }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(limit, { minLength: 1, maxLength: 3 }),
				fc.integer({ min: 1, max: 40 }),
				async (limits, count) => {
					const { clock, open, send } = setUp();
					const runs = limits.map((one) => open({ limit: one }));
					const leftAt = await clock.until(
						Promise.all(
							Array.from({ length: count }, async (_, index) =>
								send(runs[index % runs.length], { bucket: `path ${index % 3}` }, index % 50),
							),
						),
					);
					for (const { requests, perMs } of limits) {
						expect(mostWithin(leftAt, perMs)).toBeLessThanOrEqual(requests);
					}
				},
			),
			{ numRuns: 50 },
		);
	});

	it('may be above what is documented, unless somebody runs without one', async () => {
		const documented = { limit: { requests: 5, perMs: SECOND } };
		const { clock, open, send, sendMany } = setUp();
		const fast = open({ limit: { requests: 50, perMs: SECOND } });
		expect(mostWithin(await sendMany(40, fast, documented), SECOND)).toBe(40);
		await clock.pass(2000);
		const modest = open();
		expect(mostWithin(await sendMany(40, fast, documented), SECOND)).toBe(5);
		await clock.pass(2000);
		const waiting = Promise.all(
			Array.from({ length: 40 }, async () => await send(fast, documented)),
		);
		await clock.pass(10);
		modest.close();
		expect(mostWithin(await clock.until(waiting), SECOND)).toBe(40);
	});

	it('hold as long as their run, and what left before still counts', async () => {
		const { clock, open, sendMany } = setUp();
		const strict = open({ limit: two });
		const free = open();
		expect(mostWithin(await sendMany(6, free), SECOND)).toBe(2);
		strict.close();
		await clock.pass(2000);
		expect(mostWithin(await sendMany(6, free), SECOND)).toBe(6);
		// A loop opens a run for each batch: six in this second already left.
		const next = open({ limit: two });
		const [leftAt] = await sendMany(1, next);
		expect(leftAt).toBeGreaterThanOrEqual(clock.now - 5);
		expect(clock.now).toBeGreaterThanOrEqual(2000 + SECOND);
	});

	it('of Max in Flight the strictest holds, as long as it runs', async () => {
		const { clock, open, request } = setUp();
		const wide = open({ maxInFlight: 5 });
		const narrow = open({ maxInFlight: 2 });
		const last = open({ maxInFlight: 7 });
		const releases: Array<() => void> = [];
		for (let index = 0; index < 9; index++) {
			void wide.queue(request()).granted.then((release) => releases.push(release));
		}
		await clock.pass(10);
		expect(releases).toHaveLength(2);
		narrow.close();
		await clock.pass(10);
		expect(releases).toHaveLength(5);
		// What a run that is over has on its way still counts.
		last.close();
		wide.close();
		const other = open({ maxInFlight: 6 });
		await clock.pass(10);
		expect(releases).toHaveLength(6);
		releases[0]();
		releases[0]();
		await clock.pass(10);
		expect(releases).toHaveLength(7);
		other.close();
	});

	it.each([1, 2, 50])(
		'of a second stays one, whoever with Max in Flight %p comes and goes before and beside it',
		async (maxInFlight) => {
			const { clock, open, send } = setUp();
			const sendAll = async (run: AccountRun, count: number, atOnce: number) => {
				let left = count;
				const worker = async () => {
					while (left-- > 0) await send(run, {}, 160);
				};
				await Promise.all(Array.from({ length: atOnce }, worker));
				run.close();
				return clock.now;
			};
			await clock.until(sendAll(open({ maxInFlight }), 1, 1));
			const startedAt = clock.now;
			const all = sendAll(open(), 100, 16);
			await clock.pass(200);
			const beside = sendAll(open({ maxInFlight }), 1, 1);
			const took = (await clock.until(all)) - startedAt;
			await clock.until(beside);
			// By itself it takes seven rounds; one more while the other one has its turn.
			expect(took).toBeGreaterThanOrEqual(7 * 160);
			expect(took).toBeLessThanOrEqual(10 * 160);
		},
	);

	it('of documented limits that depend on the plan, too', async () => {
		const { clock, open, send } = setUp();
		const starter = open();
		const growth = open();
		const limits = [
			{ requests: 2, perMs: SECOND },
			{ requests: 9, perMs: SECOND },
		];
		const one = await Promise.all([
			send(starter, { limit: limits[0] }),
			send(growth, { limit: limits[1] }),
		]);
		expect(one).toEqual([0, 0]);
		const more = Promise.all(
			Array.from({ length: 9 }, async () => await send(growth, { limit: limits[1] })),
		);
		await clock.pass(1500);
		starter.close();
		expect(mostWithin((await clock.until(more)).slice(0, 2), 100)).toBe(2);
		expect(clock.now).toBeLessThan(2100);
	});
});

describe('a pause', () => {
	it('holds the whole account, or one bucket and no other', async () => {
		const { clock, open, request } = setUp();
		const run = open();
		run.pause(10_000, 'writes');
		const granted: string[] = [];
		for (const bucket of ['writes', 'reads']) {
			void run.queue(request({ bucket })).granted.then(() => granted.push(bucket));
		}
		await clock.pass(9_000);
		expect(granted).toEqual(['reads']);
		await clock.pass(1_500);
		expect(granted).toEqual(['reads', 'writes']);
		run.pause(10_000);
		for (const bucket of ['writes', 'reads']) {
			void run.queue(request({ bucket })).granted.then(() => granted.push(bucket));
		}
		await clock.pass(9_900);
		expect(granted).toHaveLength(2);
		await clock.pass(200);
		expect(granted).toHaveLength(4);
	});

	it('is never shortened, and nonsense is no pause', async () => {
		const { clock, open, sendMany } = setUp();
		const run = open();
		for (const ms of [3000, 2000, 0, -5000, NaN]) run.pause(ms);
		expect(await sendMany(1, run)).toEqual([3000]);
		await clock.pass(10);
		run.pause(-1);
		run.pause(NaN);
		expect(await sendMany(1, run)).toEqual([clock.now]);
	});

	it.each([undefined, 'all'])(
		'turns away at once who may not wait as long (%p)',
		async (bucket) => {
			const { open, refusal, request } = setUp();
			const run = open({ maxInFlight: 1 });
			await run.queue(request()).granted;
			const patient = refusal(run, { maxWaitMs: 2 * HOUR });
			const waiting = refusal(run, { maxWaitMs: MINUTE });
			run.pause(HOUR, bucket);
			expect(await waiting).toBeInstanceOf(PauseTooLong);
			expect(await refusal(run, { maxWaitMs: MINUTE })).toMatchObject({ retryAfterMs: HOUR });
			expect(await patient).toBe('still waits');
			if (bucket) expect(await refusal(run, { bucket: 'other' })).toBe('still waits');
		},
	);

	it('of 1,000 days is one of an hour', async () => {
		const { open, refusal, sendMany } = setUp();
		const run = open();
		run.pause(86_400_000 * SECOND);
		expect(await refusal(run)).toMatchObject({ retryAfterMs: HOUR });
		expect(await sendMany(1, run, { maxWaitMs: HOUR })).toEqual([HOUR]);
	});

	describe('that was too long', () => {
		/** An account that was told to wait for an hour, five minutes later. */
		async function later(bucket?: string) {
			const bench = setUp();
			const run = bench.open();
			run.pause(HOUR, bucket);
			await bench.clock.pass(4 * MINUTE);
			expect(await bench.refusal(run)).toBeInstanceOf(PauseTooLong);
			await bench.clock.pass(MINUTE);
			const left: Array<() => void> = [];
			const refused: unknown[] = [];
			for (let index = 0; index < 4; index++) {
				run.queue(bench.request()).granted.then(
					(release) => left.push(release),
					(reason: unknown) => refused.push(reason),
				);
			}
			await bench.clock.pass(1000);
			return { ...bench, run, left, refused };
		}

		it.each([undefined, 'all'])(
			'is tried by one request, and over when it passes (%p)',
			async (bucket) => {
				const { clock, left, refused } = await later(bucket);
				expect(left).toHaveLength(1);
				expect(refused).toHaveLength(0);
				left[0]();
				await clock.pass(10);
				expect(left).toHaveLength(4);
			},
		);

		it.each([undefined, 'all'])('goes on when the vendor says so again (%p)', async (bucket) => {
			const { clock, run, left, refused, refusal } = await later(bucket);
			run.pause(HOUR, bucket);
			left[0]();
			await clock.pass(10);
			expect(left).toHaveLength(1);
			expect(refused).toEqual(Array(3).fill(expect.any(PauseTooLong)));
			await clock.pass(4 * MINUTE);
			expect(await refusal(run)).toBeInstanceOf(PauseTooLong);
			await clock.pass(MINUTE);
			expect(await refusal(run)).toBeUndefined();
		});

		it.each([undefined, 'all'])(
			'goes on when the vendor says 429 and no time (%p)',
			async (bucket) => {
				const { clock, run, left, refused } = await later(bucket);
				run.tooMany('all');
				left[0]();
				await clock.pass(10);
				expect(left).toHaveLength(1);
				expect(refused).toHaveLength(3);
			},
		);

		it('ends by itself too, and the next one is as any other', async () => {
			const { clock, open, request, sendMany } = setUp();
			const run = open({ maxInFlight: 1 });
			const slow = await run.queue(request()).granted;
			run.pause(HOUR);
			await clock.pass(5 * MINUTE);
			const gone = run.queue(request());
			gone.leave(new Error('gave up'));
			await expect(gone.granted).rejects.toThrow('gave up');
			slow();
			await clock.pass(HOUR);
			const release = await run.queue(request()).granted;
			run.pause(10_000);
			run.pause(5_000);
			release();
			expect(await sendMany(1, run)).toEqual([clock.now]);
			expect(clock.now).toBe(5 * MINUTE + HOUR + 10_000);
		});

		it('is as long as the vendor now says, also if that is less', async () => {
			const { clock, run, left } = await later();
			run.pause(MINUTE);
			left[0]();
			await clock.pass(MINUTE - 100);
			expect(left).toHaveLength(1);
			await clock.pass(200);
			expect(left).toHaveLength(4);
		});

		it('is not tried again and again by who may not wait at all', async () => {
			const { clock, open, refusal } = setUp();
			const run = open();
			run.pause(HOUR);
			expect(await refusal(run, { maxWaitMs: 0 })).toBeInstanceOf(PauseTooLong);
			await clock.pass(900);
			expect(await refusal(run, { maxWaitMs: 0 })).toBeInstanceOf(PauseTooLong);
			await clock.pass(200);
			expect(await refusal(run, { maxWaitMs: 0 })).toBeUndefined();
		});
	});
});

describe('accountOf', () => {
	it('gives everybody with one key the same account, and others another', () => {
		expect(accountOf('a')).toBe(accountOf('a'));
		expect(accountOf('a')).not.toBe(accountOf('b'));
	});

	it('forgets accounts that nobody uses, but none that runs, is in a pause or has something on its way', async () => {
		const { clock, request } = setUp();
		const accounts = new Accounts(() => clock.now, clock.nap);
		const settings = { maxInFlight: 2 };
		const unused = accounts.of('unused');
		unused.open(settings).close();
		const running = accounts.of('running');
		running.open(settings);
		const paused = accounts.of('paused');
		const told = paused.open(settings);
		told.pause(HOUR);
		told.close();
		const busy = accounts.of('busy');
		const sends = busy.open(settings);
		await sends.queue(request()).granted;
		sends.close();
		await clock.pass(9 * MINUTE);
		accounts.of('another');
		expect(accounts.of('unused')).toBe(unused);
		await clock.pass(11 * MINUTE);
		accounts.of('another');
		expect(accounts.of('unused')).not.toBe(unused);
		expect(accounts.of('running')).toBe(running);
		expect(accounts.of('paused')).toBe(paused);
		expect(accounts.of('busy')).toBe(busy);
	});

	it('sends nothing for a run that is over', async () => {
		const { open, request } = setUp();
		const run = open();
		run.close();
		run.close();
		await expect(run.queue(request()).granted).rejects.toThrow('after the end of a run');
	});
});
