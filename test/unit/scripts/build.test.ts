import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isBuilt } from '../../../scripts/setup/build.mjs';

let root: string;
const OLD = new Date('2026-01-01');
const MADE = new Date('2026-01-02');

async function write(path: string, date: Date, text = ''): Promise<void> {
	await mkdir(dirname(join(root, path)), { recursive: true });
	await writeFile(join(root, path), text);
	await utimes(join(root, path), date, date);
}
/** Folders take the date of what happens in them; here all that happened is long ago. */
const settle = async () => {
	for (const folder of ['nodes/Bird', 'nodes', 'credentials'])
		await utimes(join(root, folder), OLD, OLD);
};

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'build-test-'));
	const n8n = {
		nodes: ['dist/nodes/Bird/Bird.node.js'],
		credentials: ['dist/credentials/Bird.js'],
	};
	await write('package.json', OLD, JSON.stringify({ n8n }));
	await write('nodes/Bird/Bird.node.ts', OLD);
	await write('nodes/Bird/api.ts', OLD);
	await write('credentials/Bird.ts', OLD);
	await write('dist/nodes/Bird/Bird.node.js', MADE);
	await write('dist/credentials/Bird.js', MADE);
	await settle();
});
afterEach(async () => await rm(root, { recursive: true, force: true }));

it('what is newer than its sources is built', async () => {
	expect(await isBuilt(root)).toBe(true);
});

it.each([
	['a source was changed', () => write('nodes/Bird/api.ts', new Date('2026-01-03'))],
	['a source was added', () => write('nodes/Bird/new.ts', OLD)],
	['a source was removed', () => rm(join(root, 'nodes/Bird/api.ts'))],
	['the build was interrupted', () => rm(join(root, 'dist/credentials/Bird.js'))],
	['nothing was built', () => rm(join(root, 'dist'), { recursive: true })],
	['the dependencies changed', () => write('package-lock.json', new Date('2026-01-03'))],
])('it is not when %s', async (_, change) => {
	await change();
	expect(await isBuilt(root)).toBe(false);
});
