import { setTimeout as sleep } from 'node:timers/promises';
import { allEnded } from '../../../scripts/run/together.mjs';

it('ends when all have ended, and tells of the one that failed', async () => {
	let ended = false;
	const slow = sleep(50).then(() => (ended = true));
	await expect(allEnded([slow, Promise.reject(new Error('failed'))])).rejects.toThrow('failed');
	expect(ended).toBe(true);
	await expect(allEnded([sleep(1), sleep(2)])).resolves.toBeUndefined();
});
