import examples from 'libphonenumber-js/examples.mobile.json';
import fc from 'fast-check';
import { countries, readCountry } from '../../../nodes/input/country';
import { InvalidInput } from '../../../nodes/input/invalidInput';
import { requirePhone, requirePhones, toE164 } from '../../../nodes/input/phone';
import { refusal } from './refusal';

const UNSEEN = [0x00ad, 0x200b, 0x200e, 0x202a, 0x202c, 0x2066, 0x2069, 0xfe0f, 0xfeff].map(
	(code) => String.fromCodePoint(code),
);

describe('a phone number with its country code', () => {
	it.each([
		['separators', '+1 (415) 555-0123', '+14155550123'],
		['00 for +', '0031 6 12.34.56.78', '+31612345678'],
		['blanks around', ' +5511912345678 \n', '+5511912345678'],
		['dashes of all kinds', '+1\u2011415\u00a0555\u20130123', '+14155550123'],
		['a national zero', '+44 (0) 7700 900123', '+447700900123'],
		['a national zero after 00', '0044(0)7700900123', '+447700900123'],
		['a national zero without brackets', '+44 07700 900123', '+447700900123'],
		['a zero that Poland once had', '+48 (0) 512 345 678', '+48512345678'],
		['a zero that Denmark never had', '+45 (0) 34 41 23 45', '+4534412345'],
		['a zero that belongs to it in Italy', '+39 (0)6 12345678', '+390612345678'],
		['an apostrophe of a spreadsheet', "'+14155550123", '+14155550123'],
		['a curly apostrophe', '’+14155550123', '+14155550123'],
		['a formula', '="+14155550123"', '+14155550123'],
		['a formula without quotation marks', '=+14155550123', '+14155550123'],
		['quotation marks', '"+14155550123"', '+14155550123'],
		['a link', 'tel:+1-415-555-0123', '+14155550123'],
		['a number with decimals', '+14155550123.0', '+14155550123'],
		['full-width digits', '＋１４１５５５５０１２３', '+14155550123'],
		['Arabic digits', '+٩٦٦٥٠١٢٣٤٥٦٧', '+966501234567'],
		['Persian digits', '+۹۸۹۱۲۳۴۵۶۷۸۹', '+989123456789'],
		['Devanagari digits', '+९१ ८१२३४ ५६७८९', '+918123456789'],
		['a range that nobody has yet', '+4915999999999', '+4915999999999'],
		['a drama number', '+447700900123', '+447700900123'],
		['a Mexican number as WhatsApp has it', '+52 1 55 1234 5678', '+5215512345678'],
		['a Brazilian number without its new 9', '+55 11 8765-4321', '+551187654321'],
		['an Argentine mobile number', '+54 9 11 1234 5678', '+5491112345678'],
		['the digits of every manual', '+1 234 567890', '+1234567890'],
		['a slash', '+49 171/1234567', '+491711234567'],
		['a satellite phone', '+870 773 123456', '+870773123456'],
	])('may have %s: %j', (_what, text, expected) => {
		expect(toE164(text)).toBe(expected);
		expect(requirePhone('To', text)).toBe(expected);
		expect(requirePhone('To', text, 'DE')).toBe(expected);
	});

	it.each(UNSEEN)('may have characters that nobody sees: %j', (unseen) => {
		expect(toE164(`${unseen}+1415${unseen}5550123${unseen}`)).toBe('+14155550123');
	});

	it.each([
		['two lines', '+4512345678\n1234', 'To "+4512345678⟨line break⟩1234" has two lines'],
		['an extension', '+1 415 555 0123 x12', 'To "+1 415 555 0123 x12" has an extension'],
		['an extension', '+1 415 555 0123 ext. 12', 'has an extension, which no message reaches'],
		['an extension', '+1 415 555 0123 #12', 'has an extension'],
		['an extension', 'tel:+14155550123;ext=12', 'has an extension'],
		['letters', '+1-800-FLOWERS', 'To "+1-800-FLOWERS" has letters'],
		['a word', 'mobile +14155550123', 'has letters'],
		['two numbers', '+4512345678, +4512345679', 'holds more than one number'],
		['two numbers', '+4512345678/+4512345679', 'holds more than one number'],
		['two numbers', '+4512345678; 12345679', 'holds more than one number'],
		['a second ending', '+49 30 123456/57', 'holds a slash, which may mean two numbers'],
		['too few digits', '+1415555012', 'is too short or too long for the country code +1'],
		['too many digits', '+45123456789', 'is too short or too long for DK'],
		['no country', '+999 123 456 789', 'does not start with the code of a country'],
		['a zero after the +', '+0123456789', 'does not start with the code of a country'],
		['lost digits', '1.41555E+10', 'is a number that a spreadsheet has cut short'],
		['lost digits', '1,41555E+10', 'is a number that a spreadsheet has cut short'],
		['lost digits', '4.47701E11', 'is a number that a spreadsheet has cut short'],
		['the result of a formula', '-5099', 'is not a phone number but the result of a calculation'],
		['a strange character', '+1415555★0123', 'has ⟨U+2605⟩ in it'],
		['a superscript', '+1415555012³', 'has ⟨U+00B3⟩ in it'],
		['an email address', 'ana1@example.com', 'is not a phone number'],
		['no digit', 'Ana', 'To "Ana" is not a phone number'],
		['far too much', '1'.repeat(100_000), 'is too long'],
		['far too many apostrophes', "'".repeat(100_000), 'is too long'],
		['what is dialled at home', '+54 11 15 1234 5678', 'is not how a number is written with its'],
		['nothing', '', 'To is empty'],
		['nothing that anybody sees', ' \u200b ', 'To is empty'],
	])('cannot have %s: %j', (_what, text, message) => {
		expect(refusal(() => requirePhone('To', text)).message).toContain(message);
		expect(refusal(() => requirePhone('To', text, 'DE')).message).toContain(message);
		expect(toE164(text)).toBeUndefined();
	});

	it.each([
		[null, 'To is empty'],
		[undefined, 'To is empty'],
		[{ phone: '+14155550123' }, 'To holds an object, which is not a phone number'],
		[['+14155550123'], 'To holds a list, which is not a phone number'],
		[true, 'To holds "true", which is not a phone number'],
		[1.5, 'To "1.5" is not a phone number but the result of a calculation'],
		[-5099, 'is not a phone number but the result of a calculation'],
		[1e21, 'is not a phone number but the result of a calculation'],
		[Number.NaN, 'is not a phone number but the result of a calculation'],
	])('is not %p', (value, message) => {
		expect(refusal(() => requirePhone('To', value)).message).toContain(message);
		expect(toE164(value)).toBeUndefined();
	});

	it('shows what nobody sees in what is refused', () => {
		expect(refusal(() => requirePhone('To', '+1415\u202c')).message).toBe(
			'To "+1415⟨U+202C⟩" is not possible: it is too short or too long for the country code +1',
		);
	});

	it('says how to keep a spreadsheet from cutting numbers', () => {
		expect(refusal(() => requirePhone('To', '1.41555E+10')).cure).toBe(
			'Format the column as text before the numbers are entered.',
		);
	});
});

describe('a phone number without its country code', () => {
	it.each([
		['0171 1234567', 'If not, choose the country under Default Country in the options.'],
		['14155550123', 'If the country code is already there, use +14155550123.'],
		[14155550123, 'If the country code is already there, use +14155550123.'],
		['07700 900123', 'Default Country'],
		['12345', 'Default Country'],
	])('is never guessed: %j', (value, cure) => {
		const said = refusal(() => requirePhone('To', value));
		expect(said.message).toBe(`To "${value}" needs + and the country code`);
		if (!String(value).startsWith('0')) expect(said.cure).toContain(cure);
		expect(said.cure).toContain('Default Country');
		expect(toE164(value)).toBeUndefined();
	});

	it.each([
		['0171 1234567', 'DE', '+491711234567'],
		['0171/1234567', 'de', '+491711234567'],
		['(0171) 1234567', ' De ', '+491711234567'],
		['07700 900123', 'GB', '+447700900123'],
		['14155550123', 'US', '+14155550123'],
		['(415) 555-0123', 'US', '+14155550123'],
		[14155550123, 'US', '+14155550123'],
		['14155550123.0', 'US', '+14155550123'],
		['1.4155550123E+10', 'US', '+14155550123'],
		['447700900123', 'GB', '+447700900123'],
		['011 44 7700 900123', 'US', '+447700900123'],
		['0011 44 7700 900123', 'AU', '+447700900123'],
		['06 12345678', 'IT', '+390612345678'],
		['8 912 345 67 89', 'RU', '+79123456789'],
		['11 15 2345-6789', 'AR', '+5491123456789'],
		// The zero in front was lost, because the column held numbers.
		[1711234567, 'DE', '+491711234567'],
		[7700900123, 'GB', '+447700900123'],
		[612345678, 'IT', '+390612345678'],
		[3123456789, 'IT', '+393123456789'],
		['٠١٧١ ١٢٣٤٥٦٧', 'DE', '+491711234567'],
		["'0171 1234567", 'DE', '+491711234567'],
	])('is read in the country that was chosen: %j in %s', (value, country, expected) => {
		expect(requirePhone('To', value, country)).toBe(expected);
		expect(toE164(value, country)).toBe(expected);
	});

	it.each([
		['447700900123', 'US', 'is not a possible phone number in US'],
		['0171 1234567', 'US', 'is not a possible phone number in US'],
		['112', 'DE', 'is not a possible phone number in DE'],
		['5550123', 'US', 'is not a possible phone number in US'],
		['4917112345678', 'DE', 'can be read as more than one number in DE'],
		['+1415555012', 'US', 'is too short or too long'],
	])('is refused where it is not certain: %j in %s', (value, country, message) => {
		expect(refusal(() => requirePhone('To', value, country)).message).toContain(message);
		expect(toE164(value, country)).toBeUndefined();
	});
});

describe('the default country', () => {
	it.each([undefined, null, '', ' '])('may be none: %p', (value) => {
		expect(readCountry(value)).toBeUndefined();
	});

	it.each([
		['UK', ' "UK" is not a country code'],
		['Germany', ' "Germany" is not a country code'],
		['+49', ' "+49" is not a country code'],
		[49, ' "49" is not a country code'],
		[{}, ': an object is not a country code'],
	])('is none of %p', (value, message) => {
		for (const attempt of [
			() => readCountry(value),
			() => requirePhone('To', '+14155550123', value),
		]) {
			expect(refusal(attempt)).toEqual({
				message: `Default Country${message}`,
				cure: 'Enter the two letters of the country, such as US, GB or DE.',
			});
		}
		expect(toE164('+14155550123', value)).toBe('+14155550123');
		expect(toE164('0171 1234567', value)).toBeUndefined();
	});

	it('is chosen from all countries, by their names', () => {
		const list = countries();
		expect(list.length).toBeGreaterThan(240);
		expect(list).toContainEqual({ code: 'DE', name: 'Germany', callingCode: '49' });
		expect(list.filter(({ code, name }) => code === name)).toEqual([]);
		expect([...list].sort((a, b) => a.name.localeCompare(b.name, 'en'))).toEqual(list);
	});
});

describe('several bad phone numbers', () => {
	const said = (value: unknown) => refusal(() => requirePhones('Recipients', value));

	it('are all named, each with what it needs', () => {
		expect(said('0171 1234567, +14155550123, Ana\n555 0123')).toEqual({
			message:
				'Recipients has 3 mistakes: "0171 1234567" needs + and the country code; "Ana" is not a phone number; "555 0123" needs + and the country code',
			cure: 'Correct them, or take them out.',
		});
	});

	it('are mended the same way where they have the same fault', () => {
		expect(said(['030 123', '030 124']).cure).toBe(
			'Write it with + and the country code, such as +14155550123, or choose the country under Default Country in the options.',
		);
	});

	it('are the first ten of many, and how many more', () => {
		const numbers = Array.from({ length: 22 }, (_, index) => `0171 ${index}`);
		const { message } = said(numbers.join('\n'));
		expect(message).toContain('has 22 mistakes: "0171 0" needs');
		expect(message).toContain('"0171 9" needs + and the country code; and 12 more');
		expect(message).not.toContain('"0171 10"');
	});

	it('is told as by itself where it is the only one', () => {
		expect(said('+14155550123, Ana').message).toBe('Recipients "Ana" is not a phone number');
	});
});

describe('several phone numbers', () => {
	it.each([
		['+14155550123, +447700900123', ['+14155550123', '+447700900123']],
		['+14155550123; +447700900123\n+4534412345\r\n', undefined],
		[
			['+14155550123', '', ' +447700900123'],
			['+14155550123', '+447700900123'],
		],
	])('are separated by commas, semicolons and lines: %j', (value, expected) => {
		expect(requirePhones('To', value)).toEqual(
			expected ?? ['+14155550123', '+447700900123', '+4534412345'],
		);
	});

	it.each([undefined, '', ' , ', []])('cannot be none: %p', (value) => {
		expect(() => requirePhones('To', value)).toThrow('To is empty');
	});
});

describe('of the example numbers of all countries', () => {
	const all = countries().flatMap(({ code, callingCode }) => {
		const national = (examples as Record<string, string>)[code];
		return national === undefined ? [] : [{ code, callingCode, national }];
	});

	it('each is read with its code, with a zero in brackets, and at home', () => {
		expect(all.length).toBeGreaterThan(240);
		for (const { code, callingCode, national } of all) {
			const number = `+${callingCode}${national}`;
			expect(toE164(number)).toBe(number);
			expect([code, toE164(national, code)]).toEqual([code, number]);
			// Refused where both readings are in use, but never another number.
			expect([number, undefined]).toContain(toE164(`+${callingCode} (0) ${national}`));
		}
	});
});

describe('whatever is entered', () => {
	const codes = countries().map(({ code }) => code);
	const anything = fc.oneof(
		fc.anything(),
		fc.string({ unit: 'grapheme' }),
		fc.stringMatching(/^[+0-9 ().\-x/'=e,]{0,20}$/),
		fc.double(),
		fc.integer(),
	);

	it('it is a number in the one form, or refused in words', () => {
		fc.assert(
			fc.property(anything, fc.option(fc.constantFrom(...codes)), (value, country) => {
				const number = attempt(() => requirePhone('To', value, country));
				expect(toE164(value, country)).toBe(number);
				if (number === undefined) return;
				expect(number).toMatch(/^\+[1-9]\d{4,15}$/);
				expect(requirePhone('To', number)).toBe(number);
			}),
			{
				numRuns: 3_000,
				examples: [
					[100000000, 'JE'],
					[100000000000000, 'DE'],
				],
			},
		);
	});

	it('its digits stay, except for a national zero', () => {
		const number = fc
			.constantFrom(...codes)
			.map((code) => countries().find((one) => one.code === code)?.callingCode ?? '')
			.chain((callingCode) =>
				fc.stringMatching(/^\d{4,12}$/).map((rest) => ({ callingCode, rest })),
			);
		const separator = fc.constantFrom('', ' ', '-', '.', ' (', ') ', '\u00a0', '\u200b', '\u202c');
		fc.assert(
			fc.property(
				number,
				fc.array(separator, { minLength: 16, maxLength: 16 }),
				({ callingCode, rest }, separators) => {
					const digits = [...rest].map((digit, at) => digit + separators[at]).join('');
					const read = toE164(`+${callingCode}${separators[15]}${digits}`);
					if (read === undefined) return;
					expect([rest, rest.replace(/^0/, '')]).toContain(read.slice(callingCode.length + 1));
				},
			),
			{ numRuns: 3_000 },
		);
	});
});

function attempt(read: () => string): string | undefined {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInput);
		expect(String(error)).not.toContain('[object Object]');
		return undefined;
	}
}
