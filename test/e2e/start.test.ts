import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/root.mjs';

it('npm start sends to three people and hears what became of it', async () => {
	const { stdout } = await promisify(execFile)(process.execPath, ['scripts/start.mjs', '--once'], {
		cwd: ROOT,
	});
	const { status, messages, statuses, examples, credentials } = JSON.parse(
		stdout.trimEnd().split('\n').at(-1) ?? '',
	);
	expect(status).toBe('success');
	expect(messages).toEqual(
		['+31612345601', '+14155550102', '+447700900103'].map((recipient) =>
			expect.objectContaining({ provider: 'bird', recipient, status: 'accepted' }),
		),
	);
	expect(statuses).toEqual(
		messages.map((message: object) => ({ ...message, status: 'delivered' })),
	);
	expect(examples).toEqual(
		expect.arrayContaining([
			'Bird / Send a text message to three people',
			'Several / Branch on delivered or failed',
		]),
	);
	expect(credentials).toEqual([
		'aelystApi',
		'birdChannelsApi',
		'conduitAiApi',
		'sentDmApi',
		'votelApi',
	]);
}, 180_000);
