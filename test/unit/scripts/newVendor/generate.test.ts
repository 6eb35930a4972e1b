import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../../../../scripts/newVendor/generate.mjs';
import { ROOT } from '../../../../scripts/root.mjs';

// Prettier is an ES module that Jest cannot load; test/engine/newVendor runs the whole with it.
jest.mock('../../../../scripts/newVendor/formatted.mjs', () => ({
	formatted: async (file: object) => await Promise.resolve(file),
}));

/** What of the repository the generator reads, besides the names of folders. */
const LISTS = ['package.json', 'README.md', 'examples/README.md', 'docs/credentials.md'];

let root: string;
beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'new-vendor-'));
	for (const file of LISTS) await cp(join(ROOT, file), join(root, file));
	for (const room of ['nodes/Conduit', 'nodes/delivery', 'test/engine/trigger']) {
		await mkdir(join(root, room), { recursive: true });
	}
});
afterEach(async () => await rm(root, { recursive: true, force: true }));

const read = async (path: string) => await readFile(join(root, path), 'utf8');
const everything = async () => (await readdir(root, { recursive: true })).sort();

it('writes what it says, and nothing of Acme for anybody else', async () => {
	const { created, changed } = await generate('Blue Heron', root);
	expect(changed).toEqual(LISTS);
	expect(created).toEqual(
		expect.arrayContaining([
			'nodes/BlueHeron/BlueHeron.node.ts',
			'nodes/BlueHeron/blueHeron.dark.svg',
			'nodes/BlueHeron/operations/bulkSend.ts',
			'credentials/BlueHeronApi.credentials.ts',
			'sandbox/contracts/blueHeron.openapi.yaml',
			'sandbox/vendors/blueHeron/index.ts',
			'test/engine/blueHeron/contract.test.ts',
			'test/unit/blueHeron/requests.test.ts',
		]),
	);
	for (const file of created) {
		const text = await read(file);
		expect(text).not.toMatch(/acme/i);
		expect(text).not.toMatch(/\{\{\w+\}\}/);
	}
	expect(await read('nodes/BlueHeron/BlueHeron.node.ts')).toContain("displayName: 'Blue Heron'");
});

it('adds the vendor to what names every vendor, and changes nothing else there', async () => {
	const before = JSON.parse(await read('package.json'));
	await generate('Blue Heron', root);
	const after = JSON.parse(await read('package.json'));
	expect(after).toEqual({
		...before,
		keywords: [...before.keywords, 'blueheron'],
		n8n: {
			...before.n8n,
			credentials: [
				...before.n8n.credentials,
				'dist/credentials/BlueHeronApi.credentials.js',
			].sort(),
			nodes: [...before.n8n.nodes, 'dist/nodes/BlueHeron/BlueHeron.node.js'].sort(),
		},
	});
	const readme = await read('README.md');
	expect(readme).toMatch(/^\| Operation .* Blue Heron \|$/m);
	expect(readme).toMatch(/^\| Bulk Send .* ✓ \|$/m);
	expect(readme).toMatch(/^\| Upload Media .* – \|$/m);
	expect(await read('examples/README.md')).toContain(
		'| [blueHeron-send-to-all.json](blueHeron-send-to-all.json) | Blue Heron:',
	);
	expect(await read('docs/credentials.md')).toContain('## Blue Heron\n\n- **API Token**');
});

it.each(['conduit', 'Conduit', 'CONDUIT', 'Delivery', 'Trigger x', 'MAP', ''])(
	'refuses "%s" and writes nothing',
	async (entered) => {
		await mkdir(join(root, 'sandbox/vendors/triggerX'), { recursive: true });
		const before = await everything();
		await expect(generate(entered, root)).rejects.toThrow();
		expect(await everything()).toEqual(before);
	},
);

it('refuses to write a vendor twice, and says what is in the way', async () => {
	await generate('acme', root);
	const api = await read('nodes/Acme/api.ts');
	await expect(generate('ACME', root)).rejects.toThrow('is there already');
	expect(await read('nodes/Acme/api.ts')).toBe(api);
	// Its room may be gone, and its credential still be there.
	await rm(join(root, 'nodes/Acme'), { recursive: true });
	await expect(generate('acme', root)).rejects.toThrow(
		'Acme cannot be added: credentials/AcmeApi.credentials.ts is there already.',
	);
});
