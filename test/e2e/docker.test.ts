import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type RunningN8n, startN8n } from '../../scripts/n8n/start.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { npm } from '../../scripts/run/npm.mjs';
import { connections } from './support/n8n';
import { nodeNames, PACKAGE } from './support/package';

/**
 * What docker/compose.yaml and compose.queue.yaml do, without containers: their service `nodes` run
 * by the npm of this machine, and n8n started on what that has installed.
 */

const NODES = join('.n8n', 'nodes');

let userFolder: string;
beforeEach(async () => void (userFolder = await mkdtemp(join(tmpdir(), 'docker-'))));
afterEach(async () => await rm(userFolder, { recursive: true, force: true }));

/** Runs the command of a file's service `nodes` on the package that was just packed. */
async function install(file: string): Promise<string[]> {
	const text = await readFile(join(ROOT, 'docker', file), 'utf8');
	const { nodes } = parse(text, { merge: true }).services;
	const [program, ...args]: string[] = [...(nodes.entrypoint ?? []), ...(nodes.command ?? [])];
	expect(program).toBe('npm');
	await npm(
		args.map((arg) => {
			if (arg.startsWith('--prefix=')) return `--prefix=${join(userFolder, NODES)}`;
			return arg.startsWith('${PACKAGE') ? connections().tarball : arg;
		}),
		{ cwd: userFolder },
	);
	const installed = await readdir(join(userFolder, NODES, 'node_modules'));
	return installed.filter((name) => !name.startsWith('.'));
}

it('queue mode: the package is installed, and nothing else', async () => {
	expect(await install('compose.queue.yaml')).toEqual([PACKAGE.name]);
});

describe('one process', () => {
	let n8n: RunningN8n | undefined;
	afterEach(async () => await n8n?.stop(), 60_000);

	it('n8n loads what is installed', async () => {
		expect(await install('compose.yaml')).toEqual([PACKAGE.name]);
		const text = await readFile(join(ROOT, 'docker', 'compose.yaml'), 'utf8');
		const { environment } = parse(text, { merge: true }).services.n8n;
		const written = Object.entries<string>(environment).filter(
			([, value]) => !value.includes('${'),
		);
		n8n = await startN8n({ userFolder, tarball: false, env: Object.fromEntries(written) });
		const loaded = (await n8n.nodeTypes()).map(({ name }) => name);
		expect(loaded).toEqual(expect.arrayContaining(nodeNames));
	}, 240_000);
});
