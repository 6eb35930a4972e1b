import { readVariables } from '../../../nodes/input/variables';

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
