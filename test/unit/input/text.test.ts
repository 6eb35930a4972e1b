import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isBlank, withoutBlanks } from '../../../nodes/input/blank';
import { requireChoice } from '../../../nodes/input/choice';
import { requireNumber, requireWhole } from '../../../nodes/input/number';
import { optionalText, requireText } from '../../../nodes/input/text';
import { anything, attempt } from './anything';
import { refusal } from './refusal';

describe('text', () => {
	it.each([
		['text', 'Hello', 'Hello'],
		['blanks around it', '  Hello \n', '  Hello \n'],
		['an emoji', 'Hi 👩‍👩‍👧', 'Hi 👩‍👩‍👧'],
		['what is written from the right', 'שלום, עולם', 'שלום, עולם'],
		['a great deal of text', 'x'.repeat(100_000), 'x'.repeat(100_000)],
		['a number', 1042, '1042'],
		['zero', 0, '0'],
		['a price', 12.5, '12.5'],
		['a small number', 0.0000001, '0.0000001'],
		['a long number that is exact', 9007199254740991, '9007199254740991'],
		['a bigint', 17841400000000001n, '17841400000000001'],
		['yes', true, 'true'],
		['no', false, 'false'],
		['a date', new Date('2026-11-27T10:00:00Z'), '2026-11-27T10:00:00.000Z'],
		[
			'{{ $now }}',
			DateTime.fromISO('2026-11-27T10:00:00', { zone: 'Europe/Berlin' }),
			'2026-11-27T10:00:00.000+01:00',
		],
	])('is %s', (_what, value, expected) => {
		expect(requireText('Reference', value)).toBe(expected);
		expect(optionalText('Reference', value)).toBe(expected);
	});

	it.each([undefined, null, '', '   ', '\n\t', '\u200b', '\u00a0\u2060'])(
		'may be left out where it is optional, as %j',
		(value) => {
			expect(optionalText('Caption', value)).toBeUndefined();
			expect(refusal(() => requireText('Caption', value, 'Enter it.'))).toEqual({
				message: 'Caption is empty',
				cure: 'Enter it.',
			});
		},
	);

	it('may be blanks alone where that is meant', () => {
		expect(requireText('Text', ' ', 'Enter it.', { allowBlank: true })).toBe(' ');
		for (const value of ['', undefined, null]) {
			expect(() => requireText('Text', value, 'Enter it.', { allowBlank: true })).toThrow(
				'Text is empty',
			);
		}
	});

	it.each([
		[
			'an object',
			{ city: 'Łódź', zip: '90-001', geo: { lat: 51.7 }, empty: null },
			'is not text but an object',
			'Take one of its values: city, zip, geo.lat.',
		],
		[
			'a great object',
			Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`f${at}`, at])),
			'is not text but an object',
			'f0, f1, f2, f3, f4, f5, f6, f7, f8, f9.',
		],
		['an empty object', {}, 'is not text but an object', 'Enter it.'],
		['a list', ['a', 'b'], 'is not text but a list', "join them with .join(', ')"],
		['a function', () => 1, 'is not text', 'Enter it.'],
		['a date that is none', new Date('x'), 'is not text but a date that there is not', 'Enter it.'],
		[
			'lost digits',
			Number('17841400000000001'),
			'is 17841400000000000, a number too long',
			'as text',
		],
		['a huge number', 1e21, 'is 1e+21, a number too long to be exact', 'as text'],
		['no number', Number.NaN, 'is NaN', 'Give text instead'],
		['no end', Infinity, 'is Infinity', 'Give text instead'],
	])('is not %s', (_what, value, message, cure) => {
		const said = refusal(() => requireText('Text', value, 'Enter it.'));
		expect(said.message).toContain(`Text ${message}`);
		expect(said.cure).toContain(cure);
		expect(refusal(() => optionalText('Text', value)).message).toBe(said.message);
	});

	it('is read once and for all, whatever is entered', () => {
		fc.assert(
			fc.property(anything(), (value) => {
				const text = attempt(() => optionalText('Text', value));
				if (text === undefined) return;
				expect(text).not.toContain('[object ');
				expect(optionalText('Text', text)).toBe(isBlank(text) ? undefined : text);
				if (typeof value === 'string') expect(text).toBe(value);
				if (typeof value === 'number') expect(Number(text)).toBeCloseTo(value, 10);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('what holds nothing', () => {
	it('is left out, but not false and 0 and dates', () => {
		const date = new Date(0);
		expect(
			withoutBlanks({ a: '', b: null, c: [], d: {}, e: 0, f: false, g: 'x', h: date, i: '\u200b' }),
		).toEqual({ e: 0, f: false, g: 'x', h: date });
	});
});

describe('a whole number', () => {
	it.each([
		[5, 5],
		['5', 5],
		[' 5 ', 5],
		['5.0', 5],
		['1e3', 1000],
		[-0, 0],
	])('is %j', (value, expected) => expect(requireWhole('Max', value)).toBe(expected));

	it.each([
		[0.4, 'Max "0.4" is not a whole number from 1 to 50'],
		['0.4', 'Max "0.4" is not a whole number from 1 to 50'],
		[0, 'Max "0" is not a whole number from 1 to 50'],
		[51, 'Max "51" is not a whole number from 1 to 50'],
		['many', 'Max "many" is not a whole number from 1 to 50'],
		['0x10', 'Max "0x10" is not a whole number from 1 to 50'],
		['1,5', 'Max "1,5" is not a whole number from 1 to 50'],
		[true, 'Max "true" is not a whole number from 1 to 50'],
		[Number.NaN, 'Max "NaN" is not a whole number from 1 to 50'],
		[[5], 'Max: a list is not a whole number from 1 to 50'],
		[{}, 'Max: an object is not a whole number from 1 to 50'],
		['', 'Max is empty'],
		[null, 'Max is empty'],
	])('is not %j', (value, message) => {
		const said = refusal(() => requireWhole('Max', value, { min: 1, max: 50 }));
		expect(said).toEqual({ message, cure: 'Enter a whole number from 1 to 50.' });
	});

	it('has its bounds in words', () => {
		expect(refusal(() => requireWhole('Max', 0, { min: 1 })).message).toBe(
			'Max "0" is not a whole number from 1',
		);
		expect(refusal(() => requireWhole('Max', 3, { max: 2 })).cure).toBe(
			'Enter a whole number up to 2.',
		);
		expect(() => requireWhole('Max', 2 ** 53)).toThrow('is not a whole number');
	});

	it('is read once and for all, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.integer().map(String)), (value) => {
				const whole = attempt(() => requireWhole('Max', value));
				if (whole === undefined) return;
				expect(Number.isSafeInteger(whole)).toBe(true);
				expect(requireWhole('Max', whole)).toBe(whole);
				expect(requireWhole('Max', String(whole))).toBe(whole);
			}),
		);
	});
});

describe('a number', () => {
	it.each([
		[2.5, 2.5],
		['2.5', 2.5],
		['-0.5', -0.5],
		['.5', 0.5],
		[0, 0],
	])('is %j', (value, expected) => expect(requireNumber('Rate', value)).toBe(expected));

	it.each(['2,5', '1.2.3', '', 'Infinity', Infinity, '1e999', {}, [], null])(
		'is not %j',
		(value) => {
			expect(refusal(() => requireNumber('Latitude', value)).message).toMatch(/^Latitude:? /);
		},
	);

	it('keeps to its bounds', () => {
		expect(refusal(() => requireNumber('Latitude', 91, { min: -90, max: 90 })).message).toBe(
			'Latitude "91" is not a number from -90 to 90',
		);
	});

	it('is read once and for all, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.double().map(String)), (value) => {
				const number = attempt(() => requireNumber('Rate', value));
				if (number !== undefined) expect(requireNumber('Rate', number)).toBe(number);
			}),
		);
	});
});

describe('a choice', () => {
	const CHOICES = ['sms', 'whatsApp', 'rcs'] as const;

	it.each([
		['sms', 'sms'],
		[' WhatsApp\n', 'whatsApp'],
		['R\u200bCS', 'rcs'],
	])('is %j', (value, expected) => expect(requireChoice('Channel', value, CHOICES)).toBe(expected));

	it.each([
		['fax', 'Channel "fax" is none of the choices'],
		['', 'Channel is empty'],
		[null, 'Channel is empty'],
		[1, 'Channel "1" is none of the choices'],
		[{}, 'Channel: an object is none of the choices'],
	])('is not %j', (value, message) => {
		const said = refusal(() => requireChoice('Channel', value, CHOICES));
		expect(said).toEqual({ message, cure: 'Choose one of: sms, whatsApp, rcs.' });
	});

	it('keeps capitals where only they tell choices apart', () => {
		expect(requireChoice('Case', 'a', ['A', 'a'])).toBe('a');
		expect(() => requireChoice('Case', 'a ', ['A', 'a'])).toThrow('none of the choices');
	});

	it('is one of them or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.constantFrom(...CHOICES)), (value) => {
				const choice = attempt(() => requireChoice('Channel', value, CHOICES));
				if (choice === undefined) return;
				expect(CHOICES).toContain(choice);
				expect(requireChoice('Channel', choice, CHOICES)).toBe(choice);
			}),
		);
	});
});
