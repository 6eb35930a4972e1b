import { requireField } from '../../../nodes/input/field';
import { requireNumber, requireWhole } from '../../../nodes/input/number';
import { smsFacts } from '../../../nodes/input/smsLength';
import { requireText } from '../../../nodes/input/text';
import { messageKey } from '../../../nodes/delivery/run/ledger';
import { inWords, readable } from '../../../nodes/delivery/run/readable';
import { namedFiles } from '../../../nodes/Bird/bodies/media';
import { refusal } from './refusal';

const circle: Record<string, unknown> = {};
circle.self = circle;

describe('what an expression may give besides text', () => {
	it.each([
		['a BigInt', 12345678901234567890n, '12345678901234567890'],
		['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
	])('%s is read', (_what, value, expected) => {
		expect(requireText('Reference', value)).toBe(expected);
	});

	it.each([
		['a symbol', Symbol('odd'), 'a symbol'],
		['a function', () => 1, 'a function'],
		['a date that there is not', new Date('nonsense'), 'a date that there is not'],
		['a Map', new Map([['a', 1]]), 'an object'],
		['a Set', new Set(['a']), 'an object'],
		['a circle', circle, 'an object'],
		['an object without a prototype', Object.create(null), 'an object'],
	])('%s is refused in words', (_what, value, kind) => {
		expect(refusal(() => requireText('Reference', value)).message).toBe(
			`Reference is not text but ${kind}`,
		);
	});

	it('a BigInt is a whole number where it is exact', () => {
		expect(requireWhole('Limit', 50n)).toBe(50);
		expect(requireNumber('Latitude', 48n)).toBe(48);
		expect(refusal(() => requireWhole('Limit', 2n ** 60n)).message).toContain('is not a whole');
	});

	it('is told apart in the ledger, whatever it is', () => {
		const key = (value: unknown) => messageKey(0, 0, { value });
		expect(key(1n)).toBe(key(1n));
		expect(key(1n)).not.toBe(key(2n));
		expect(key({ n: 1n, circle })).toBe(key({ n: 1n, circle }));
		expect(key(circle)).not.toBe(key({ self: 1 }));
	});

	it("is refused in words in place of JavaScript's", () => {
		const deep = (): unknown => deep();
		expect(refusal(() => readable('The field "text"', deep))).toEqual({
			message:
				'The field "text" holds something that cannot be read, such as an object that holds itself',
			cure: expect.stringContaining('Check the expression'),
		});
		const own = new Error('No path back to referenced node');
		expect(inWords('The item', own)).toBe(own);
	});
});

describe('a number that is refused', () => {
	it('says what to do besides', () => {
		const said = refusal(() => requireWhole('Validity', 'x', { min: 0 }, 'It is in seconds.'));
		expect(said.cure).toBe('Enter a whole number from 0. It is in seconds.');
		expect(refusal(() => requireNumber('Latitude', '', {}, 'In degrees.')).cure).toBe(
			'Enter a number. In degrees.',
		);
	});
});

describe('the way to a field, as the editor writes it', () => {
	const item = {
		customer: { 'First Name': 'Ana', 'a.b': 'dots', phones: ['+1', '+2'] },
		'odd[name]': 'as it is',
	};

	it.each([
		['customer["First Name"]', 'Ana'],
		["customer['First Name']", 'Ana'],
		['customer["first name "]', 'Ana'],
		['customer["a.b"]', 'dots'],
		['["customer"]["First Name"]', 'Ana'],
		['customer.phones[1]', '+2'],
		['customer.phones.1', '+2'],
		['customer["phones"][0]', '+1'],
		[' customer[ "First Name" ] ', 'Ana'],
		['odd[name]', 'as it is'],
	])('%s', (way, expected) => {
		expect(requireField('Recipient Field', item as never, way)).toBe(expected);
	});

	it.each(['customer["Nope"]', 'customer[First Name]', 'customer["First Name"', 'customer[]'])(
		'%s is no field, and the refusal says which there are',
		(way) => {
			const said = refusal(() => requireField('Recipient Field', item as never, way));
			expect(said.message).toContain('is no field of this item');
			expect(said.cure).toContain('customer');
		},
	);
});

describe('what an SMS costs', () => {
	it.each([
		['Hello', { encoding: 'GSM-7', segments: 1 }],
		['Café €5', { encoding: 'GSM-7', segments: 1 }],
		['Łódź', { encoding: 'UCS-2', segments: 1, costlyCharacter: 'Ł' }],
		[`${'a'.repeat(159)}ç`, { encoding: 'UCS-2', segments: 3, costlyCharacter: 'ç' }],
		['a\u200bb', { encoding: 'UCS-2', segments: 1, costlyCharacter: '⟨U+200B⟩' }],
	])('%s', (text, expected) => {
		expect(smsFacts(text)).toEqual(expected);
	});
});

describe('files that a field names', () => {
	const file = { mimeType: 'image/png', data: 'aGk=' };

	it.each([
		['names', 'data, photo', ['data', 'photo']],
		['a list of names', ['data', 'photo'], ['data', 'photo']],
		['a file', file, [file]],
		['files', [file, file], [file, file]],
		['both', [file, 'photo'], [file, 'photo']],
	])('may be %s', (_what, binaryFields, expected) => {
		expect(namedFiles({ binaryFields: binaryFields as never })).toEqual(expected);
	});

	it.each([
		['nothing', ''],
		['an empty list', []],
	])('may not be %s', (_what, binaryFields) => {
		expect(refusal(() => namedFiles({ binaryFields })).message).toContain('is empty');
	});
});
