import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningN8n, startN8n } from '../../scripts/n8n/start.mjs';
import { packAll, type Packed } from '../../scripts/packages/packAll.mjs';
import { until } from '../../scripts/run/until.mjs';
import type { SandboxVendor } from '../../scripts/sandbox.mjs';
import { allowLocalWebhooks } from '../../scripts/start/track.mjs';
import { SandboxClient } from '../../sandbox/client';
import { connections } from './support/n8n';
import { examples, examplesOf, expectToRun, moveTo } from './support/examples';
import { nodeNames, PACKAGE } from './support/package';
import { type Registry, startRegistry } from './support/registry';
import { statusFlow } from './support/statusFlow';

const INSTALLED = join('.n8n', 'nodes', 'node_modules', PACKAGE.name);

jest.setTimeout(120_000);

describe('a bare n8n', () => {
	let folder: string;
	let packages: Packed[];
	let registry: Registry;
	let n8n: RunningN8n;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'registry-'));
		packages = await packAll(folder);
		registry = await startRegistry(
			packages.map(({ tarball }) => tarball),
			folder,
		);
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

	describe('with the packages for one vendor beside', () => {
		const single = () => packages.slice(1) as Array<Packed & { node: string }>;
		const vendorOf = (credentialTypes: Record<string, string>) =>
			connections().sandbox.vendors.find(
				({ access }) => access.credentialType in credentialTypes,
			) as SandboxVendor;

		it('installs each of them', async () => {
			expect(single().length).toBe(connections().sandbox.vendors.length);
			for (const { name, node } of single()) {
				const { data } = await n8n.http.post('/rest/community-packages', { name });
				const types = data.data.installedNodes.map(({ type }: { type: string }) => type);
				expect(types.sort()).toEqual([`${name}.${node}`, `${name}.messageStatusTrigger`].sort());
			}
		});

		it('has the nodes of all, each with credentials of its own package', async () => {
			const nodes = (await n8n.nodeTypes()).map(({ name }) => name);
			expect(nodes).toEqual(expect.arrayContaining(nodeNames));
			const types: Array<{ name: string; supportedNodes?: string[] }> = (
				await n8n.http.get('/types/credentials.json')
			).data;
			const names = types.map(({ name }) => name);
			expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
			for (const { name, credentialTypes } of single()) {
				for (const [inWhole, own] of Object.entries(credentialTypes)) {
					const supported = (type: string) =>
						types.find((one) => one.name === type)?.supportedNodes ?? [];
					expect(supported(own).length).toBeGreaterThan(0);
					expect(supported(own).filter((node) => !node.startsWith(`${name}.`))).toEqual([]);
					expect(supported(inWhole).filter((node) => !node.startsWith(`${PACKAGE.name}.`))).toEqual(
						[],
					);
				}
			}
		});

		it('sends through each of them', async () => {
			for (const one of single()) {
				const { name } = vendorOf(one.credentialTypes);
				const sandbox = new SandboxClient(connections().sandbox.url, name);
				const before = (await sandbox.messages()).length;
				const [file] = examplesOf(one.node);
				await expectToRun(file, n8n, one);
				expect((await sandbox.messages()).length).toBeGreaterThan(before);
			}
		});

		it('hears of what was sent, by the trigger that knows one vendor', async () => {
			const bird = single().find(({ node }) => node === 'bird') as Packed & { node: string };
			const { name, access, credentials, baseUrl } = vendorOf(bird.credentialTypes);
			const type = bird.credentialTypes[access.credentialType];
			const [{ id }] = await n8n.importCredentials([
				{ name: 'Heard', type, data: { ...credentials, baseUrl } },
			]);
			const flow = statusFlow({ [access.credentialType]: { id, name: 'Heard' } });
			for (const node of flow.nodes) moveTo(bird, node);
			await allowLocalWebhooks(connections().sandbox, name);
			const workflowId = await n8n.importWorkflow(flow);
			await n8n.activateWorkflow(workflowId);
			try {
				await expectToRun('bird-send-message.json', n8n, bird);
				await until(async () => (await n8n.executions({ workflowId, status: ['success'] }))[0], {
					what: 'The trigger hears of a message',
					timeoutMs: 30_000,
				});
			} finally {
				await n8n.deleteWorkflow(workflowId);
			}
			const { targets } = await new SandboxClient(connections().sandbox.url, name).webhooks();
			expect(targets).toEqual([]);
		});

		it('keeps them when the whole package goes, and lets go of all', async () => {
			await n8n.http.delete('/rest/community-packages', { params: { name: PACKAGE.name } });
			expect(await ownNodes()).toEqual([]);
			const [one, ...others] = single();
			await expectToRun(examplesOf(one.node)[0], n8n, one);
			for (const { name } of [one, ...others])
				await n8n.http.delete('/rest/community-packages', { params: { name } });
			const left = (await n8n.nodeTypes()).filter(({ name }) => /-messaging\./.test(name));
			expect(left).toEqual([]);
		});
	});
});
