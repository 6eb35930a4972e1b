import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Account } from '../../../nodes/delivery/pace/account';
import { readRemaining } from '../../../nodes/delivery/pace/remaining';
import { VirtualClock } from './support/virtualClock';

const now = Date.parse('2026-11-21T10:00:00Z');
const inSeconds = (seconds: number) => String(now / 1000 + seconds);

describe('readRemaining', () => {
	it.each<[string, IDataObject, object | undefined]>([
		[
			"Sent's headers, Reset in seconds since the epoch",
			{
				'x-ratelimit-limit': '60',
				'x-ratelimit-remaining': '7',
				'x-ratelimit-reset': inSeconds(30),
			},
			{ limit: 60, remaining: 7, resetMs: 30_000 },
		],
		[
			"Aelyst's, which says nothing of when",
			{ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '5' },
			{ limit: 10, remaining: 5 },
		],
		[
			'those of the IETF, Reset in seconds from now',
			{ 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '0', 'ratelimit-reset': '12' },
			{ limit: 100, remaining: 0, resetMs: 12_000 },
		],
		[
			'Reset in ms since the epoch',
			{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': String(now + 1500) },
			{ remaining: 1, resetMs: 1500 },
		],
		[
			"a Reset by the vendor's own clock",
			{
				'x-ratelimit-remaining': '1',
				'x-ratelimit-reset': inSeconds(3610),
				date: 'Sat, 21 Nov 2026 11:00:00 GMT',
			},
			{ remaining: 1, resetMs: 10_000 },
		],
		[
			'a Reset that has passed',
			{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': inSeconds(-30) },
			{ remaining: 1, resetMs: 0 },
		],
		[
			'numbers, and several of them',
			{ 'x-ratelimit-remaining': [3, 4], 'x-ratelimit-limit': 5 },
			{ limit: 5, remaining: 3 },
		],
		["a day's quota", { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '86400' }, undefined],
		['no headers', {}, undefined],
		['Limit alone', { 'x-ratelimit-limit': '5' }, undefined],
		['a Remaining that stands for no limit', { 'x-ratelimit-remaining': '-1' }, undefined],
		['words', { 'x-ratelimit-remaining': 'plenty' }, undefined],
		['more than the limit', { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '6' }, undefined],
		['none of none', { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0' }, undefined],
		['an object', { 'x-ratelimit-remaining': { toString: 1 } }, undefined],
	])('reads %s', (_what, headers, expected) => {
		expect(readRemaining(headers, now)).toEqual(expected);
	});

	it('throws for nothing', () => {
		const value = fc.oneof(fc.anything(), fc.string(), fc.double(), fc.integer());
		fc.assert(
			fc.property(value, value, value, value, (limit, remaining, reset, date) => {
				const said = readRemaining(
					{
						'x-ratelimit-limit': limit,
						'x-ratelimit-remaining': remaining,
						'x-ratelimit-reset': reset,
						date,
					} as IDataObject,
					now,
				);
				if (said?.resetMs === undefined) return;
				expect(said.resetMs).toBeGreaterThanOrEqual(0);
				expect(said.resetMs).toBeLessThanOrEqual(3_600_000);
			}),
		);
	});
});

describe('what remains of the limit', () => {
	const limit = { requests: 500, perMs: 1000 };

	/** Sends so many, after an answer with these headers, and says when each left. */
	async function departures(count: number, said: object, documented = limit): Promise<number[]> {
		const clock = new VirtualClock();
		const run = new Account(() => clock.now, clock.nap).open({ maxInFlight: 100 });
		const turn = { bucket: 'all', limit: documented, maxWaitMs: 60_000 };
		const headers: IDataObject = {};
		for (const [name, value] of Object.entries(said))
			headers[`x-ratelimit-${name}`] = String(value);
		const release = await run.queue(turn).granted;
		run.heard('all', headers);
		release();
		const sendOne = async () => {
			const done = await run.queue(turn).granted;
			const leftAt = clock.now;
			done();
			return leftAt;
		};
		return await clock.until(Promise.all(Array.from({ length: count }, sendOne)));
	}

	it('leaves evenly until there is room again', async () => {
		const leftAt = await departures(6, { limit: 60, remaining: 3, reset: 8 });
		expect(leftAt).toEqual([2000, 4000, 6000, 8000, 8000, 8000]);
	});

	it('is not slowed down before it nears its end, nor when nothing sensible is said', async () => {
		for (const said of [
			{ limit: 60, remaining: 7, reset: 8 },
			{ remaining: 51, reset: 8 },
			{ limit: 60, remaining: 3, reset: 0 },
			{ limit: 60, remaining: -3, reset: 8 },
			{ limit: 60, remaining: 0, reset: 90_000 },
		]) {
			expect(await departures(5, said)).toEqual([0, 0, 0, 0, 0]);
		}
	});

	it('waits when nothing remains, as long as the limit is counted where the vendor does not say', async () => {
		expect(await departures(2, { limit: 60, remaining: 0, reset: 8 })).toEqual([8000, 8000]);
		expect(await departures(2, { limit: 5, remaining: 0 })).toEqual([1000, 1000]);
	});

	it('holds back no request for more than a minute', async () => {
		expect(await departures(2, { limit: 1000, remaining: 0, reset: 1800 })).toEqual([
			60_000, 60_000,
		]);
	});

	it('is never left slower than until it starts anew', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(6), fc.integer({ min: 0, max: 50 }), async (remaining, reset) => {
				const leftAt = await departures(remaining + 2, { limit: 60, remaining, reset });
				expect(Math.max(...leftAt)).toBeLessThanOrEqual(reset * 1000);
				expect(leftAt.filter((time) => time < reset * 1000).length).toBeLessThanOrEqual(remaining);
			}),
			{ numRuns: 50 },
		);
	});

	it('goes for its own bucket only, and ends when the vendor says that there is more', async () => {
		const clock = new VirtualClock();
		const run = new Account(() => clock.now, clock.nap).open({ maxInFlight: 4 });
		run.heard('reads', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' });
		const turn = { bucket: 'reads', limit, maxWaitMs: 60_000 };
		(await run.queue({ ...turn, bucket: 'writes' }).granted)();
		run.heard('reads', { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '60' });
		(await clock.until(run.queue(turn).granted))();
		expect(clock.now).toBe(0);
	});
});
