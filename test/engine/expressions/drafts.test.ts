import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Drafts } from '../../../nodes/delivery/run/drafts';
import { parametersOfOneItem } from '../../../nodes/delivery/run/parameterSource';
import { stored } from '../support/n8n';
import { type Case, cases, NAMES, SPELLINGS, VALUES } from './cases';
import { Desk, outcomeOf } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});

/** As n8n keeps them: made by Node's realm. */
const asItems = (items: IDataObject[]): INodeExecutionData[] =>
	stored(items).map((json, item) => ({ json, pairedItem: { item } }));

/** The fields of an item as n8n itself gives them. */
function byN8n(context: IExecuteFunctions, fields: IDataObject, itemIndex: number): IDataObject {
	const read = (name: string) =>
		context.getNodeParameter(name, itemIndex, undefined, { extractValue: name === 'channel' });
	return Object.fromEntries(Object.keys(fields).map((name) => [name, read(name) as string]));
}

function byDrafts(drafts: Drafts, itemIndex: number): IDataObject {
	// Besides its fields a draft says which pickers hold an expression.
	const { workflowTimezone, ...fields } = drafts.draft(itemIndex, {});
	delete fields.byExpression;
	expect(workflowTimezone).toBe('Europe/Berlin');
	return fields;
}

let compared = 0;

function compare({ fields, items }: Case): void {
	compared += items.length;
	const context = desk.items(stored(fields), asItems(items));
	const drafts = new Drafts(context, [], false);
	items.forEach((_, index) => {
		const expected = outcomeOf(() => byN8n(context, fields, index));
		expect(outcomeOf(() => byDrafts(drafts, index))).toBe(expected);
	});
}

describe("drafts are what n8n's evaluator gives", () => {
	it('for any fields and items', () => {
		compared = 0;
		fc.assert(fc.property(cases, compare), { numRuns: 600 });
		expect(compared).toBeGreaterThan(2000);
	});

	/** A field of that name, in the item itself, in an object and in a list. */
	const called = (name: string, spelt: (key: string) => string): Case => ({
		fields: {
			text: `={{ $json${spelt(name)} }}`,
			more: `=${spelt(name)}: {{ $json.within${spelt(name)} }}, {{ $json${spelt(name)} }}`,
			options: {
				reference: `={{ $json.list${spelt(name)} }}`,
				test: `={{ $json["a b"]${spelt(name)} }}`,
			},
		},
		items: [
			{ [name]: 'Ana', within: { [name]: 41 }, 'a b': { [name]: true }, list: ['Bo', 'Cy'] },
			{ [name]: { name: 'Ana' }, within: [1, 2], list: { length: 'long', [name]: true } },
		],
	});

	it.each(NAMES)('whatever a field is called: %j', (name) => {
		for (const spelt of SPELLINGS.slice(0, 4)) compare(called(name, spelt));
	});

	const holding = (...values: unknown[]): Case => ({
		fields: { text: '={{ $json.name }}', more: '=Hi {{ $json.name }}{{ $json.list[0] }}' },
		items: values.map((value) => ({ name: value, list: [value] }) as IDataObject),
	});

	it.each([
		{ reference: '=toString', test: '={{ $json.name }}' },
		{ reference: '={{ $json.name }}', test: JSON.parse('{ "__proto__": { "a": "b" }, "c": 1 }') },
		JSON.parse('{ "__proto__": { "a": "={{ $json.name }}" }, "test": "={{ $json.name }}" }'),
	])('even in the oddest collection: %j', (options: IDataObject) =>
		compare({ fields: { options }, items: [{ name: 'Ana' }] }),
	);

	it('whatever a field holds', () => compare(holding(...VALUES)));

	it('in the engine that n8n isolates expressions in, too', async () => {
		await desk.withEngine('quickjs', () => {
			fc.assert(fc.property(cases, compare), { numRuns: 20 });
			compare(holding(...VALUES));
			for (const name of NAMES) {
				const { fields, items } = called(name, SPELLINGS[0]);
				compare({ fields: { text: fields.text }, items: items.slice(0, 1) });
			}
		});
	});
});

const person = (index: number) => ({
	phone: `+1415555${1000 + index}`,
	'First Name': `Person ${index}`,
	order: { number: index, items: [{ title: 'Café crème' }] },
});
const people = (count: number) => asItems(Array.from({ length: count }, (_, at) => person(at)));

describe('drafts of 10,000 items', () => {
	it("ask n8n's evaluator for nothing when all expressions are plain paths", () => {
		const text =
			'=Hi {{ $json["First Name"] }}, order {{ $json.order.number }}: {{ $json.order.items[0].title }}';
		const items = people(10_000);
		const context = desk.items({ text, options: { reference: '={{ $json.phone }}' } }, items);
		const before = desk.evaluations;
		const drafts = new Drafts(context);
		const all = items.map(({ json }, index) => drafts.draft(index, json));
		expect(desk.evaluations - before).toBe(0);
		expect(all[9_999]).toEqual({
			workflowTimezone: 'Europe/Berlin',
			text: 'Hi Person 9999, order 9999: Café crème',
			options: { reference: '+141555510999' },
		});
	});
});

describe('an expression is each item’s own', () => {
	const texts = (text: string, count = 20) => {
		const drafts = new Drafts(desk.items({ text }, people(count)));
		return Array.from({ length: count }, (_, index) => drafts.draft(index, {}).text);
	};

	it.each([
		'=Your code is {{ Math.floor(100000 + Math.random() * 900000000) }}',
		'={{ Math.random() }}',
		'={{ $itemIndex }}',
		'={{ $json.phone }}',
		'={{ $("Items").item.json.phone }}',
		'={{ $json.phone + $vars.shop }}',
	])('%s', (text) => expect(new Set(texts(text)).size).toBe(20));

	it('also the time of day', async () => {
		const drafts = new Drafts(desk.items({ text: '={{ $now.toMillis() }}' }, people(2)));
		const first = Number(drafts.draft(0, {}).text);
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect(Number(drafts.draft(1, {}).text)).toBeGreaterThan(first);
	});

	it('and what is the same for all is evaluated once', () => {
		const text = '={{ $vars.shop }}, run {{ $execution.id }} of {{ $workflow.name }}';
		const before = desk.evaluations;
		expect(new Set(texts(text))).toEqual(new Set(['Bücher & mehr, run 4711 of Welcome']));
		expect(desk.evaluations - before).toBe(1);
	});

	it('so that one that throws fails its item alone', () => {
		const items = asItems([{ list: 'none' }, { list: ['Ana'] }]);
		const drafts = new Drafts(desk.items({ text: '={{ $json.list.pluck("x") }}' }, items));
		expect(() => drafts.draft(0, {})).toThrow('pluck');
		expect(() => drafts.draft(1, {})).not.toThrow();
	});
});

it('a draft says which pickers hold an expression', () => {
	const channel = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const drafts = new Drafts(desk.items({ channel, text: '={{ 1 }}' }, asItems([{ id: 't1' }])));
	expect(drafts.draft(0, {}).byExpression).toEqual(['channel']);
});

describe('the draft of a tool call', () => {
	it('is made of the item of the agent, as n8n evaluates it', () => {
		const context = desk.tool(
			{ text: '=Hi {{ $json.name }}', channel: { __rl: true, mode: 'url', value: 'channels/ab1' } },
			asItems([{ name: 'Ana' }]),
			asItems([{ name: 'the input of the tool' }]),
		);
		expect(new Drafts(parametersOfOneItem(context)).draft(0, {})).toEqual({
			workflowTimezone: 'Europe/Berlin',
			text: 'Hi Ana',
			channel: 'ab1',
		});
	});
});
