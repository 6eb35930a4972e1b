import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import packageJson from '../../../package.json';
import { assemble } from '../../../scripts/packages/assemble.mjs';
import { scan } from '../../../scripts/packages/scan.mjs';
import { readCredentials, readVendors, type Vendor } from '../../../scripts/packages/vendors.mjs';
import { ROOT } from '../../../scripts/root.mjs';
import { install, type Installation } from '../support/installation';

jest.setTimeout(300_000);

/** The rooms of the vendors; n8n names what they hold by package. */
const rooms = packageJson.n8n.nodes
	.map((path) => path.split('/')[2])
	.filter((room) => room !== 'MessageStatusTrigger');

interface Made {
	vendor: Vendor;
	folder: string;
	name: string;
	credentialTypes: Record<string, string>;
}

let folder: string;
let made: Map<string, Made>;
beforeAll(async () => {
	folder = await mkdtemp(join(await realpath(tmpdir()), 'packages-'));
	// Where the packages find n8n-workflow, as they find n8n's own in n8n.
	await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
	const vendors = await readVendors();
	made = new Map();
	for (const vendor of vendors)
		made.set(vendor.room, { vendor, ...(await assemble(vendor, vendors, folder)) });
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const one = (room: string): Made => made.get(room) as Made;
const manifestOf = (room: string): typeof packageJson =>
	JSON.parse(readFileSync(join(one(room).folder, 'package.json'), 'utf8'));
const descriptionOf = (installation: Installation, name: string) =>
	(installation.nodeTypes.getByName(name) as { description: INodeTypeDescription }).description;

/** All files of a package, from its folder on. */
async function filesOf(room: string): Promise<string[]> {
	const files = await readdir(one(room).folder, { recursive: true, withFileTypes: true });
	return files
		.filter((file) => file.isFile())
		.map((file) => join(file.parentPath, file.name).slice(one(room).folder.length + 1));
}

it('there is a package for every vendor that has a node', () => {
	expect([...made.keys()].sort()).toEqual([...rooms].sort());
});

it('no two packages have a credential of the same type, and none has one of the whole package', async () => {
	const whole = (await readCredentials()).map(({ type }) => type.name);
	const own = [...made.values()].flatMap(({ credentialTypes }) => Object.values(credentialTypes));
	const all = [...whole, ...own];
	expect(all.filter((type, at) => all.indexOf(type) < at)).toEqual([]);
});

describe.each(rooms)('the package of %s', (room) => {
	it('has a name, a version and words of its own', () => {
		const manifest = manifestOf(room);
		expect(manifest.name).toMatch(/^n8n-nodes-[a-z-]+-messaging$/);
		expect(manifest).toMatchObject({
			version: packageJson.version,
			description: expect.stringContaining(one(room).vendor.node.description),
			keywords: expect.arrayContaining(['n8n-community-node-package', 'ai-tool']),
		});
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('scripts');
		const readme = readFileSync(join(one(room).folder, 'README.md'), 'utf8');
		expect(readme).toContain(`# ${manifest.name}`);
		for (const [page] of readme.matchAll(/(?<=\/blob\/main\/)[\w./-]+/g))
			expect([page, existsSync(join(ROOT, page))]).toEqual([page, true]);
	});

	it('is loaded by n8n, with names of its own', async () => {
		const { vendor, name, credentialTypes } = one(room);
		const installation = await install(one(room).folder);
		const node = descriptionOf(installation, `${name}.${vendor.node.name}`);
		const whole = await install(ROOT);
		const inWhole = descriptionOf(whole, `${packageJson.name}.${vendor.node.name}`);
		// n8n installs no second node that is shown under the same name.
		expect(node.displayName).toBe(`${inWhole.displayName} Messaging`);
		expect(node.defaults.name).toBe(node.displayName);
		// The trigger is called like the vendor.
		const fields = JSON.stringify(inWhole.properties).replaceAll(
			'Message Status Trigger',
			`${vendor.node.displayName} Trigger`,
		);
		expect(JSON.stringify(node.properties)).toBe(fields);
		expect(node.credentials?.map((credential) => credential.name)).toEqual(
			inWhole.credentials?.map((credential) => credentialTypes[credential.name]),
		);
		for (const type of Object.values(credentialTypes)) {
			expect(installation.credentialType(type).type.name).toBe(type);
			expect(installation.supportedNodes(type).length).toBeGreaterThan(0);
		}
	});

	it('has a trigger with this vendor alone, which asks for none', async () => {
		const { vendor, name, credentialTypes } = one(room);
		const installation = await install(one(room).folder);
		const trigger = descriptionOf(installation, `${name}.messageStatusTrigger`);
		expect(trigger.displayName).toBe(`${vendor.node.displayName} Trigger`);
		expect(trigger.defaults.name).toBe(trigger.displayName);
		const vendors = trigger.properties.filter(({ name }) => name === 'vendor');
		expect(vendors).toMatchObject([{ type: 'hidden', default: vendor.webhook?.vendor.value }]);
		const asked = (trigger.credentials ?? []).map((credential) => credential.name);
		expect(asked).toEqual([credentialTypes[String(vendor.webhook?.vendor.credential)]]);
		const related = trigger.builderHint?.relatedNodes ?? [];
		for (const { nodeType } of related as Array<{ nodeType: string }>)
			expect(nodeType).toBe(`${name}.${vendor.node.name}`);
	});

	it('knows of no other package and no other vendor', async () => {
		const foreign = [...made.values()]
			.filter(({ vendor }) => vendor.room !== room)
			.flatMap(({ vendor, name }) => [name, ...vendor.credentials.map(({ type }) => type.name)])
			.concat((await readCredentials()).map(({ type }) => type.name));
		const words = new RegExp(`['"](${foreign.join('|')}|${packageJson.name}\\.\\w+)['"]`);
		const files = (await filesOf(room)).filter((file) => /\.(ts|js|json)$/.test(file));
		const strange: string[] = [];
		for (const file of files) {
			const text = await readFile(join(one(room).folder, file), 'utf8');
			const [found] = words.exec(text) ?? [];
			if (found) strange.push(`${file}: ${found}`);
		}
		expect(strange).toEqual([]);
	});

	it("passes the rules of n8n's package scanner, where it is not the whole package's code", async () => {
		const files = (await filesOf(room)).filter(
			(file) =>
				/^(nodes|credentials|dist)\b.*\.(ts|js|json)$/.test(file) || file === 'package.json',
		);
		// What stands so in the whole package was held against the same rules there. What may be
		// imported is a matter of package.json.
		const own = files.filter((file) => {
			const there = join(ROOT, file);
			return (
				/^nodes\/input\/libraries\//.test(file) ||
				!existsSync(there) ||
				!readFileSync(there).equals(readFileSync(join(one(room).folder, file)))
			);
		});
		expect(own).toContain('package.json');
		await expect(scan(one(room).folder, own)).resolves.toBeUndefined();
	});
});
