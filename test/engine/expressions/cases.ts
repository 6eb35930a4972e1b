import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** Names of fields as sheets, forms and programs have them, and those that mean something to JavaScript or n8n. */
export const NAMES = [
	...[
		'name',
		'First Name',
		'Phone (mobile)',
		'Amount (EUR)',
		'e-mail',
		'a.b',
		'a.first(x)',
		'$if(x)',
	],
	...[
		"it's",
		'say "hi"',
		'имя',
		'Straße',
		'姓名',
		'नाम',
		'😀',
		'\u0870',
		'ab\u2028c',
		'',
		' ',
		'1st',
	],
	...[
		'0',
		'1',
		'01',
		'-1',
		'12345678901',
		'length',
		'constructor',
		'toString',
		'valueOf',
		'__proto__',
	],
	...[
		'prototype',
		'hasOwnProperty',
		'caller',
		'arguments',
		'toJSON',
		'isProxy',
		'then',
		'json',
		'data',
	],
	...[
		'globalThis',
		'window',
		'this',
		'class',
		'$',
		'$x',
		'_x',
		'binding',
		'__isObject',
		'__isError',
	],
	...[
		'tab\there',
		'new\nline',
		'back\\slash',
		'one{',
		'two{{',
		'two}}',
		'[[name]]',
		'undefined',
		'\0',
	],
];

const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.string());

const TEXTS = [
	...['', ' ', 'Ana', 'Łódź', '👩‍👩‍👧', '[[name]]', '={{ $json.name }}', '{{ 1 }}', '\\n', '0', 'null'],
	...[
		'\ud83d',
		'\0',
		'a\u2028b',
		'2025-01-31T10:00:00.000Z',
		'$&',
		'line\r\nbreak',
		'[object Object]',
	],
];

/** What a field may hold: what JSON has, and what a node in code can leave there. */
export const VALUES: unknown[] = [
	...TEXTS,
	...[0, -0, 1.5, 1e21, 5e-324, 2 ** 53, NaN, Infinity, true, false, null, undefined, 12n],
	...[new Date(0), /x/, new Map([['name', 'Ana']]), [], ['Ana'], [[1]], {}, { name: 'Ana' }],
];

const leaf = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
	{ weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
	{ weight: 2, arbitrary: fc.integer() },
	{ weight: 2, arbitrary: fc.constantFrom(...VALUES) },
	fc.double(),
	fc.boolean(),
	fc.date({ noInvalidDate: true }),
);

const { tree } = fc.letrec<{ tree: unknown; object: object }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		{ weight: 4, arbitrary: leaf },
		tie('object'),
		fc.array(tie('tree'), { maxLength: 3 }),
	),
	object: fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
}));

const json = fc.dictionary(name, tree, { minKeys: 1, maxKeys: 6 });

/** How people, n8n's editor and JavaScript write one step of a path. */
export const SPELLINGS: Array<(key: string) => string> = [
	(key) => (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `['${key}']`),
	(key) => `["${key}"]`,
	(key) => `['${key}']`,
	(key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`),
	(key) => `[${JSON.stringify(key)}]`,
	(key) => `?.${key}`,
	(key) => ` . ${key}`,
	(key) => `[ "${key}" ]`,
	(key) => `[\`${key}\`]`,
];

/** A way through the item, which mostly leads somewhere, mostly in one of the usual spellings. */
function pathIn(item: unknown): fc.Arbitrary<string> {
	const step = fc.record({ at: fc.nat(), stray: fc.nat(9), other: name, spelling: fc.nat(30) });
	return fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => {
		let value = item;
		let path = '$json';
		for (const { at, stray, other, spelling } of steps) {
			const held = (typeof value === 'object' && value !== null ? value : {}) as IDataObject;
			const keys = Object.keys(held);
			if (keys.length === 0 && path !== '$json' && stray > 1) break;
			const key = keys.length === 0 || stray === 0 ? other : keys[at % keys.length];
			const usual = Array.isArray(value) && stray > 1 ? 3 : spelling % 4;
			path += SPELLINGS[spelling < SPELLINGS.length ? spelling : usual](key);
			value = Object.hasOwn(held, key) ? held[key] : undefined;
		}
		return path;
	});
}

/** What only n8n can evaluate, and what looks like a path and is none. */
const CODE = [
	...[
		'$json',
		'$json.name.length',
		'$json.name.toUpperCase()',
		'$json["name"] ?? "you"',
		'$json.a ? 1 : 2',
	],
	...[
		'$json.name;',
		'$json.name; $json.e',
		'/* the name */ $json.name',
		'$json.name // the name',
		'',
		' ',
	],
	...[
		'$json.',
		'$json[',
		'$json[0',
		'$json..name',
		'$jsonname',
		'$json name',
		'($json.name)',
		'[$json.name]',
	],
	...[
		'$data.name',
		'this.$json.name',
		'$input.item.json.name',
		'$("Items").item.json.name',
		'$("Nobody").item',
	],
	...[
		'$itemIndex',
		'$runIndex',
		'$prevNode.name',
		'$parameter.more',
		'$now.year > 2000',
		'$today.minute',
	],
	...[
		'"text"',
		'5',
		'true',
		'null',
		'{ a: 1 }',
		'[1, 2]',
		'$json.name + "!"',
		'`${$json.name}`',
		'-$json[0]',
	],
	...[
		'$vars.shop',
		'$vars.count',
		'$vars["empty"]',
		'$vars.missing',
		'$env.HOME',
		'$workflow.name',
		'$workflow.id',
	],
	...[
		'$execution.id',
		'$execution.mode',
		'$execution.customData.get("x")',
		'$execution.customData',
		'$vars',
	],
	...[
		'$workflow.active',
		'$execution.customData.get',
		'new Date(0)',
		'$json.list.first()',
		'$if($json.a, 1, 2)',
	],
];

const SPACES = ['', ' ', ' ', ' ', '\n', '\t', '\r\n  ', '\u00a0', '\ufeff', '  \n\t'];

const BETWEEN = [
	...[
		'',
		'',
		'Hi ',
		', ',
		'\n',
		' ',
		'{',
		'}',
		'}}',
		'{{',
		'\\',
		'\\\\',
		'"',
		"'",
		'`',
		'${x}',
		'😀',
		'=',
		'$json.name',
	],
	...[
		'see a.constructor',
		'We.\nconstructor',
		'constructor',
		'\u2028',
		'[[name]]',
		'\\{{ 1 }}',
		'<b>&amp;</b>',
		'\0',
	],
];

/** Text with any number of expressions; a few lack the = that makes them expressions. */
function textOver(item: unknown): fc.Arbitrary<string> {
	const code = fc.oneof(
		{ weight: 7, arbitrary: pathIn(item) },
		{ weight: 3, arbitrary: fc.constantFrom(...CODE) },
	);
	const space = fc.constantFrom(...SPACES);
	const bracketed = fc.tuple(space, code, space).map((parts) => `{{${parts.join('')}}}`);
	const between = fc.constantFrom(...BETWEEN);
	return fc.oneof(
		{ weight: 5, arbitrary: bracketed.map((one) => `=${one}`) },
		{
			weight: 5,
			arbitrary: fc
				.array(fc.tuple(between, bracketed), { minLength: 1, maxLength: 3 })
				.chain((pairs) => between.map((end) => `=${pairs.flat().join('')}${end}`)),
		},
		bracketed,
		fc.constantFrom(...BETWEEN.map((one) => `=${one}`), '=toString', '=constructor'),
	);
}

/** Fields of every kind, as n8n stores them. */
function fieldsOver(item: unknown): fc.Arbitrary<IDataObject> {
	const value = textOver(item);
	const entry = fc.oneof(
		{ weight: 4, arbitrary: value },
		fc.constantFrom('', 'fixed', true, 3, null),
	);
	return fc.oneof(
		{ weight: 6, arbitrary: fc.record({ text: value }) },
		fc.record({ count: value }),
		fc.record({ options: fc.record({ reference: entry, test: entry }, { requiredKeys: [] }) }),
		fc.record({ options: fc.dictionary(name, entry, { maxKeys: 3 }) }),
		fc.record({
			actions: fc.record({
				action: fc.array(fc.record({ label: entry, url: entry }), { maxLength: 2 }),
			}),
		}),
		fc.record({
			channel: fc.record({
				__rl: fc.constant(true),
				mode: fc.constantFrom('id', 'url', 'list'),
				value,
			}),
		}),
		fc.record({
			variables: fc.record({
				mappingMode: fc.constant('defineBelow'),
				value: fc.oneof(fc.record({ first: entry, second: entry }), fc.constant(null)),
				schema: fc.constant([
					{ id: 'first', displayName: 'First', type: 'string', required: true },
					{ id: 'second', displayName: 'Second', type: 'number' },
				]),
			}),
		}),
	) as fc.Arbitrary<IDataObject>;
}

export interface Case {
	fields: IDataObject;
	items: IDataObject[];
}

/** Another item of the same table: it has the same fields, and other things in them. */
function alike(item: object): fc.Arbitrary<object> {
	const keys = Object.keys(item);
	return fc
		.tuple(...keys.map(() => leaf))
		.map((values) => Object.fromEntries(keys.map((key, index) => [key, values[index]])));
}

/** Fields made for the first of a few items, of which others have other types or nothing there. */
export const cases: fc.Arbitrary<Case> = json
	.chain((first) =>
		fc.tuple(fieldsOver(first), fc.tuple(fc.constant(first), alike(first), alike(first), json)),
	)
	.map(([fields, items]) => ({ fields, items: items as IDataObject[] }));
