import {
	contactOf,
	contactPath,
	identifierFrom,
	parseIdentifier,
} from '../../../nodes/Aelyst/contact';
import { refusal } from './support';

describe('the contact of a draft', () => {
	it.each([
		[{ contactBy: 'id', contactId: '123' }, 'id:123'],
		[{ contactBy: 'id', contactId: 123 }, 'id:123'],
		[{ contactBy: 'email', email: ' ana@example.com ' }, 'email:ana@example.com'],
		[{ contactBy: 'phone', phone: '+60 12-123 3112' }, 'phone:+60121233112'],
		[{ phone: '0060121233112' }, 'phone:+60121233112'],
		[{ contactBy: 'identifier', identifier: 'id:123' }, 'id:123'],
		[{ contactBy: 'identifier', identifier: ' Phone:+60 12 123 3112' }, 'phone:+60121233112'],
		[{ contactBy: 'identifier', identifier: 'email:abdc@gmail.com' }, 'email:abdc@gmail.com'],
	])('%p is %s', (draft, identifier) => {
		expect(contactOf(draft)).toBe(identifier);
	});

	it.each([
		[{ contactBy: 'id', contactId: '' }, 'Contact is empty', 'Pick a contact'],
		[
			{ contactBy: 'id', contactId: 'ana@example.com' },
			'Contact "ana@example.com" is not the ID of a contact',
			'Choose Email Address or Phone Number instead',
		],
		[
			{ contactBy: 'id', contactId: '../1' },
			'Contact "../1" is not the ID',
			'a number such as 123',
		],
		[{ contactBy: 'id', contactId: '0' }, 'Contact "0" is not the ID', ''],
		[
			{ contactBy: 'email', email: 'ana' },
			'Email Address "ana" is not an email',
			'ana@example.com',
		],
		[
			{ contactBy: 'phone', phone: '60 12-123 3112' },
			'Phone Number "60 12-123 3112" needs + and the country code',
			'use +60121233112',
		],
		[{ contactBy: 'phone', phone: undefined }, 'Phone Number is empty', '+14155550123'],
		[
			{ contactBy: 'identifier', identifier: '+60121233112' },
			'Identifier "+60121233112" has no prefix',
			'Write phone:+60121233112.',
		],
		[{ contactBy: 'identifier', identifier: '123' }, 'has no prefix', 'Write id:123.'],
		[
			{ contactBy: 'identifier', identifier: 'ana@example.com' },
			'has no prefix',
			'Write email:ana@example.com.',
		],
		[
			{ contactBy: 'identifier', identifier: 'tel:+60121233112' },
			'Identifier "tel:+60121233112" has the unknown prefix "tel:"',
			'Write phone:+60121233112.',
		],
		[{ contactBy: 'identifier', identifier: 'Ana' }, 'has no prefix', 'Write id:123, email:'],
		[
			{ contactBy: 'identifier', identifier: 'phone:60121233112' },
			'needs + and the country code',
			'use +60121233112',
		],
		[{ contactBy: 'identifier', identifier: 'id:abc' }, '"abc" is not the ID of a contact', ''],
		[{ contactBy: 'identifier', identifier: 'email:' }, 'Identifier is empty', ''],
		[{ contactBy: 'identifier', identifier: '' }, 'Identifier is empty', 'Enter id:123'],
	])('%p is refused', (draft, message, cure) => {
		const said = refusal(() => contactOf(draft));
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});
});

describe('the path of a contact', () => {
	it.each([
		['id:123', '/contact/id:123'],
		['phone:+60121233112', '/contact/phone:%2B60121233112'],
		['email:abdc@gmail.com', '/contact/email:abdc%40gmail.com'],
		['email:a/b?c#d@example.com', '/contact/email:a%2Fb%3Fc%23d%40example.com'],
	])('of %s is %s', (identifier, path) => {
		expect(contactPath(identifier)).toBe(path);
	});
});

it('a recipient of a bulk may be of any kind', () => {
	expect(identifierFrom('phone', 'Recipient', '+60 121233112')).toBe('phone:+60121233112');
	expect(identifierFrom('id', 'Recipient', 123)).toBe('id:123');
	expect(identifierFrom('identifier', 'Recipient', 'ID:123')).toBe('id:123');
	expect(parseIdentifier('Recipient', 'phone:+60121233112')).toEqual({
		kind: 'phone',
		value: '+60121233112',
	});
});
