import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { ensureN8n } from '../../scripts/n8n/install.mjs';
import { n8n } from './support/n8n';
import { PACKAGE } from './support/package';

/** Who looks for a task finds our nodes, tested by the search code of n8n itself. */

/** What n8n's AI builders give a model of all they find. */
const BUILDER_LIMIT = 5;
/** What somebody sees in the editor without much scrolling. */
const FIRST_PAGE = 15;

const SENDERS = ['aelyst', 'bird', 'conduit', 'sent', 'votel'];
const BY_SMS = ['bird', 'conduit', 'sent', 'votel'];
const BY_WHATSAPP = ['aelyst', 'bird', 'conduit', 'sent'];

interface Task {
	query: string;
	/** The nodes that can do it. */
	nodes: string[];
	/** Whether the AI workflow builder, which looks for the whole text, gives one of them. */
	builder: boolean;
	/** Whether the code builder does, which looks for each word and takes the best few of each. */
	codeBuilder: boolean;
}

/**
 * Where a builder gives none, its few places go to nodes that have the word in their very name, or
 * to n8n's own with the same alias, which come first.
 */
const TASKS: Task[] = [
	{ query: 'sms', nodes: BY_SMS, builder: false, codeBuilder: false },
	{ query: 'send sms', nodes: BY_SMS, builder: true, codeBuilder: false },
	{ query: 'send whatsapp message', nodes: BY_WHATSAPP, builder: true, codeBuilder: false },
	{ query: 'bulk sms', nodes: BY_SMS, builder: true, codeBuilder: true },
	{ query: 'otp', nodes: BY_SMS, builder: true, codeBuilder: true },
	{ query: 'approval', nodes: SENDERS, builder: false, codeBuilder: false },
	{
		query: 'delivery status',
		nodes: ['messageStatusTrigger', ...BY_WHATSAPP],
		builder: true,
		codeBuilder: true,
	},
];

interface EditorItem {
	key: string;
	properties: INodeTypeDescription;
}
interface Found<Item> {
	item: Item;
	score: number;
}
interface SearchEngine {
	searchByName(query: string, limit: number): Array<{ name: string }>;
}
interface NodeTypeParser {
	searchNodeTypes(query: string, limit: number): Array<{ id: string }>;
}
interface SearchCode {
	sublimeSearch(query: string, items: EditorItem[]): Array<Found<EditorItem>>;
	NodeSearchEngine: new (types: INodeTypeDescription[]) => SearchEngine;
	NodeTypeParser: new (types: INodeTypeDescription[]) => NodeTypeParser;
	searchCodeBuilderNodes(parser: NodeTypeParser, queries: string[]): { results: string };
}

let modules: string;
let code: SearchCode;
let types: INodeTypeDescription[];
beforeAll(async () => {
	const { program } = await ensureN8n();
	modules = join(program, '../../..');
	const load = createRequire(program);
	code = {
		...load('@n8n/utils/search/sublime-search'),
		...load('@n8n/ai-utilities/node-catalog'),
		...load(join(modules, '@n8n/ai-workflow-builder/dist/tools/engines/node-search-engine.js')),
	};
	types = await (await n8n()).nodeTypes();
}, 60_000);

const ours = (names: string[]) =>
	names
		.filter((name) => name.startsWith(`${PACKAGE.name}.`))
		.map((name) => name.slice(PACKAGE.name.length + 1));

/** How popular the editor holds a node to be, which lifts it in the results. */
function popularity(): Map<string, number> {
	const folder = join(modules, 'n8n-editor-ui/dist/assets');
	const scripts = readdirSync(folder).filter((file) => file.endsWith('.js'));
	return new Map(
		scripts
			.map((file) => readFileSync(join(folder, file), 'utf8'))
			.flatMap((script) => [...script.matchAll(/\{id:`([^`]+)`,popularity:([\d.]+)\}/g)])
			.map(([, name, share]) => [name, Number(share) * 100]),
	);
}

describe("the editor's search for a node", () => {
	let popular: Map<string, number>;
	let items: EditorItem[];
	beforeAll(() => {
		popular = popularity();
		// The newest version of each, and no tools: those are looked for beside an agent.
		const latest = new Map<string, INodeTypeDescription>();
		for (const type of types) {
			const known = latest.get(type.name);
			if (!known || newest(type) > newest(known)) latest.set(type.name, type);
		}
		items = [...latest.values()]
			.filter(({ name, hidden }) => !hidden && !name.endsWith('Tool'))
			.map((properties) => ({ key: properties.name, properties }));
	});

	it('knows how popular nodes are', () => {
		expect(popular.get('n8n-nodes-base.gmail')).toBeGreaterThan(0);
	});

	it.each(TASKS)('shows whom it may concern: $query', ({ query, nodes }) => {
		const names = code
			.sublimeSearch(query, items)
			.map(({ item: { key }, score }) => ({ key, score: score + (popular.get(key) ?? 0) }))
			.sort((one, other) => other.score - one.score)
			.map(({ key }) => key);
		expect(ours(names.slice(0, FIRST_PAGE))).toEqual(expect.arrayContaining(nodes));
	});
});

const newest = ({ version }: INodeTypeDescription) => Math.max(...[version].flat());

describe("n8n's AI builders", () => {
	let engine: SearchEngine;
	let parser: NodeTypeParser;
	beforeAll(() => {
		engine = new code.NodeSearchEngine(types);
		parser = new code.NodeTypeParser(types);
	});

	const byEngine = (query: string, limit: number) =>
		ours(engine.searchByName(query, limit).map(({ name }) => name));
	const byParser = (query: string, limit: number) =>
		ours(parser.searchNodeTypes(query, limit).map(({ id }) => id));

	it.each(TASKS)('find whom it may concern: $query', ({ query, nodes }) => {
		for (const search of [byEngine, byParser]) {
			expect(search(query, types.length)).toEqual(expect.arrayContaining(nodes));
		}
	});

	it.each(TASKS.filter(({ builder }) => builder))(
		'the workflow builder is given one of them: $query',
		({ query, nodes }) => {
			const first = byEngine(query, BUILDER_LIMIT);
			expect(first.filter((name) => nodes.includes(name))).not.toEqual([]);
		},
	);

	it.each(TASKS.filter(({ codeBuilder }) => codeBuilder))(
		'the code builder is given one of them: $query',
		({ query, nodes }) => {
			const first = byParser(query, BUILDER_LIMIT);
			expect(first.filter((name) => nodes.includes(name))).not.toEqual([]);
		},
	);

	it.each([...SENDERS, 'messageStatusTrigger'])('are told how to use it: %s', (name) => {
		const own = types.filter((type) => type.name === `${PACKAGE.name}.${name}`);
		const hint = own[0].builderHint?.searchHint ?? '';
		expect(hint.length).toBeGreaterThan(40);
		const { results } = code.searchCodeBuilderNodes(new code.NodeTypeParser(own), [name]);
		expect(results).toContain(`@builderHint ${hint}`);
		for (const { nodeType } of own[0].builderHint?.relatedNodes ?? []) {
			expect(types.map((type) => type.name)).toContain(nodeType);
		}
	});
});
