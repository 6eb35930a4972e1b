import { fixedWindow, send, slidingWindow, tokenBucket, type Sending } from './support/simulatedVendor';
const documented = { requests: 500, perMs: 1000 };
const S = 1000, M = 60_000;
const cases: Array<[string, Partial<Sending>, number]> = [
 ['bench', { counting: slidingWindow({requests:100,perMs:S}), retryAfter: () => 1, workMs: 2.5 }, 10_000],
 ['bench fast', { counting: slidingWindow({requests:100,perMs:S}), retryAfter: () => 1, workMs: 0 }, 10_000],
 ['bench slow', { counting: slidingWindow({requests:100,perMs:S}), retryAfter: () => 1, workMs: 5 }, 10_000],
 ['sliding 100/s lat 100', { counting: slidingWindow({requests:100,perMs:S}), latencyMs: 100 }, 10_000],
 ['sliding 100/s no RA', { counting: slidingWindow({requests:100,perMs:S}), retryAfter: () => undefined, workMs: 2 }, 10_000],
 ['fixed 100/s', { counting: fixedWindow({requests:100,perMs:S}, 930), workMs: 2 }, 10_000],
 ['fixed 100/s no RA', { counting: fixedWindow({requests:100,perMs:S}, 930), retryAfter: () => undefined, workMs: 2 }, 10_000],
 ['tb 10/s burst 50', { counting: tokenBucket({requests:10,perMs:S}, 50), latencyMs: 20 }, 95_000],
 ['tb 10/s burst 50 lat 200', { counting: tokenBucket({requests:10,perMs:S}, 50), latencyMs: 200 }, 95_000],
 ['tb 10/s burst 10', { counting: tokenBucket({requests:10,perMs:S}, 10), latencyMs: 20 }, 99_000],
 ['tb 10/s burst 10 no RA', { counting: tokenBucket({requests:10,perMs:S}, 10), latencyMs: 20, retryAfter: () => undefined }, 99_000],
 ['tb 10/s burst 1', { counting: tokenBucket({requests:10,perMs:S}, 1), latencyMs: 20 }, 100_000],
 ['tb 10/s burst 12', { counting: tokenBucket({requests:10,perMs:S}, 12), latencyMs: 20 }, 99_000],
 ['tb 10/s burst 15', { counting: tokenBucket({requests:10,perMs:S}, 15), latencyMs: 20 }, 99_000],
 ['tb 10/s burst 20', { counting: tokenBucket({requests:10,perMs:S}, 20), latencyMs: 50 }, 98_000],
 ['tb 10/s burst 30', { counting: tokenBucket({requests:10,perMs:S}, 30), latencyMs: 120 }, 97_000],
 ['tb 10/s burst 100', { counting: tokenBucket({requests:10,perMs:S}, 100), latencyMs: 20 }, 90_000],
 ['tb 10/s burst 100 noRA', { counting: tokenBucket({requests:10,perMs:S}, 100), latencyMs: 20, retryAfter: () => undefined }, 90_000],
 ['tb 10/s burst 30 RA frac', { counting: tokenBucket({requests:10,perMs:S}, 30), latencyMs: 20, retryAfter: (ms) => ms/1000 }, 97_000],
 ['sliding 50/5s', { counting: slidingWindow({requests:50,perMs:5*S}), latencyMs: 20 }, 95_000],
 ['sliding 30/3s', { counting: slidingWindow({requests:30,perMs:3*S}), latencyMs: 20 }, 97_000],
 ['sliding 30/3s noRA', { counting: slidingWindow({requests:30,perMs:3*S}), latencyMs: 20, retryAfter: () => undefined }, 97_000],
 ['fixed 10/s', { counting: fixedWindow({requests:10,perMs:S}, 500), latencyMs: 20 }, 99_000],
 ['fixed 1/s', { counting: fixedWindow({requests:1,perMs:S}, 500), latencyMs: 20 }, 999_000],
 ['sliding 2/s', { counting: slidingWindow({requests:2,perMs:S}), latencyMs: 20 }, 499_000],
 ['every 30th in flight 1', { maxInFlight: 1, counting: () => 0, stray: (n) => n %30 === 0, retryAfter: () => 1, latencyMs: 20 }, 53_000],
 ['every 30th in flight 2', { maxInFlight: 2, counting: () => 0, stray: (n) => n %30 === 0, retryAfter: () => 1, latencyMs: 20 }, 43_000],
 ['2 limits: 20/s and 300/min', { counting: ((a, b) => (n: number) => Math.max(a(n), b(n)))(slidingWindow({requests:20,perMs:S}), slidingWindow({requests:300,perMs:M})), latencyMs: 20 }, 3*M],
 ['sliding 10/s', { counting: slidingWindow({requests:10,perMs:S}), latencyMs: 20 }, 99_000],
 ['sliding 10/s lat 200', { counting: slidingWindow({requests:10,perMs:S}), latencyMs: 200 }, 99_000],
 ['sliding 100/2s', { counting: slidingWindow({requests:100,perMs:2*S}), latencyMs: 20 }, 18_000],
 ['sliding 100/2s noRA', { counting: slidingWindow({requests:100,perMs:2*S}), latencyMs: 20 , retryAfter: () => undefined}, 18_000],
 ['sliding 60/min', { counting: slidingWindow({requests:60,perMs:M}), latencyMs: 20 }, 16*M],
 ['sliding 60/min noRA', { counting: slidingWindow({requests:60,perMs:M}), latencyMs: 20, retryAfter: () => undefined }, 16*M],
 ['fixed 60/min', { counting: fixedWindow({requests:60,perMs:M}, 22_000), latencyMs: 20 }, 16*M],
 ['fixed 60/min noRA', { counting: fixedWindow({requests:60,perMs:M}, 22_000), latencyMs: 20, retryAfter: () => undefined }, 16*M],
 ['fixed 300/min', { counting: fixedWindow({requests:300,perMs:M}, 22_000), latencyMs: 20 }, 3*M],
 ['sliding 300/min', { counting: slidingWindow({requests:300,perMs:M}), latencyMs: 100 }, 3*M],
 ['tb 120/min', { counting: tokenBucket({requests:120,perMs:M}, 120), latencyMs: 20 }, 440_000],
 ['no limit, stray 10th', { counting: () => 0, stray: (n) => n === 10, retryAfter: () => 1, latencyMs: 100 }, 6250],
 ['no limit, stray 5th noRA', { counting: () => 0, stray: (n) => n === 5, retryAfter: () => undefined, latencyMs: 100 }, 6250],
 ['no limit, stray 300', { counting: () => 0, stray: (n) => n === 300, retryAfter: () => 1, latencyMs: 100 }, 6250],
 ['every 30th', { counting: slidingWindow({requests:100,perMs:S}), stray: (n) => n %30 === 0, retryAfter: () => 1, workMs: 2.5 }, 33_000],
];
it.each(cases)('%s', async (name, more, ideal) => {
	const t = process.hrtime.bigint();
	const r = await send({ count: 1000, documented, counting: () => 0, ...more });
	const took = Number(process.hrtime.bigint() - t) / 1e6;
	require('fs').appendFileSync('/tmp/pace-try.txt', `${name.padEnd(28)} ms=${r.ms} ratio=${(r.ms/ideal).toFixed(3)} refused=${r.refused} at ${[...new Set(r.refusedAt.map(x=>(x/1000).toFixed(1)))].slice(0,30).join(' ')} [${took.toFixed(0)}ms]\n`);
});
