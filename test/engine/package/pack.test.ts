import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/root.mjs';
import { npm } from '../../../scripts/run/npm.mjs';

const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

let files: string[];
beforeAll(async () => {
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
	const [packed] = JSON.parse(await npm(args, { cwd: ROOT }));
	files = packed.files.map(({ path }: { path: string }) => path);
});

it('what is published is dist, README, LICENSE and package.json', () => {
	const others = files.filter((path) => !path.startsWith('dist/'));
	expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
});

it('dist is what n8n needs: code, icons and codex files', () => {
	const strange = files
		.filter((path) => path.startsWith('dist/'))
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
