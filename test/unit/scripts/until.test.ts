import { ifAny, until } from '../../../scripts/run/until.mjs';

it('asks until there is an answer', async () => {
	const answers = [undefined, undefined, 'here'];
	const asked = until(async () => answers.shift(), { what: 'It comes', timeoutMs: 5_000 });
	await expect(asked).resolves.toBe('here');
	expect(answers).toEqual([]);
});

it('asks often at first, then less often', async () => {
	const moments: number[] = [];
	const ask = async () => void moments.push(performance.now());
	await expect(until(ask, { what: 'It comes', timeoutMs: 1_200 })).rejects.toThrow();
	const pauses = moments.slice(1).map((moment, at) => moment - moments[at]);
	expect(pauses[0]).toBeLessThan(Math.max(...pauses));
	expect(moments.length).toBeGreaterThan(5);
	expect(moments.length).toBeLessThan(15);
});

it('says what it has waited for, and for how long', async () => {
	const never = async () => undefined;
	await expect(until(never, { what: 'n8n gets ready', timeoutMs: 60 })).rejects.toThrow(
		'n8n gets ready: not within 0.06 s',
	);
	const gone = until(never, { what: 'n8n gets ready', timeoutMs: 60, running: () => false });
	await expect(gone).rejects.toThrow('n8n gets ready: it ended before');
});

it('an answer that is a failure is none yet', async () => {
	expect(await ifAny(Promise.reject(new Error('refused')))).toBeUndefined();
	expect(await ifAny(Promise.resolve(1))).toBe(1);
});
