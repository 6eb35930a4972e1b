import fc from 'fast-check';
import { DELIVERY_STATUSES, toDeliveryStatus } from '../../../nodes/message/deliveryStatus';
import { isEmail, requireEmail } from '../../../nodes/input/email';
import { requirePhone, toE164 } from '../../../nodes/input/phone';
import { requireJsonObject } from '../../../nodes/input/json';
import { requireUrl } from '../../../nodes/input/url';
import { toList } from '../../../nodes/input/list';
import { withoutBlanks } from '../../../nodes/input/blank';

describe('toDeliveryStatus', () => {
	const table = { delivered: 'delivered', oops: 'failed' } as const;
	it('knows the words of the table in any case', () => {
		expect(toDeliveryStatus(table, 'DELIVERED')).toBe('delivered');
		expect(toDeliveryStatus(table, 'Oops')).toBe('failed');
	});
	it('never throws, whatever a vendor says', () => {
		fc.assert(
			fc.property(fc.anything(), (word) => {
				expect(DELIVERY_STATUSES).toContain(toDeliveryStatus(table, word));
			}),
		);
		expect(toDeliveryStatus(table, 'constructor')).toBe('unknown');
	});
});

describe('toE164', () => {
	it.each([
		['+1 (415) 555-0123', '+14155550123'],
		['0031 6 12.34.56.78', '+31612345678'],
		[' +5511912345678 ', '+5511912345678'],
		['+5215512345678', '+5215512345678'],
		['+1\u2011415\u00a0555 0123', '+14155550123'],
	])('brings %j to %s', (value, expected) => expect(toE164(value)).toBe(expected));

	it.each([
		'4155550123',
		'+0123456789',
		'+123',
		'+12345678901234567',
		'ana@example.com',
		'',
		null,
		{},
	])('does not guess %j', (value) => expect(toE164(value)).toBeUndefined());

	it('leaves a number in E.164 as it is', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (number) => {
				expect(toE164(number)).toBe(number);
			}),
		);
	});
});

describe('what is asked of input', () => {
	it('names the field and the normalised form of a phone number without +', () => {
		expect(() => requirePhone('To', '14155550123')).toThrow(
			expect.objectContaining({
				message: 'To "14155550123" is not a phone number in E.164 format',
				cure: expect.stringContaining('+14155550123'),
			}),
		);
		expect(() => requirePhone('To', ' ')).toThrow('To is empty');
	});

	it('tells addresses from what is none', () => {
		for (const good of ['a@b.co', 'ana.b+c@mail.example.com']) expect(isEmail(good)).toBe(true);
		for (const bad of ['a@b', 'a b@c.de', '@b.co', 'a@b.co, c@d.co', 'a@.co', '', undefined]) {
			expect(isEmail(bad)).toBe(false);
		}
		expect(requireEmail('To', ' a@b.co ')).toBe('a@b.co');
		expect(() => requireEmail('To', 'x')).toThrow('To "x" is not an email address');
	});

	it('reads JSON that is text or an object, and nothing else', () => {
		expect(requireJsonObject('Meta', '{"a":1}')).toEqual({ a: 1 });
		expect(requireJsonObject('Meta', { a: 1 })).toEqual({ a: 1 });
		expect(() => requireJsonObject('Meta', '{a')).toThrow(/^Meta is not valid JSON/);
		for (const other of ['[]', '1', 'null', [], 5]) {
			expect(() => requireJsonObject('Meta', other)).toThrow('Meta is not a JSON object');
		}
	});

	it('takes full URLs only', () => {
		expect(requireUrl('URL', 'https://example.com/a?b=c')).toBe('https://example.com/a?b=c');
		for (const bad of ['example.com', 'javascript:alert(1)', 'ftp://a.b', '/a']) {
			expect(() => requireUrl('URL', bad)).toThrow(`URL "${bad}" is not a valid URL`);
		}
	});

	it('splits lists at commas and lines', () => {
		expect(toList('a, b\n c,,')).toEqual(['a', 'b', 'c']);
		expect(toList([' a ', 'b'])).toEqual(['a', 'b']);
		expect(toList(undefined)).toEqual([]);
	});

	it('leaves out what holds nothing, but not false and 0', () => {
		expect(withoutBlanks({ a: '', b: null, c: [], d: {}, e: 0, f: false, g: 'x' })).toEqual({
			e: 0,
			f: false,
			g: 'x',
		});
	});
});
