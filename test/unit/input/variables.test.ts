import fc from 'fast-check';
import { readVariables, requireVariable } from '../../../nodes/input/variables';
import { anything, attempt } from './anything';
import { refusal } from './refusal';

const mapped = (value: object, schema: object[]) => ({
	variablesFrom: 'fields',
	variables: { mappingMode: 'defineBelow', value, schema },
});
const variable = (id: string, more = {}) => ({ id, required: true, ...more });

describe('the variables of a template', () => {
	it('come from the fields that were laid out', () => {
		const draft = mapped({ '1': 'Alex', '2': 7 }, [variable('1'), variable('2')]);
		expect(readVariables(draft)).toEqual({ '1': 'Alex', '2': '7' });
	});

	it('are whatever was filled in where the template is an expression', () => {
		const draft = mapped({ name: 'Ana', more: '', other: 7 }, [variable('name'), variable('code')]);
		expect(readVariables(draft, { isOwn: false })).toEqual({ name: 'Ana', other: '7' });
		expect(refusal(() => readVariables(draft)).message).toBe('Variable code is empty');
	});

	it('come from JSON, as text or as an object', () => {
		const json = { name: 'Alex', count: 2 };
		const wanted = { name: 'Alex', count: '2' };
		expect(readVariables({ variablesFrom: 'json', variablesJson: json })).toEqual(wanted);
		const text = JSON.stringify(json);
		expect(readVariables({ variablesFrom: 'json', variablesJson: text })).toEqual(wanted);
	});

	it('may be the values alone', () => {
		expect(readVariables({ variables: { '1': 'Alex' } })).toEqual({ '1': 'Alex' });
	});

	it.each([undefined, null, '', '{}'])('may be none: %p', (variablesJson) => {
		expect(readVariables({ variablesFrom: 'json', variablesJson })).toEqual({});
		expect(readVariables({ variables: variablesJson })).toEqual({});
	});

	it('leave out what may be empty, and what was taken out in the editor', () => {
		const schema = [
			variable('1'),
			variable('caption', { required: false }),
			variable('old', { removed: true }),
		];
		expect(readVariables(mapped({ '1': 'Alex', caption: '', old: '' }, schema))).toEqual({
			'1': 'Alex',
		});
	});

	it.each([
		['a required one without a value', mapped({ '1': '' }, [variable('1')]), 'Variable 1 is empty'],
		['a required one that is not there', mapped({}, [variable('1')]), 'Variable 1 is empty'],
		[
			'one that the template does not have',
			mapped({ '1': 'a', '2': 'b' }, [variable('1')]),
			'Variable 2 is not part of the template',
		],
		[
			'an empty one in JSON',
			{ variablesFrom: 'json', variablesJson: '{"1":" "}' },
			'Variable 1 is empty',
		],
		[
			'something that is not text',
			{ variablesFrom: 'json', variablesJson: { '1': { a: 1 } } },
			'Variable 1 is not text',
		],
		[
			'a list instead of an object',
			{ variablesFrom: 'json', variablesJson: '["Alex"]' },
			'Variables (JSON) is not a JSON object',
		],
		[
			'JSON that is none',
			{ variablesFrom: 'json', variablesJson: '{1}' },
			'Variables (JSON) is not valid JSON',
		],
	])('are refused: %s', (_what, draft, message) => {
		expect(() => readVariables(draft)).toThrow(message);
	});
});

describe('the value of a variable', () => {
	it.each([
		['Alex', 'Alex'],
		[' Alex ', ' Alex '],
		[7, '7'],
		[true, 'true'],
		['two\nlines', 'two\nlines'],
		['a    b', 'a    b'],
		['🎉', '🎉'],
	])('is %j', (value, expected) => expect(requireVariable('1', value)).toBe(expected));

	it.each([
		['two\nlines', 'Variable 1 "two⟨line break⟩lines" has a line break, a tab or more than four'],
		['two\r\nlines', 'Variable 1 "two⟨line break⟩lines" has a line break, a tab or more than four'],
		['a\tb', 'Variable 1 "a⟨tab⟩b" has a line break, a tab or more than four blanks in a row'],
		['a     b', 'Variable 1 "a     b" has a line break, a tab or more than four blanks in a row'],
	])('must be on one line where the channel wants that: %j', (value, message) => {
		const draft = { variablesFrom: 'json', variablesJson: { '1': value } };
		expect(readVariables(draft)).toEqual({ '1': value });
		const said = refusal(() => readVariables(draft, { oneLine: true }));
		expect(said.message).toContain(message);
		expect(said.cure).toContain('WhatsApp does not take them');
	});

	it('may be on one line', () => {
		expect(requireVariable('1', 'a    b', { oneLine: true })).toBe('a    b');
	});

	it.each([
		[{ first: 'Ana', geo: { lat: 1 } }, 'is not text but an object', 'first, geo.lat'],
		[['a'], 'is not text but a list', 'join them'],
		[Number('17841400000000001'), 'a number too long to be exact', 'as text'],
		['\u200b', 'is empty', 'the template cannot be sent without it'],
	])('is not %j', (value, message, cure) => {
		const said = refusal(() => requireVariable('name', value));
		expect(said.message).toContain('Variable name ');
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});

	it('is text or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(), fc.boolean(), (value, oneLine) => {
				const text = attempt(() => requireVariable('1', value, { oneLine }));
				if (text === undefined) return;
				expect(requireVariable('1', text, { oneLine })).toBe(text);
				if (oneLine) expect(text).not.toMatch(/[\r\n\t]| {5}/);
			}),
		);
	});
});
