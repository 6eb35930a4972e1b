import type { INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { Drafts } from '../../../nodes/delivery/run/drafts';
import { isSameForAll, readerOf } from '../../../nodes/delivery/run/expressions';
import type { ParameterSource } from '../../../nodes/delivery/run/parameterSource';
import { valueAt } from '../../../nodes/delivery/run/plainPath';
import { nodes } from '../nodes';

const people = [
	{ name: 'Ana', 'First Name': 'Ana María', age: 0, vip: false, list: [{ name: 'Łódź' }] },
	{ name: 'Bo [[age]]', age: 41, vip: true },
];

/** A node whose fields n8n would evaluate by this function. */
function source(parameters: INodeParameters, evaluator: (raw: string, index: number) => unknown) {
	const asked: string[] = [];
	const evaluated = (raw: unknown, index: number): unknown => {
		if (typeof raw === 'string') return raw.startsWith('=') ? evaluator(raw, index) : raw;
		if (typeof raw !== 'object' || raw === null) return raw;
		return Object.fromEntries(
			Object.entries(raw).map(([key, entry]) => [key, evaluated(entry, index)]),
		);
	};
	const given: ParameterSource = {
		parameters,
		timezone: 'Europe/Berlin',
		read: (name, index) => {
			asked.push(`${name} ${index}`);
			return evaluated(parameters[name], index) as string;
		},
		evaluate: (expression, index) => {
			asked.push(`${expression} ${index}`);
			return evaluator(`=${expression}`, index);
		},
		json: (index) => people[index],
	};
	return { given, asked };
}

const anew = (raw: string, index: number) => `${raw.slice(1)} for ${index}`;

describe('drafts', () => {
	it.each([
		['a BigInt', { id: 10n }],
		['a symbol', Symbol('odd')],
		['a function', () => 1],
		['a Map', new Map([['a', '[[age]]']])],
	])('take %s that is the same for all as it is', (_what, value) => {
		const { given } = source({ shop: '={{ $vars.shop }}' }, () => value);
		expect(new Drafts(given).draft(0, people[0])).toEqual({
			workflowTimezone: 'Europe/Berlin',
			shop: value,
		});
	});

	it('refuse what holds itself in words', () => {
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		const { given } = source({ shop: '={{ $vars.shop }}' }, () => circle);
		expect(() => new Drafts(given).draft(0, people[0])).toThrow(
			'The field "shop" holds something that cannot be read',
		);
	});

	it('evaluate once what is the same for all items, and nothing before the first', () => {
		const { given, asked } = source(
			{
				to: 'Bo',
				shop: '={{ $vars.shop }}',
				run: '=Run {{ $execution.id }} of {{$workflow.name}}',
			},
			anew,
		);
		const drafts = new Drafts(given);
		expect(asked).toEqual([]);
		const expected = {
			workflowTimezone: 'Europe/Berlin',
			to: 'Bo',
			shop: '{{ $vars.shop }} for 0',
			run: 'Run {{ $execution.id }} of {{$workflow.name}} for 0',
		};
		expect(drafts.draft(0, {})).toEqual(expected);
		expect(drafts.draft(1, {})).toEqual(expected);
		expect(asked).toEqual(['to 0', 'shop 0', 'run 0']);
	});

	it.each([
		['$now.toISO()', '$today', '$runIndex', '$prevNode.name', '$itemIndex', '$nodeVersion'],
		['Math.random()', 'new Date()', '"text"', '$secrets.key', '$("Items").item.json.name'],
		['$json', '$json.nobody', '$json.list', '$json.name.length', '$json.name || "you"'],
	])('evaluate %s and the like anew for each item', (...codes) => {
		for (const code of codes) {
			const { given, asked } = source({ text: `=Hi {{ ${code} }}` }, anew);
			const drafts = new Drafts(given);
			expect([drafts.draft(0, {}).text, drafts.draft(1, {}).text]).toEqual([
				`Hi {{ ${code} }} for 0`,
				`Hi {{ ${code} }} for 1`,
			]);
			expect(asked).toEqual(['text 0', 'text 1']);
		}
	});

	it('read plain paths straight from the item, however deep', () => {
		const { given, asked } = source(
			{
				text: "=Hi {{ $json.name }}, {{$json['age']}} and {{\n$json.vip\n}}",
				age: '={{ $json.age }}',
				options: { reference: '={{ $json["name"] }}', test: true },
				variables: { value: { first: '={{ $json.vip }}' }, schema: [{ id: 'first' }] },
			},
			anew,
		);
		const drafts = new Drafts(given, [], false);
		expect([0, 1].map((index) => drafts.draft(index, {}))).toEqual([
			{
				workflowTimezone: 'Europe/Berlin',
				text: 'Hi Ana, 0 and false',
				age: 0,
				options: { reference: 'Ana', test: true },
				variables: { value: { first: false }, schema: [{ id: 'first' }] },
			},
			{
				workflowTimezone: 'Europe/Berlin',
				text: 'Hi Bo [[age]], 41 and true',
				age: 41,
				options: { reference: 'Bo [[age]]', test: true },
				variables: { value: { first: true }, schema: [{ id: 'first' }] },
			},
		]);
		expect(asked).toEqual([]);
	});

	it('leave to n8n only the item in which a path is missing', () => {
		const { given, asked } = source({ city: '=In {{ $json.list[0].name }}' }, anew);
		const drafts = new Drafts(given);
		expect(drafts.draft(0, {}).city).toBe('In Łódź');
		expect(drafts.draft(1, {}).city).toBe('In {{ $json.list[0].name }} for 1');
		expect(asked).toEqual(['city 1']);
	});

	it('evaluate once what stands beside a plain path and is the same for all', () => {
		const shop = () => 'Bücher & mehr';
		const { given, asked } = source({ text: '={{ $json.name }} of {{ $vars.shop }}' }, shop);
		const drafts = new Drafts(given);
		expect(drafts.draft(0, {}).text).toBe('Ana of Bücher & mehr');
		expect(drafts.draft(1, {}).text).toBe('Bo [[age]] of Bücher & mehr');
		expect(asked).toEqual(['{{ $vars.shop }} 0']);
	});

	it('leave a picker with an expression to n8n, which knows what to make of its value', () => {
		const { given, asked } = source(
			{ channel: { __rl: true, mode: 'url', value: '={{ $json.name }}' } },
			anew,
		);
		new Drafts(given).draft(1, {});
		expect(asked).toEqual(['channel 1']);
	});

	it('escape what is merged into HTML, also within a collection, and nothing else', () => {
		const { given } = source(
			{
				html: '<p>[[name]]</p> [[{name}]] \\[[name]]',
				text: '[[name]]',
				parts: { part: { html: '<i>[[name]]</i>', text: '[[name]]' } },
			},
			anew,
		);
		const name = `Tom & Jerry <Sales> "A"`;
		const escaped = 'Tom &amp; Jerry &lt;Sales&gt; &quot;A&quot;';
		expect(new Drafts(given, [], true, ['html']).draft(0, { name })).toEqual({
			workflowTimezone: 'Europe/Berlin',
			html: `<p>${escaped}</p> ${name} [[name]]`,
			text: name,
			parts: { part: { html: `<i>${escaped}</i>`, text: name } },
		});
	});

	it('keep a date what it is beside merge fields', () => {
		const when = DateTime.fromISO('2031-05-06T07:08:09Z');
		const { given } = source(
			{ options: { when: '={{ $now }}', reference: '[[name]]' } },
			() => when,
		);
		const { options } = new Drafts(given).draft(0, { name: 'Ana' });
		expect(options).toEqual({ when, reference: 'Ana' });
		expect(DateTime.isDateTime((options as { when: unknown }).when)).toBe(true);
	});

	it('fail for the item alone whose expression throws', () => {
		const { given } = source({ text: '={{ $json.name.trim() }}' }, (_raw, index) => {
			if (index === 0) throw new Error('name is missing');
			return 'Bo';
		});
		const drafts = new Drafts(given);
		expect(() => drafts.draft(0, {})).toThrow('name is missing');
		expect(drafts.draft(1, {}).text).toBe('Bo');
	});

	it('fail for each item when what is the same for all throws', () => {
		const { given } = source({ text: '={{ $env.SHOP }}' }, () => {
			throw new Error('access to env vars denied');
		});
		const drafts = new Drafts(given);
		expect(() => drafts.draft(0, {})).toThrow('denied');
		expect(() => drafts.draft(1, {})).toThrow('denied');
	});

	it('fill in merge fields, but none in what came from the item', () => {
		const { given } = source(
			{
				text: 'Hi [[name]]',
				footer: '=[[name]] by {{ $vars.shop }}',
				note: '={{ $json.name }} [[nobody]]',
				more: { a: '={{ $json.name }}', b: '[[age]]', c: '={{ $vars.shop }}', d: '={{ $now }}' },
				channel: { __rl: true, mode: 'id', value: '={{ $json.name }}' },
			},
			(raw) => raw.slice(1).replace(/\{\{.*\}\}/, '[[age]]'),
		);
		expect(new Drafts(given).draft(1, { name: 'Cy', age: 7 })).toMatchObject({
			text: 'Hi Cy',
			footer: 'Cy by 7',
			note: 'Bo [[age]] [[nobody]]',
			more: { a: '[[age]]', b: '7', c: '7', d: '[[age]]' },
		});
	});
});

describe('isSameForAll', () => {
	it.each([
		['plain', true],
		['{{ $json.name }} is only text', true],
		['=only text', true],
		['={{ $vars.brand }} run {{ $execution.id }} {{$workflow["name"]}} {{ $env.X }}', true],
		['={{ $vars.brand }} {{ $json.name }}', false],
		['={{ $vars.brand + 1 }}', false],
		['={{ $varsx.brand }}', false],
		['={{ $now.toISO() }}', false],
		['={{ $today }}', false],
		['={{ $runIndex }}', false],
		['={{ $prevNode.name }}', false],
		['={{ Math.random() }}', false],
		['={{ $json.name', false],
		[{ action: [{ text: '={{ $json.x }}' }] }, false],
		[{ action: [{ text: 'x' }] }, true],
		[null, true],
		[5, true],
	])('%j: %s', (raw, expected) => expect(isSameForAll(raw)).toBe(expected));
});

describe('plain paths', () => {
	const read = (raw: string) => {
		const item = { ...people[0], 'a.b': 'dotted', 'Fee (EUR)': 5, имя: 'Аня' };
		return readerOf(raw)?.(({ variable, names }) =>
			variable === '$json' ? valueAt(item, names) : undefined,
		);
	};

	it.each([
		['={{ $json.name }}', 'Ana'],
		['={{$json.name}}', 'Ana'],
		['={{ $json["First Name"] }}', 'Ana María'],
		["={{ $json['a.b'] }}", 'dotted'],
		['={{ $json["Fee (EUR)"] }}', 5],
		['={{ $json.имя }}', 'Аня'],
		['={{ $json.list[0].name }}', 'Łódź'],
		['={{ $json.list["0"]["name"] }}', 'Łódź'],
		['={{ $json.age }}', 0],
		['={{ $json.vip }}', false],
		['= {{ $json.vip }}', ' false'],
		['={{ $json.age }}{{ $json.vip }}', '0false'],
		['={{ $json.name }} {', 'Ana {'],
		['={{ $json.name }}}}', 'Ana}}'],
	])('%s', (raw, expected) => expect(read(raw)).toBe(expected));

	it.each([
		...[
			'={{ $json.nobody }}',
			'={{ $json.list }}',
			'={{ $json.list.length }}',
			'={{ $json.name.length }}',
		],
		...[
			'={{ $json }}',
			'={{ $json.name; }}',
			'={{ $json?.name }}',
			'={{ $json.name() }}',
			'={{ $json.name',
		],
		...[
			'={{ $json["name }}',
			'={{ $json["na\\u006de"] }}',
			'={{ $json.toString }}',
			'={{ $json.__proto__ }}',
		],
		...[
			'={{ $json.name }}\\',
			'={{ $json.name }} a.constructor',
			'={{ {{ $json.name }} }}',
			'={{ }}',
		],
		...['={{ $json.list["00"] }}', '={{ $json.姓名 }}', '={{ $jsonname }}'],
	])('%s is left to n8n', (raw) => expect(read(raw)).toBeUndefined());
});

describe('the fields of the nodes', () => {
	const everyField = (fields: INodeProperties[]): INodeProperties[] =>
		fields.flatMap((field) => [
			field,
			...everyField(
				(field.options ?? []).flatMap((option) =>
					'values' in option
						? (option as INodePropertyCollection).values
						: 'type' in option
							? [option as INodeProperties]
							: [],
				),
			),
		]);

	it.each(nodes.map(({ description }) => [description.displayName, description.properties]))(
		'of %s have nothing that n8n would do with a value read straight from the item',
		(_name, properties) => {
			const all = everyField(properties as INodeProperties[]);
			expect(all.length).toBeGreaterThan((properties as INodeProperties[]).length);
			const changed = all.filter(
				(field) => field.validateType !== undefined || field.extractValue !== undefined,
			);
			expect(changed.map(({ name }) => name)).toEqual([]);
		},
	);
});
