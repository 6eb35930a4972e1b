import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningN8n, startN8n } from '../../scripts/n8n/start.mjs';
import { SandboxClient } from '../../sandbox/client';
import { connections } from './support/n8n';
import { examples, expectToRun } from './support/examples';
import { nodeNames, PACKAGE } from './support/package';
import { type Registry, startRegistry } from './support/registry';

const INSTALLED = join('.n8n', 'nodes', 'node_modules', PACKAGE.name);

jest.setTimeout(120_000);

describe('a bare n8n', () => {
	let folder: string;
	let registry: Registry;
	let n8n: RunningN8n;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'registry-'));
		registry = await startRegistry(connections().tarball, folder);
		n8n = await startN8n({ tarball: false, env: registry.env });
		const { url, vendors } = connections().sandbox;
		for (const { name } of vendors) await new SandboxClient(url, name).reset();
	}, 240_000);
	afterAll(async () => {
		await n8n?.stop();
		await registry?.stop();
		await rm(folder, { recursive: true, force: true });
	}, 60_000);

	const ownNodes = async () =>
		(await n8n.nodeTypes())
			.map(({ name }) => name)
			.filter((name) => name.startsWith(`${PACKAGE.name}.`) && !name.endsWith('Tool'));

	it('knows none of the nodes', async () => {
		expect(await ownNodes()).toEqual([]);
	});

	it('installs the package as from its Community Nodes page', async () => {
		const { data } = await n8n.http.post('/rest/community-packages', { name: PACKAGE.name });
		expect(data.data).toMatchObject({
			packageName: PACKAGE.name,
			installedVersion: PACKAGE.version,
			authorName: PACKAGE.author.name,
		});
		const types = data.data.installedNodes.map(({ type }: { type: string }) => type);
		expect(types.sort()).toEqual([...nodeNames].sort());
		expect(await ownNodes()).toEqual(expect.arrayContaining(nodeNames));
	});

	it('took nothing else with it', async () => {
		const installed = join(n8n.userFolder, INSTALLED);
		expect((await readdir(installed)).sort()).toEqual([
			'LICENSE',
			'README.md',
			'dist',
			'package.json',
		]);
		const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
		expect(dependencies).toBeUndefined();
		const others = registry.asked.filter((path) => !path.startsWith(`/${PACKAGE.name}`));
		expect(others).toEqual([]);
	});

	it.each(examples)('runs the example %s', async (file) => {
		await expectToRun(file, n8n);
	});

	it('lets go of the package again', async () => {
		await n8n.http.delete('/rest/community-packages', { params: { name: PACKAGE.name } });
		expect(await ownNodes()).toEqual([]);
	});
});
