import type { GenericValue, IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { fieldOf, requireField } from '../../../nodes/input/field';
import { merge } from '../../../nodes/input/mergeFields';
import { anything, attempt } from './anything';
import { refusal } from './refusal';

const ana: IDataObject = {
	name: 'Ana "Ace" O\'Hara',
	'First Name ': 'Ana',
	'\ufeffphone': '+14155550123',
	'a.b': 'dotted',
	address: { city: 'Łódź', zip: '90-001', geo: { lat: 51.7 } },
	tags: ['vip', 'new'],
	total: 0,
	big: Number('17841400000000001'),
	markup: 'Tom & Jerry <Sales> "A" \'B\'',
	paid: false,
	empty: '',
	nothing: null,
	hollow: {},
};

describe('merge fields', () => {
	it.each([
		['Hi [[name]]!', 'Hi Ana "Ace" O\'Hara!'],
		['[[ address.city ]] / [[total]]', 'Łódź / 0'],
		['[[paid]] [[tags.1]] [[a.b]]', 'false new dotted'],
		['Nothing here', 'Nothing here'],
		['Not a field: [name] or [[]]', 'Not a field: [name] or [[]]'],
		['{"text": "Hi [[name]]"}', '{"text": "Hi Ana \\"Ace\\" O\'Hara"}'],
		['["[[address.city]]"]', '["Łódź"]'],
		['{"total": [[total]]}', '{"total": 0}'],
		['{"broken: [[name]]', '{"broken: Ana "Ace" O\'Hara'],
		// A name as the column has it, or nearly.
		['[[First Name ]], [[First Name]], [[first name]], [[FIRST  NAME]]', 'Ana, Ana, Ana, Ana'],
		['[[phone]] in [[Address.City]]', '+14155550123 in Łódź'],
		// Brackets that are only that.
		['\\[[name]] is [[total]]', '[[name]] is 0'],
		['{"text": "\\[[name]] [[name]]"}', '{"text": "[[name]] Ana \\"Ace\\" O\'Hara"}'],
		// As it is, on purpose.
		['[[{name}]] [[{ name }]]', 'Ana "Ace" O\'Hara Ana "Ace" O\'Hara'],
		['{"text": [[{total}]]}', '{"text": 0}'],
	])('in %s', (text, expected) => expect(merge(text, ana)).toBe(expected));

	it.each([
		[
			'a value',
			'<b>[[markup]]</b>',
			'<b>Tom &amp; Jerry &lt;Sales&gt; &quot;A&quot; &#39;B&#39;</b>',
		],
		['a value on purpose as it is', '<b>[[{markup}]]</b>', `<b>${String(ana.markup)}</b>`],
		['an attribute', '<a title="[[name]]">', '<a title="Ana &quot;Ace&quot; O&#39;Hara">'],
		['brackets', '<b>\\[[markup]]</b>', '<b>[[markup]]</b>'],
	])('in HTML escape %s', (_what, text, expected) => {
		const options = { name: 'html', html: ['html'] };
		expect(merge(text, ana, text, options)).toBe(expected);
		expect(merge({ parts: [{ html: text, text: '[[name]]' }] }, ana, undefined, options)).toEqual({
			parts: [{ html: expected, text: ana.name }],
		});
		expect(merge('[[markup]]', ana, '[[markup]]', { name: 'text', html: ['html'] })).toBe(
			ana.markup,
		);
	});

	it('are found however deep, and the rest is left alone', () => {
		const draft = { actions: { action: [{ text: '[[total]]', url: 'x' }] }, returnAll: true };
		expect(merge(draft, ana)).toEqual({
			actions: { action: [{ text: '0', url: 'x' }] },
			returnAll: true,
		});
		expect(merge({ a: ['[[total]]', 1, null], b: { c: '[[total]]' } } as IDataObject, ana)).toEqual(
			{
				a: ['0', 1, null],
				b: { c: '0' },
			},
		);
	});

	it.each([
		'missing',
		'empty',
		'nothing',
		'address.street',
		'toString',
		'constructor',
		'__proto__.x',
		'tags.length',
		'tags.7',
	])('cannot be %s', (name) => {
		const said = refusal(() => merge(`Hi [[${name}]]`, ana));
		expect(said.message).toBe(`Merge field [[${name}]] is empty for this item`);
	});

	it.each([
		[
			'address',
			'is not text but an object',
			'[[address.city]], [[address.zip]], [[address.geo.lat]]',
		],
		['{address}', 'is not text but an object', '[[address.city]]'],
		['tags', 'is not text but a list', '[[tags.0]], [[tags.1]]'],
		['hollow', 'is not text but an object', 'Give text instead.'],
		['big', 'is 17841400000000000, a number too long to be exact', 'as text'],
	])('are text: %s is refused', (name, message, cure) => {
		for (const text of [`Hi [[${name}]]`, `{"a": "[[${name}]]"}`]) {
			const said = refusal(() => merge(text, ana));
			expect(said.message).toBe(`Merge field [[${name}]] ${message}`);
			expect(said.cure).toContain(cure);
		}
	});

	it('leave alone what an expression took from the item', () => {
		const raw = { action: [{ text: '={{ $json.note }}', url: '[[total]]' }] };
		const value = { action: [{ text: 'see [[total]]', url: '[[total]]' }] };
		expect(merge(value, ana, raw)).toEqual({ action: [{ text: 'see [[total]]', url: '0' }] });
		expect(merge('of [[total]]', ana, '={{ $json.note }}')).toBe('of [[total]]');
		// Whoever reads the item says whether the rest of an expression is the user's own text.
		expect(merge('[[total]] of us', ana)).toBe('0 of us');
	});

	it('put in what the item has, escaped so that JSON and HTML stay what they are', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (text, number) => {
				fc.pre(/[^\s\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(text));
				const item = { text, number };
				expect(merge('[[text]]', item)).toBe(text);
				expect(merge('[[number]]', item)).toBe(String(number));
				const json = merge('{"text": "[[text]]"}', item) as string;
				expect(JSON.parse(json)).toEqual({ text });
				const html = merge('[[text]]', item, undefined, { name: 'html', html: ['html'] }) as string;
				expect(html.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[&<>"']/);
			}),
		);
	});

	it('give text or are refused, whatever the item has', () => {
		fc.assert(
			fc.property(anything(), (value) => {
				const merged = attempt(() => merge('Hi [[field]]', { field: value as GenericValue }));
				if (merged !== undefined) expect(merged).toMatch(/^Hi /);
				expect(String(merged)).not.toContain('[object ');
			}),
		);
	});
});

describe('a field of an item', () => {
	it.each([
		['a.b', 'dotted'],
		['address.city', 'Łódź'],
		[' ADDRESS . City ', 'Łódź'],
		['first name', 'Ana'],
		['Phone', '+14155550123'],
		['tags.0', 'vip'],
		['empty', ''],
		['nothing', null],
	])('is found by its name: %s', (name, expected) => {
		expect(fieldOf(ana, name)).toBe(expected);
		expect(requireField('Recipient Field', ana, name)).toBe(expected);
	});

	it('is the exact one before one that is alike, and a name before a way', () => {
		expect(fieldOf({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1);
		expect(fieldOf({ a: { b: 2 } }, 'a.b')).toBe(2);
		expect(fieldOf({ Phone: 1, phone: 2 }, 'phone')).toBe(2);
		expect(fieldOf({ 'A.B': 1, a: { b: 2 } }, 'a.b')).toBe(2);
	});

	it('is none when more than one is alike', () => {
		const item = { Phone: 1, 'phone ': 2 };
		expect(fieldOf(item, 'phone')).toBeUndefined();
		expect(refusal(() => requireField('Recipient Field', item, 'phone'))).toEqual({
			message: 'Recipient Field "phone" is no field of this item',
			cure: 'Write exactly one of "Phone", "phone ".',
		});
	});

	it('that is not there is answered with those that are', () => {
		const item = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`column ${at}`, at]));
		expect(refusal(() => requireField('Recipient Field', item, 'phone'))).toEqual({
			message: 'Recipient Field "phone" is no field of this item',
			cure: `The item has ${Array.from({ length: 10 }, (_, at) => `"column ${at}"`).join(', ')} and more.`,
		});
		expect(refusal(() => requireField('Recipient Field', {}, 'phone')).cure).toBe(
			'The item has no fields.',
		);
		expect(() => requireField('Recipient Field', ana, ' ')).toThrow('Recipient Field is empty');
	});

	it.each([
		['+14155550123', { phone: '+14155550123' }, 'phone'],
		[14155550123, { phone: 14155550123 }, 'phone'],
		['14155550123', { name: 'Ana', phone: 14155550123 }, 'phone'],
		['ana@example.com', { email: 'ana@example.com' }, 'email'],
		['+14155550123', { '\ufeffphone': '+14155550123' }, '\ufeffphone'],
	])('is named, not dragged in as its value: %j', (value, item, name) => {
		const said = refusal(() => requireField('Recipient Field', item, value));
		expect(said.message).toContain(
			`Recipient Field is "${value}", which is the value of the field`,
		);
		expect(said.cure).toContain(name.replace('\ufeff', ''));
		expect(said.cure).toContain('without an expression');
	});

	it('is found or refused, whatever is asked for', () => {
		const items = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.object()));
		fc.assert(
			fc.property(items, anything(), (item, name) => {
				attempt(() => requireField('Field', item as IDataObject, name));
				for (const key of Object.keys(item)) {
					expect(fieldOf(item as IDataObject, key)).toBe(item[key]);
				}
			}),
		);
	});
});
