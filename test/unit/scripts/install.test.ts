import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, ensureInstalled } from '../../../scripts/n8n/cache.mjs';
import { withLock } from '../../../scripts/setup/lock.mjs';

let folder: string;
const before = process.env.UNIFIED_MESSAGING_CACHE;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'install-test-'));
	process.env.UNIFIED_MESSAGING_CACHE = join(folder, 'cache');
	await mkdir(join(folder, 'source'));
	await writeFile(join(folder, 'source', 'package.json'), '{}');
	await writeFile(join(folder, 'source', 'package-lock.json'), '{"lockfileVersion":3}');
});
afterEach(async () => {
	if (before === undefined) delete process.env.UNIFIED_MESSAGING_CACHE;
	else process.env.UNIFIED_MESSAGING_CACHE = before;
	await rm(folder, { recursive: true, force: true });
});

const deferred = () => {
	let resolve!: () => void;
	const promise = new Promise<void>((done) => (resolve = done));
	return { promise, resolve };
};

describe('withLock', () => {
	it('lets one work at a time, and gives the lock back also after a failure', async () => {
		const path = join(folder, 'thing');
		const first = deferred();
		const order: string[] = [];
		const one = withLock(path, async () => {
			order.push('one begins');
			await first.promise;
			order.push('one ends');
			throw new Error('failed');
		});
		while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const waits = deferred();
		const two = withLock(
			path,
			async () => void order.push('two'),
			() => waits.resolve(),
		);
		await waits.promise;
		first.resolve();
		await expect(one).rejects.toThrow('failed');
		await two;
		expect(order).toEqual(['one begins', 'one ends', 'two']);
		expect(await readdir(folder)).not.toContain('thing.lock');
	});

	it('takes over from an owner that was killed', async () => {
		const path = join(folder, 'thing');
		await mkdir(`${path}.lock`);
		// No process has this id: Linux and macOS end far below it.
		const owner = { id: 'gone', pid: 2 ** 30, host: hostname() };
		await writeFile(join(`${path}.lock`, 'owner.json'), JSON.stringify(owner));
		await expect(withLock(path, async () => 'mine')).resolves.toBe('mine');
	});
});

describe('ensureInstalled', () => {
	const install = (steps: Record<string, (at: string) => Promise<unknown>>) =>
		ensureInstalled({ name: 'thing', source: join(folder, 'source'), runtime: 'node24', steps });

	it('installs once, however many start at once', async () => {
		const step = jest.fn(async () => undefined);
		const folders = await Promise.all([install({ step }), install({ step })]);
		expect(new Set(folders).size).toBe(1);
		expect(folders[0].startsWith(cacheFolder())).toBe(true);
		await install({ step });
		expect(step).toHaveBeenCalledTimes(1);
	});

	it('goes on at the step that was interrupted', async () => {
		const packages = jest.fn(async () => undefined);
		const natives = jest.fn(async () => undefined).mockRejectedValueOnce(new Error('cut off'));
		await expect(install({ packages, natives })).rejects.toThrow('cut off');
		await install({ packages, natives });
		expect(packages).toHaveBeenCalledTimes(1);
		expect(natives).toHaveBeenCalledTimes(2);
	});

	it('installs anew for another lock file, and repairs what was damaged', async () => {
		const step = jest.fn(async (at: string) => await writeFile(join(at, 'proof'), ''));
		const proven = () =>
			ensureInstalled({
				name: 'thing',
				source: join(folder, 'source'),
				runtime: 'node24',
				proof: ['proof'],
				steps: { step },
			});
		const first = await proven();
		await rm(join(first, 'proof'));
		expect(await proven()).toBe(first);
		expect(step).toHaveBeenCalledTimes(2);
		await writeFile(join(folder, 'source', 'package-lock.json'), '{"lockfileVersion":2}');
		expect(await proven()).not.toBe(first);
		expect(step).toHaveBeenCalledTimes(3);
	});
});
