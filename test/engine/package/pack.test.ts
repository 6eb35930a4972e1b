import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../scripts/root.mjs';
import { npm } from '../../../scripts/run/npm.mjs';

const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const MOST_BYTES = 1_500_000;

let bytes: number;
let files: string[];
beforeAll(async () => {
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
	const [packed] = JSON.parse(await npm(args, { cwd: ROOT }));
	bytes = packed.size;
	files = packed.files.map(({ path }: { path: string }) => path);
});

it('what is published is dist, README, LICENSE and package.json', () => {
	const others = files.filter((path) => !path.startsWith('dist/'));
	expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
});

it('dist is what n8n needs: code, icons, codex files, and the licences of what is bundled', () => {
	const strange = files
		.filter((path) => path.startsWith('dist/') && path !== 'dist/THIRD_PARTY_LICENSES')
		.filter((path) => !/\.(js|svg|node\.json)$/.test(path));
	expect(strange).toEqual([]);
	expect(files).toEqual(expect.arrayContaining([...n8n.nodes, ...n8n.credentials]));
});

it('the code needs nothing but n8n-workflow and Node', () => {
	const needed = files
		.filter((path) => path.endsWith('.js'))
		.flatMap((path) => [
			...readFileSync(join(ROOT, path), 'utf8').matchAll(/require\("([^"]+)"\)/g),
		])
		.map(([, name]) => name)
		.filter((name) => !name.startsWith('.'));
	expect([...new Set(needed)].sort()).toEqual(['n8n-workflow', 'node:crypto']);
});

it('what is bundled stands with its licence, and nothing else does', () => {
	const bundled = files
		.filter((path) => path.startsWith('dist/nodes/input/libraries/'))
		.flatMap((path) => [
			...readFileSync(join(ROOT, path), 'utf8').matchAll(/^\s*\/\/ .*node_modules\/([^/\n]+)\//gm),
		])
		.map(([, name]) => name);
	const licences = readFileSync(join(ROOT, 'dist/THIRD_PARTY_LICENSES'), 'utf8');
	const licensed = [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+ \((.+)\)$/gm)];
	expect(licensed.map(([, name]) => name)).toEqual([...new Set(bundled)].sort());
	expect(bundled).toEqual(expect.arrayContaining(['libphonenumber-js', 'luxon']));
	for (const [, , licence] of licensed) expect(licence).toBe('MIT');
	expect(licences.match(/Permission is hereby granted/g)).toHaveLength(licensed.length);
});

it('it stays small', () => expect(bytes).toBeLessThan(MOST_BYTES));

it("the code passes the rules of n8n's package scanner, bundled libraries too", async () => {
	const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
	const args = [eslint, '--no-ignore', '--no-inline-config', '--quiet', 'dist'];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
	expect(stdout).toBe('');
});
