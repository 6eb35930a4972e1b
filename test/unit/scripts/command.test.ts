import { run } from '../../../scripts/run/command.mjs';

const node = (script: string, options?: Parameters<typeof run>[2]) =>
	run(process.execPath, ['-e', script], options);

it('keeps what a quiet command prints', async () => {
	expect(await node('console.log("one"); console.error("two")', { quiet: true })).toBe('one\n');
});

it('a failure carries the last words of both streams', async () => {
	const failing = node('console.log("one"); console.error("two"); process.exit(3)', {
		quiet: true,
	});
	await expect(failing).rejects.toThrow(/ended with code 3\none\n\ntwo$/);
});

it('a label tells apart what several print at once', async () => {
	const written: string[] = [];
	const write = jest
		.spyOn(process.stdout, 'write')
		.mockImplementation((text) => Boolean(written.push(String(text))));
	try {
		await Promise.all([
			node('console.log("one\\ntwo")', { label: 'a' }),
			node('process.stdout.write("three")', { label: 'b' }),
		]);
	} finally {
		write.mockRestore();
	}
	expect(written.sort()).toEqual(['a | one\n', 'a | two\n', 'b | three\n']);
});
