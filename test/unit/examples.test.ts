import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json';
import type { INodeParameters } from 'n8n-workflow';
import { nodes } from './nodes';

const folder = join(__dirname, '../../examples');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

interface ExampleNode {
	name: string;
	type: string;
	parameters: INodeParameters;
	credentials?: Record<string, { name: string; id?: string }>;
	webhookId?: string;
}

const examples = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		return { file, text, nodes: JSON.parse(text).nodes as ExampleNode[] };
	});

const prefix = `${packageJson.name}.`;
const descriptionOf = (type: string) =>
	nodes.find(({ description }) => type === prefix + description.name)?.description;

it('the README has a line for each example, and no other', () => {
	const linked = [...readme.matchAll(/^\| \[(\S+)\]\((\S+)\)\s+\|/gm)];
	expect(linked.map(([, name]) => name).sort()).toEqual(examples.map(({ file }) => file).sort());
	for (const [, name, target] of linked) expect(target).toBe(name);
});

it('every node of the package has an example', () => {
	const used = new Set(examples.flatMap((example) => example.nodes.map(({ type }) => type)));
	const unused = nodes.filter(({ description }) => !used.has(prefix + description.name));
	expect(unused.map(({ description }) => description.name)).toEqual([]);
});

describe.each(examples)('$file', ({ text, nodes: own }) => {
	it('says what it does', () => {
		const [note] = own.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(note.parameters.content).toMatch(/^## \S/);
	});

	it('holds nothing of the machine it was made on', () => {
		expect(text).not.toMatch(/"instanceId"|localhost|127\.0\.0\.1|\/home\/|\/work\/|\/tmp\//);
		const credentials = own.flatMap((node) => Object.values(node.credentials ?? {}));
		expect(credentials.filter(({ id, name }) => id !== undefined || !name)).toEqual([]);
	});

	it('asks for the credentials that its nodes take', () => {
		for (const { type, credentials = {} } of own) {
			const known = descriptionOf(type)?.credentials?.map(({ name }) => name);
			if (known) expect(known).toEqual(expect.arrayContaining(Object.keys(credentials)));
			if (type.startsWith(prefix)) expect(Object.keys(credentials)).toHaveLength(1);
		}
	});

	it('sets only fields that the nodes have', () => {
		const unknown = own.flatMap(({ name, type, parameters }) => {
			const fields = descriptionOf(type)?.properties.map((field) => field.name);
			const set = Object.keys(parameters);
			return fields
				? set.filter((one) => !fields.includes(one)).map((one) => `${name}: ${one}`)
				: [];
		});
		expect(unknown).toEqual([]);
	});
});
