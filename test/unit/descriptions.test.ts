import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import packageJson from '../../package.json';
import {
	conditionsOf,
	isCondition,
	possibleValues,
	walk,
	type Level,
	type State,
} from './descriptions/displayed';
import { orderComplaints } from './descriptions/order';
import { complaintsAbout } from './descriptions/wording';
import { nodes } from './nodes';

const root = join(__dirname, '../..');
const sourceOf = (built: string) =>
	join(root, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

const credentials = packageJson.n8n.credentials.map((built) => {
	const file = sourceOf(built);
	const exported = jest.requireActual<Record<string, new () => ICredentialType>>(file);
	return { file, type: new (Object.values(exported)[0])() };
});

const described = nodes.map((node, at) => ({
	name: node.description.displayName,
	description: node.description,
	file: sourceOf(packageJson.n8n.nodes[at]),
}));

type Rule = (level: Level, states: State[]) => Array<[INodeProperties, string]>;

const rules = {
	wording: ({ fields }) =>
		fields.flatMap((field) =>
			complaintsAbout(field).map((problem): [INodeProperties, string] => [field, problem]),
		),
	dead: ({ fields }, states) =>
		fields
			.filter((field) => !states.some(({ shown }) => shown.includes(field)))
			.map((field) => [field, `never shown: ${JSON.stringify(field.displayOptions)}`]),
	impossible: ({ fields, all }) =>
		fields.flatMap((field) =>
			conditionsOf(field).flatMap(([name, values]): Array<[INodeProperties, string]> => {
				const siblings = name.startsWith('/') ? all : fields;
				const deciding = siblings.filter((one) => one.name === name.replace('/', ''));
				const possible: unknown[] = deciding.flatMap((one) => possibleValues(one, siblings));
				return values
					.filter((value) => name !== '@version' && !isCondition(value))
					.filter((value) => !possible.includes(value))
					.map((value) => [field, `${name} is never ${JSON.stringify(value)}`]);
			}),
		),
	twins: (_level, states) =>
		states.flatMap(({ shown, values }) =>
			shown
				.filter((field, at) => shown.findIndex(({ name }) => name === field.name) < at)
				.map((field): [INodeProperties, string] => [field, `twice with ${JSON.stringify(values)}`]),
		),
	order: ({ fields, all }, states) =>
		fields === all ? states.flatMap(({ shown }) => orderComplaints(shown, all)) : [],
} satisfies Record<string, Rule>;

/** What a rule has against the fields of a node, on all levels. */
function complaints(description: INodeTypeDescription, rule: Rule): string[] {
	const found: string[] = [];
	walk(description, (level, states) => {
		for (const [field, problem] of rule(level, states)) {
			const operation = field.displayOptions?.show?.operation;
			const where = operation ? ` (${operation.join(', ')})` : '';
			found.push(`${level.path} › ${field.displayName}${where}: ${problem}`);
		}
	});
	return [...new Set(found)];
}

describe.each(described)('$name', (node) => {
	const { description, file } = node;

	it('is worded as n8n wants it', () => {
		expect(complaints(description, rules.wording)).toEqual([]);
	});

	it('has no field that can never be shown', () => {
		expect(complaints(description, rules.dead)).toEqual([]);
	});

	it('depends only on values that the other field can have', () => {
		expect(complaints(description, rules.impossible)).toEqual([]);
	});

	it('never shows two fields of the same name', () => {
		expect(complaints(description, rules.twins)).toEqual([]);
	});

	it('asks for the recipient, then for the content, then for everything else', () => {
		expect(complaints(description, rules.order)).toEqual([]);
	});

	it('names each operation as an action', () => {
		const operations = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }) => options as INodePropertyOptions[]);
		expect(operations.filter(({ action, description }) => !action || !description)).toEqual([]);
	});

	it('offers to send a message before anything else', () => {
		const { properties } = description;
		const [first] = properties.filter(({ name }) => name === 'operation');
		const [{ value }] = (first?.options ?? [{ value: 'send' }]) as INodePropertyOptions[];
		expect(value).toBe('send');
		const [resource] = properties.filter(({ name }) => name === 'resource');
		expect(resource?.options?.[0] ?? { value: 'message' }).toMatchObject({ value: 'message' });
	});

	it('says what it is, and looks like it', () => {
		const { icon, subtitle, defaults, displayName } = description;
		expect(description.description).toMatch(/^[A-Z].*[^.]$/);
		expect(subtitle).toMatch(/^=\{\{/);
		expect(defaults.name).toBe(displayName);
		expect(icon).toEqual({
			light: expect.stringMatching(/^file:.+\.svg$/),
			dark: expect.stringMatching(/^file:.+\.dark\.svg$/),
		});
		for (const path of Object.values(icon as object)) {
			const svg = readFileSync(join(dirname(file), path.replace('file:', '')), 'utf8');
			const [, width, height] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg) ?? [];
			expect([path, width]).toEqual([path, height]);
		}
	});

	it('says under itself what it does, in words', () => {
		const { properties, subtitle = '' } = description;
		const operations = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }) => options as INodePropertyOptions[]);
		for (const { value } of operations) {
			const evaluate = new Function('$parameter', `return ${subtitle.slice(3, -2)}`);
			const shown: string = evaluate({ operation: value, resource: 'message' });
			expect(shown).toMatch(/^[a-z]+( [a-z]+)*: message$/);
		}
	});

	it('is found by its name and by what it does', () => {
		const codex = JSON.parse(readFileSync(file.replace(/\.ts$/, '.json'), 'utf8'));
		expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
		expect(codex.categories).toContain('Communication');
		const alias = codex.alias as string[];
		expect(alias.map((word) => word.toLowerCase())).toEqual(alias);
		const tasks = description.group.includes('trigger')
			? [/^delivery status$/, /^webhook$/]
			: [/^(sms|whatsapp)$/, /^bulk /];
		expect(tasks.filter((task) => !alias.some((word) => task.test(word)))).toEqual([]);
	});

	it('uses credentials of this package', () => {
		const known = credentials.map(({ type }) => type.name);
		const used = (description.credentials ?? []).map(({ name }) => name);
		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((name) => !known.includes(name))).toEqual([]);
	});

	it('is in the test of all fields', () => {
		const room = description.group.includes('trigger') ? 'trigger' : description.name;
		expect(existsSync(join(root, 'test/engine', room, 'fields.test.ts'))).toBe(true);
	});

	it('can be a tool of an AI agent, unless it is a trigger', () => {
		const isTrigger = description.group.includes('trigger');
		expect(description.usableAsTool).toBe(isTrigger ? undefined : true);
	});
});

describe.each(credentials.map(({ file, type }) => ({ name: type.displayName, file, type })))(
	'$name',
	({ file, type }) => {
		it('is worded as n8n wants it', () => {
			const bad = type.properties.flatMap((field) =>
				complaintsAbout(field).map((problem) => `${field.displayName}: ${problem}`),
			);
			expect(bad).toEqual([]);
			const fields = type.properties.filter((field) => field.type !== 'notice');
			expect(fields.filter((field) => !field.description)).toEqual([]);
		});

		it('links to where its key is found, and to our own page about it', () => {
			const anchor = type.documentationUrl?.split('/docs/credentials.md#')[1];
			const page = readFileSync(join(root, 'docs/credentials.md'), 'utf8');
			const titles = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
			expect(titles.map((title) => title.toLowerCase().replaceAll(' ', '-'))).toContain(anchor);
			if (type.name === 'messageWebhookSecretApi') return;
			const notice = type.properties.find((field) => field.type === 'notice');
			expect(notice?.displayName).toMatch(/<a href="https:\/\/[^"]+" target="_blank">/);
		});

		it('hides what is secret', () => {
			const secret = type.properties.filter(
				(field) =>
					field.type !== 'notice' && /\b(key|token|secret|password)\b/i.test(field.displayName),
			);
			expect(secret.length).toBeGreaterThan(0);
			expect(secret.filter(({ typeOptions }) => typeOptions?.password !== true)).toEqual([]);
		});

		it('can be tested, has an icon and is used', () => {
			const testedBy = described.flatMap(({ description }) =>
				(description.credentials ?? []).filter(({ name }) => name === type.name),
			);
			expect(testedBy.length).toBeGreaterThan(0);
			expect(type.test ?? testedBy.find((one) => one.testedBy)).toBeDefined();
			for (const icon of Object.values(type.icon as object) as string[]) {
				expect(existsSync(join(dirname(file), icon.replace('file:', '')))).toBe(true);
			}
		});
	},
);

describe('the rules', () => {
	const field = (name: string, more: Partial<INodeProperties>): INodeProperties => ({
		displayName: 'Good Label',
		name,
		type: 'string',
		default: '',
		...more,
	});
	const kind = field('kind', {
		type: 'options',
		options: [
			{ name: 'A', value: 'a' },
			{ name: 'B', value: 'b' },
		],
		default: 'a',
		description: 'Which kind it is',
	});
	const shownFor = (...values: string[]) => ({ displayOptions: { show: { kind: values } } });
	const badNode = (...properties: INodeProperties[]) =>
		({ displayName: 'Bad', version: 1, properties }) as INodeTypeDescription;

	it.each([
		['a small label', { displayName: 'bad label' }, 'Title Case'],
		['a switch', { type: 'boolean', default: false, description: 'If it is on' }, 'Whether'],
		['a period', { description: 'One sentence.' }, 'ends with a period'],
		['a missing period', { description: 'One. Two' }, 'without a period'],
		['a small letter', { description: 'one sentence' }, 'small letter'],
		['a placeholder', { placeholder: '+1415' }, 'starts with "e.g."'],
		['a format', { displayName: 'Phone Number' }, 'no placeholder'],
		['order', { ...kind, options: [...(kind.options as [])].reverse() }, 'not sorted'],
		['a default', { ...kind, default: 'c' }, 'not a valid value'],
		['no words', { ...kind, description: undefined }, 'without a description'],
		['a label that goes on', { displayName: 'Sorted By' }, 'ends in a preposition'],
		['a preposition alone', { displayName: 'To' }, 'ends in a preposition'],
		['jargon', { description: 'A number in E.164' }, 'has jargon'],
		['jargon under a field', { hint: 'A UUID of Bird' }, 'has jargon'],
	] as Array<[string, Partial<INodeProperties>, string]>)('find %s', (_what, bad, problem) => {
		expect(complaints(badNode(field('x', bad)), rules.wording)).toEqual([
			expect.stringContaining(problem),
		]);
	});

	it('find what stands in the wrong place', () => {
		const [to, text] = ['recipient', 'text'].map((name) => field(name, { required: true }));
		const order = (...fields: INodeProperties[]) => complaints(badNode(...fields), rules.order);
		expect(order(text, to)).toEqual([expect.stringContaining('behind Good Label')]);
		expect(order(to, field('priority', {}), text)).toEqual([
			expect.stringContaining('is no content'),
		]);
		expect(order(to, field('account', { required: true }), text)).toEqual([]);
		expect(order(kind, to, { ...text, ...shownFor('a') })).toEqual([]);
	});

	it('find what can never be shown, on every level', () => {
		const nested = field('more', {
			type: 'collection',
			default: {},
			options: [field('x', { displayOptions: { show: { '/kind': ['b'] } } })],
			...shownFor('a'),
		});
		expect(complaints(badNode(kind, nested), rules.dead)).toHaveLength(1);
		expect(complaints(badNode(field('x', shownFor('a'))), rules.dead)).toHaveLength(1);
		expect(complaints(badNode(kind, field('x', shownFor('a'))), rules.dead)).toEqual([]);
	});

	it('find values that do not exist, and twins', () => {
		const never = badNode(kind, field('x', shownFor('a', 'c')));
		expect(complaints(never, rules.impossible)).toEqual([expect.stringContaining('never "c"')]);
		const twins = badNode(kind, field('x', shownFor('a')), field('x', shownFor('a', 'b')));
		expect(complaints(twins, rules.twins)).toEqual([expect.stringContaining('{"kind":"a"}')]);
		const apart = badNode(kind, field('x', shownFor('a')), field('x', shownFor('b')));
		expect(complaints(apart, rules.twins)).toEqual([]);
	});
});
