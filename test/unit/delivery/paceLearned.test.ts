import { Account } from '../../../nodes/delivery/pace/account';
import {
	type Counting,
	fixedWindow,
	send,
	sendAll,
	type Sending,
	slidingWindow,
	tokenBucket,
} from './support/simulatedVendor';
import { VirtualClock } from './support/virtualClock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What the vendor documents: five times and more of what it takes in truth. */
const documented = { requests: 500, perMs: SECOND };
const perSecond = (requests: number) => ({ requests, perMs: SECOND });
const perMinute = (requests: number) => ({ requests, perMs: MINUTE });
const silent = () => undefined;

const both =
	(...limits: Counting[]): Counting =>
	(now) =>
		Math.max(...limits.map((limit) => limit(now)));

describe('the pace of a vendor that takes less than it documents', () => {
	// 1,000 requests, as fast as they can leave in n8n: one in 2 or 3 ms, 16 at once.
	it.each<[string, Partial<Sending>, { idealMs: number; ratio: number; refused: number }]>([
		[
			'100 in any second, Retry-After 1: the one of the bench',
			{ counting: slidingWindow(perSecond(100)), retryAfter: () => 1, workMs: 2.5 },
			{ idealMs: 10_000, ratio: 1, refused: 20 },
		],
		[
			'the same on a slow machine',
			{ counting: slidingWindow(perSecond(100)), retryAfter: () => 1, workMs: 5 },
			{ idealMs: 10_000, ratio: 1.08, refused: 20 },
		],
		[
			'the same at the end of a shaky line',
			{ counting: slidingWindow(perSecond(100)), retryAfter: () => 1, latencyMs: 10, jitterMs: 40 },
			{ idealMs: 10_000, ratio: 1.12, refused: 60 },
		],
		[
			'100 in any second, an ocean away',
			{ counting: slidingWindow(perSecond(100)), latencyMs: 100, jitterMs: 50 },
			{ idealMs: 10_000, ratio: 1.25, refused: 40 },
		],
		[
			'100 in any second, which says nothing of how long to wait',
			{ counting: slidingWindow(perSecond(100)), retryAfter: silent, workMs: 2.5 },
			{ idealMs: 10_000, ratio: 1, refused: 20 },
		],
		[
			'100 in each second of its own clock',
			{ counting: fixedWindow(perSecond(100), 930), workMs: 2.5 },
			{ idealMs: 10_000, ratio: 1.05, refused: 60 },
		],
		[
			'10 in any second, far away',
			{ counting: slidingWindow(perSecond(10)), latencyMs: 200 },
			{ idealMs: 99_000, ratio: 1.1, refused: 30 },
		],
		[
			'a token bucket of 10 a second that holds 10',
			{ counting: tokenBucket(perSecond(10), 10), latencyMs: 20 },
			{ idealMs: 99_000, ratio: 1.05, refused: 30 },
		],
		[
			'a token bucket of 10 a second that holds 50',
			{ counting: tokenBucket(perSecond(10), 50), latencyMs: 20 },
			{ idealMs: 95_000, ratio: 1.05, refused: 80 },
		],
		[
			'a token bucket of 10 a second that holds 100 and says nothing',
			{ counting: tokenBucket(perSecond(10), 100), latencyMs: 20, retryAfter: silent },
			{ idealMs: 90_000, ratio: 1.05, refused: 100 },
		],
		[
			'one at a time, 10 a second',
			{ counting: tokenBucket(perSecond(10), 1), latencyMs: 20 },
			{ idealMs: 99_900, ratio: 1.45, refused: 30 },
		],
		[
			'50 in any five seconds',
			{ counting: slidingWindow({ requests: 50, perMs: 5 * SECOND }), latencyMs: 20 },
			{ idealMs: 95_000, ratio: 1.05, refused: 60 },
		],
		[
			'60 in any minute',
			{ counting: slidingWindow(perMinute(60)), latencyMs: 20 },
			{ idealMs: 16 * MINUTE, ratio: 1.01, refused: 60 },
		],
		[
			'60 in any minute, which says nothing of how long to wait',
			{ counting: slidingWindow(perMinute(60)), latencyMs: 20, retryAfter: silent },
			{ idealMs: 16 * MINUTE, ratio: 1.01, refused: 40 },
		],
		[
			'60 in each minute of its own clock',
			{ counting: fixedWindow(perMinute(60), 22 * SECOND), latencyMs: 20 },
			{ idealMs: 16 * MINUTE, ratio: 1.01, refused: 60 },
		],
		[
			'300 in each minute of its own clock',
			{ counting: fixedWindow(perMinute(300), 22 * SECOND), latencyMs: 20 },
			{ idealMs: 3 * MINUTE, ratio: 1.01, refused: 60 },
		],
		[
			'a token bucket of 120 a minute that holds 120',
			{ counting: tokenBucket(perMinute(120), 120), latencyMs: 20 },
			{ idealMs: 440 * SECOND, ratio: 1.02, refused: 90 },
		],
		[
			'20 in any second and 300 in any minute',
			{
				counting: both(slidingWindow(perSecond(20)), slidingWindow(perMinute(300))),
				latencyMs: 20,
			},
			{ idealMs: 3 * MINUTE + SECOND, ratio: 1.05, refused: 60 },
		],
	])('%s', async (_what, vendor, { idealMs, ratio, refused }) => {
		const sent = await send({ count: 1000, documented, counting: () => 0, ...vendor });
		expect(sent.takenAt).toHaveLength(1000);
		expect(sent.ms / idealMs).toBeLessThanOrEqual(ratio);
		expect(sent.refused).toBeLessThanOrEqual(refused);
	});

	it('is known after the first 429s, and tried again less and less often', async () => {
		const sent = await send({
			count: 18_000,
			documented,
			counting: slidingWindow(perSecond(100)),
			workMs: 2.5,
		});
		const inMinute = (minute: number) =>
			sent.refusedAt.filter((time) => Math.floor(time / MINUTE) === minute).length;
		expect(inMinute(0)).toBeLessThanOrEqual(25);
		for (const minute of [1, 2]) expect(inMinute(minute)).toBeLessThanOrEqual(6);
		expect(sent.refused).toBeGreaterThan(20);
		expect(sent.ms).toBeLessThan(1.02 * 180 * SECOND);
	});

	it('is found again when the vendor takes more', async () => {
		let limit = slidingWindow(perSecond(10));
		const clock = new VirtualClock();
		const counting: Counting = (now) => limit(now);
		const account = new Account(() => clock.now, clock.nap);
		const run = account.open({ maxInFlight: 16 });
		await sendAll(run, clock, { count: 300, documented, counting, latencyMs: 20 });
		limit = slidingWindow(perSecond(200));
		const after = await sendAll(run, clock, { count: 6000, documented, counting, latencyMs: 20 });
		// At 10 a second it would be ten minutes.
		expect(after.ms).toBeLessThan(90 * SECOND);
	});

	it('is shared by what runs at once, and kept for what runs next', async () => {
		const clock = new VirtualClock();
		const counting = slidingWindow(perSecond(100));
		const account = new Account(() => clock.now, clock.nap);
		const first = account.open({ maxInFlight: 16 });
		await sendAll(first, clock, { count: 300, documented, counting, workMs: 2.5 });
		first.close();
		const next = account.open({ maxInFlight: 16 });
		const sent = await sendAll(next, clock, { count: 300, documented, counting, workMs: 2.5 });
		expect(sent.refused).toBe(0);
	});
});

describe('a 429 that has another reason', () => {
	/** As long as it takes 16 at once at 100 ms each, and the second that the vendor asks for. */
	const idealMs = (1000 / 16) * 100 + SECOND;

	it.each([1, 2, 10, 300, 999])('slows nobody down for long: request %i', async (odd) => {
		const sent = await send({
			count: 1000,
			documented,
			counting: () => 0,
			stray: (request) => request === odd,
			retryAfter: () => 1,
			latencyMs: 100,
		});
		expect(sent.refused).toBe(1);
		expect(sent.ms).toBeLessThan(idealMs + 0.5 * SECOND);
	});

	it('slows down one that sends one by one for a few seconds', async () => {
		const sent = await send({
			count: 300,
			documented,
			counting: () => 0,
			stray: (request) => request === 3,
			retryAfter: () => 1,
			latencyMs: 100,
			maxInFlight: 1,
		});
		expect(sent.ms).toBeLessThan(30 * SECOND + SECOND + 8 * SECOND);
	});

	it.each([16, 1])(
		'and comes again and again costs what the vendor asks for (%i at once)',
		async (maxInFlight) => {
			const sent = await send({
				count: 1000,
				documented,
				counting: () => 0,
				stray: (request) => request % 30 === 0,
				retryAfter: () => 1,
				latencyMs: 20,
				maxInFlight,
			});
			const sendingMs = (1000 / maxInFlight) * 20;
			expect(sent.ms).toBeLessThan(1.15 * (sendingMs + sent.refused * SECOND));
		},
	);

	it('for minutes ends as soon as the vendor takes requests again', async () => {
		const counting: Counting = (now) => (now > 30 * SECOND && now < 3 * MINUTE ? 1000 : 0);
		const sent = await send({ count: 1000, documented, counting, latencyMs: 1000 });
		// Half of them are sent before; the rest takes another half minute.
		expect(sent.ms).toBeLessThan(3 * MINUTE + 45 * SECOND);
		expect(sent.refused).toBeLessThan(200);
	});

	it('is forgotten after half an hour', async () => {
		const clock = new VirtualClock();
		const account = new Account(() => clock.now, clock.nap);
		const run = account.open({ maxInFlight: 16 });
		const counting = slidingWindow(perSecond(1));
		await sendAll(run, clock, { count: 10, documented, counting });
		await clock.pass(31 * MINUTE);
		const sent = await sendAll(run, clock, { count: 100, documented, counting: () => 0 });
		expect(sent.ms).toBeLessThan(SECOND);
	});
});

describe('after a 429', () => {
	it('one request goes alone, and the others when it has passed or takes too long', async () => {
		const clock = new VirtualClock();
		const run = new Account(() => clock.now, clock.nap).open({ maxInFlight: 16 });
		const turn = { bucket: 'all', limit: documented, maxWaitMs: MINUTE };
		const releases: Array<() => void> = [];
		const queue = (count: number) => {
			for (let index = 0; index < count; index++) {
				void run.queue(turn).granted.then((release) => releases.push(release));
			}
		};
		queue(10);
		await clock.pass(1);
		expect(releases).toHaveLength(10);
		for (const release of releases.slice(0, 9)) release();
		run.tooMany('all');
		run.pause(SECOND, 'all');
		releases[9]();
		queue(5);
		await clock.pass(SECOND + 10);
		expect(releases).toHaveLength(11);
		await clock.pass(1800);
		expect(releases).toHaveLength(11);
		await clock.pass(300);
		expect(releases).toHaveLength(12);
		releases[11]();
		await clock.pass(10);
		expect(releases).toHaveLength(15);
	});

	it('the other buckets go on as they were', async () => {
		const clock = new VirtualClock();
		const run = new Account(() => clock.now, clock.nap).open({ maxInFlight: 16 });
		const turn = { bucket: 'all', limit: documented, maxWaitMs: MINUTE };
		const release = await run.queue(turn).granted;
		run.tooMany('all');
		run.pause(SECOND, 'all');
		release();
		const others = Array.from({ length: 10 }, async () => {
			(await run.queue({ ...turn, bucket: 'other' }).granted)();
		});
		await clock.until(Promise.all(others));
		expect(clock.now).toBe(0);
	});
});
