import type { IDataObject } from 'n8n-workflow';

import { byId } from '../fields/everyField';
import { MEDIA_URL, People, VENDORS } from './people';

/** What people's data look like, in the sends and bulks of every vendor that they touch. */

let people: People;
let requests: number;
beforeAll(async () => (people = await People.open()));
afterAll(() => people.close());

async function run(name: string, operation: 'send' | 'bulkSend', item: object, more = {}) {
	const ran = await people.run(name, operation, { json: item as IDataObject }, more);
	({ requests } = ran);
	return { said: ran.said, sent: decodeURIComponent(ran.sent) };
}

const phoneVendors = Object.keys(VENDORS).filter((name) => VENDORS[name].takesPhones);
const operations = ['send', 'bulkSend'] as const;
const each = (names: string[]) =>
	names.flatMap((name) => operations.map((one) => [name, one] as const));

describe.each(each(phoneVendors))('phone numbers of %s, %s', (name, operation) => {
	it.each<[string, unknown, string, object]>([
		['a national zero', '+44 (0) 7700 900123', '+447700900123', {}],
		[
			'invisible characters',
			'\u202a+1\u200b415\u00ad555\u2066-0123\u2069\u202c\ufe0f',
			'+14155550123',
			{},
		],
		['a spreadsheet’s apostrophe', "'+14155550123", '+14155550123', {}],
		['a local number and its country', '0171 1234567', '+491711234567', { defaultCountry: 'DE' }],
		['another one', '07700 900123', '+447700900123', { defaultCountry: 'GB' }],
		['a number typed as a number', 4155550123, '+14155550123', { defaultCountry: 'US' }],
	])('%s is read', async (_what, to, expected, options) => {
		const { said, sent } = await run(name, operation, { to, text: 'Hello' }, { options });
		expect(said).toBe('');
		expect(requests).toBe(1);
		expect(sent).toContain(expected);
	});

	it.each<[string, unknown, RegExp]>([
		['two lines', '+4512345678\n1234', /has two lines|needs \+ and the country code/],
		['an extension', '+1 415 555 0123 x12', /has an extension/],
		['a local number', '0171 1234567', /Default Country/],
		['one that is too short', '+1415555012', /\+1415555012/],
		['one that a spreadsheet has cut short', '1.41555E+10', /cut short.*Format the column as text/],
		['an object', { city: 'Graz' }, /not text|is not a phone/],
		['nothing', '', /empty/],
	])('%s is refused in words, and nothing is sent', async (_what, to, words) => {
		const { said } = await run(name, operation, { to, text: 'Hello' });
		expect(said).toMatch(words);
		expect(said).not.toContain('[object ');
		expect(requests).toBe(0);
	});
});

describe.each(Object.keys(VENDORS))('texts of %s', (name) => {
	const { person, text } = VENDORS[name];

	it.each<[string, unknown, string]>([
		['a number', 1042, '"1042"'],
		['a boolean', true, '"true"'],
		['emoji', 'Bravo 🎉', 'Bravo 🎉'],
	])('%s is text', async (_what, value, expected) => {
		const { said, sent } = await run(name, 'send', { to: person, text: value });
		expect(said).toBe('');
		expect(sent).toContain(expected);
	});

	it.each<[string, string, RegExp]>([
		['an object', '={{ $json.address }}', /not text but an object.*city/],
		['a list', '={{ $json.tags }}', /not text but a list/],
		['a symbol', '={{ Symbol("x") }}', /not text but a symbol|empty/],
		['a BigInt that is too large for a number', '={{ {a: 10n} }}', /not text but an object/],
	])('%s is refused in words', async (_what, value, words) => {
		const item = { to: person, address: { city: 'Graz' }, tags: ['a', 'b'] };
		const { said } = await run(name, 'send', item, { [text]: value });
		expect(said).toMatch(words);
		expect(requests).toBe(0);
	});

	it('a BigInt is digits', async () => {
		const { said, sent } = await run(
			name,
			'send',
			{ to: person },
			{
				[text]: '={{ BigInt("12345678901234567890") }}',
			},
		);
		expect(said).toBe('');
		expect(sent).toContain('12345678901234567890');
	});
});

const medium = {
	bodyType: 'image',
	media: { medium: [{ mediaUrl: 'https://example.com/a.png', altText: '={{ $json.number }}' }] },
};
const html = (more: IDataObject): IDataObject => ({
	bodyType: 'html',
	text: 'Hello',
	html: '<p>Hello</p>',
	recipientBy: 'email',
	to: '={{ $json.to }}',
	...more,
});
const attached = { mediaUrl: 'https://example.com/a.pdf', url: 'https://example.com/a.pdf' };
const asNumber = '={{ $json.number }}';
const email = { to: 'ana@example.com' };

describe.each<[string, string, IDataObject, IDataObject]>([
	['bird', 'reference', { options: { reference: asNumber } }, {}],
	['bird', 'reply-to', { options: { replyTo: asNumber } }, {}],
	['bird', 'sender name', { options: { sender: '+14155550100', senderName: asNumber } }, {}],
	['bird', 'alt text', medium, {}],
	['bird', 'caption', { ...medium, text: asNumber }, {}],
	['bird', 'subject', html({ subject: asNumber }), email],
	[
		'bird',
		'file name',
		html({ attachments: { attachment: [{ source: 'url', ...attached, filename: asNumber }] } }),
		email,
	],
	['sent', 'subject', { options: { subject: asNumber } }, {}],
	['conduit', 'subject', { subject: asNumber }, {}],
	['aelyst', 'subject', { messageType: 'email', subject: asNumber }, {}],
	[
		'aelyst',
		'file name',
		{ messageType: 'email', attachments: { attachment: [{ ...attached, fileName: asNumber }] } },
		{},
	],
	['aelyst', 'title', { messageType: 'quick_reply', title: asNumber, replies: 'Yes' }, {}],
	['votel', 'subject', { sendAs: 'email', subject: asNumber }, email],
	['votel', 'sender name', { sendAs: 'email', subject: 'Hi', senderName: asNumber }, email],
])('a number in a field of %s for text, %s', (name, _field, parameters, item) => {
	it.each(operations)('is its digits, %s', async (operation) => {
		const own = { to: VENDORS[name].person, text: 'Hello', number: 1042, ...item };
		const { said, sent } = await run(name, operation, own, parameters);
		expect(said).toBe('');
		expect(requests).toBe(1);
		expect(sent).toContain('"1042"');
		expect(sent).not.toMatch(/:1042\b/);
	});
});

describe.each(Object.keys(VENDORS))('columns of a Bulk Send of %s', (name) => {
	const { person, text } = VENDORS[name];

	it.each([
		['a blank at its end', { 'First Name ': 'Ana' }, '[[First Name]]'],
		['other capitals', { 'first name': 'Ana' }, '[[First Name]]'],
		['a way to it', { address: { name: 'Ana' } }, '[[address.name]]'],
	])('are found with %s', async (_what, fields, merged) => {
		const item = { to: person, ...fields };
		const { said, sent } = await run(name, 'bulkSend', item, { [text]: `Hi ${merged}!` });
		expect(said).toBe('');
		expect(sent).toContain('Hi Ana!');
	});

	it.each<[string, string, RegExp]>([
		['an object', 'Hi [[address]]', /\[\[address\.city\]\]/],
		['an empty one', 'Hi [[nothing]]', /is empty for this item/],
	])('that are %s are refused in words', async (_what, merged, words) => {
		const item = { to: person, address: { city: 'Graz' }, nothing: '' };
		const { said } = await run(name, 'bulkSend', item, { [text]: merged });
		expect(said).toMatch(words);
		expect(requests).toBe(0);
	});

	it.each([
		['other capitals', { TO: person }],
		['a way in brackets', { to: { 'First Name': person } }],
	])('hold the recipient with %s', async (what, fields) => {
		const recipientField = what === 'other capitals' ? 'to' : 'to["First Name"]';
		const { said } = await run(name, 'bulkSend', fields, { recipientField });
		expect(said).toBe('');
		expect(requests).toBe(1);
	});

	it('say which there are, and what to do where a value was dragged', async () => {
		const missing = await run(name, 'bulkSend', { to: person }, { recipientField: 'phone number' });
		expect(missing.said).toMatch(/"phone number" is no field of this item.*"to"/);
		const dragged = await run(
			name,
			'bulkSend',
			{ to: person },
			{
				recipientField: '={{ $json.to }}',
			},
		);
		expect(dragged.said).toMatch(/is the value of the field "to".*Enter the name to itself/);
		expect(requests).toBe(0);
	});

	it('are dragged as names by the editor', () => {
		const fields = people.engine
			.description(name)
			.properties.filter((one) => one.name === 'recipientField');
		expect(fields.length).toBeGreaterThan(0);
		for (const field of fields) expect(field.requiresDataPath).toBe('single');
	});
});

/** More digits than a number of JavaScript can hold; as a number the last ones are lost. */
const LONG = '17841400000000001';
const lost = Number(LONG);

describe.each<[string, 'send' | 'bulkSend', (id: unknown) => IDataObject]>([
	[
		'bird',
		'send',
		(identifierValue) =>
			({ recipientBy: 'identifier', identifierKey: 'instagram', identifierValue }) as IDataObject,
	],
	['bird', 'bulkSend', () => ({ recipientBy: 'identifier', identifierKey: 'instagram' })],
	['sent', 'send', (idempotencyKey) => ({ options: { idempotencyKey } }) as IDataObject],
	['conduit', 'send', (id) => ({ contactId: byId(id as string) })],
	['conduit', 'bulkSend', () => ({})],
	['aelyst', 'send', (id) => ({ contactBy: 'id', contactId: byId(id as string) })],
	['aelyst', 'bulkSend', () => ({ recipientsAre: 'id' })],
	['votel', 'send', (recipient) => ({ sendAs: 'instagramDm', recipient }) as IDataObject],
	['votel', 'bulkSend', () => ({ sendAs: 'instagramDm' })],
])('an ID beyond 2^53 in a field of %s, %s', (name, operation, field) => {
	const own = { to: operation === 'send' ? VENDORS[name].person : LONG, text: 'Hello' };

	it('keeps its digits as text and as a BigInt', async () => {
		const values = operation === 'send' ? [LONG, `={{ BigInt("${LONG}") }}`] : [LONG];
		for (const value of values) {
			const { said, sent } = await run(name, operation, own, field(value));
			expect(said).toBe('');
			expect(sent).toContain(LONG);
		}
	});

	it('is refused as a number, whose last digits are lost', async () => {
		const item = operation === 'send' ? { ...own, id: lost } : { ...own, to: lost };
		const { said } = await run(name, operation, item, field('={{ $json.id }}'));
		expect(said).toMatch(/too long to be exact/);
		expect(requests).toBe(0);
	});
});

describe.each(Object.keys(VENDORS))('empty things of %s', (name) => {
	const { person, text } = VENDORS[name];

	it.each([
		['that an expression did not find', '={{ $json.nothing }}'],
		['of an expression', '={{ [] }}'],
		['that came to nothing', '={{ "" }}'],
		['of commas only', ' , ;\n'],
	])('a list of recipients %s is said, and not taken for success', async (_what, list) => {
		const more = { recipientsFrom: 'list', recipientList: list };
		const { said } = await run(name, 'bulkSend', { to: person }, more);
		expect(said).toMatch(/Recipient List is empty/);
		expect(requests).toBe(0);
	});

	it.each<[string, 'send' | 'bulkSend', unknown]>([
		['an undefined value', 'send', undefined],
		['an empty list', 'send', []],
		['a list of nothing', 'send', ['', null]],
		['an empty list', 'bulkSend', []],
		['nothing', 'bulkSend', null],
	])('%s in place of who gets it is refused, %s', async (_what, operation, to) => {
		const { said } = await run(name, operation, { to, text: 'Hello' });
		expect(said).toMatch(/is empty|not text but a list|not a phone number/);
		expect(said).not.toContain('[object ');
		expect(requests).toBe(0);
	});

	it('an item of nothing, as Always Output Data gives it, is refused', async () => {
		const { said } = await run(name, 'bulkSend', {});
		expect(said).toMatch(/"to" is no field of this item.*The item has no fields/);
		expect(requests).toBe(0);
	});

	it.each([
		['an undefined text', '={{ $json.nothing }}'],
		['a text that nobody sees', '\u200b\u2060'],
	])('%s is refused', async (_what, value) => {
		const { said } = await run(name, 'send', { to: person }, { [text]: value });
		expect(said).toMatch(/empty/);
		expect(requests).toBe(0);
	});
});

it.each<[string, IDataObject]>([
	['bird', { recipientBy: 'email', to: '={{ [] }}' }],
	['sent', { recipients: '={{ $json.nothing }}' }],
	['aelyst', { messageType: 'quick_reply', title: 'Sure?', replies: '={{ [] }}' }],
])('a list of %s that came to nothing is said', async (name, more) => {
	const { said } = await run(name, 'send', { to: VENDORS[name].person, text: 'Hello' }, more);
	expect(said).toMatch(/is empty|at least one/);
	expect(requests).toBe(0);
});

describe('files of bird, the one vendor that takes any', () => {
	const file = { data: 'aGVsbG8=', mimeType: 'image/png', fileName: 'a.png', fileSize: '5 B' };
	const image = (binaryFields: string) => ({
		bodyType: 'image',
		mediaSource: 'binary',
		binaryFields,
	});
	const attachment = (binaryField: string) => ({
		bodyType: 'html',
		html: '<p>Hello</p>',
		recipientBy: 'email',
		to: 'ana@example.com',
		attachments: { attachment: [{ source: 'binary', binaryField }] },
	});

	const sendFile = async (more: object, binary: object) =>
		await people.run(
			'bird',
			'send',
			{ json: { to: '+14155550123', text: 'Hello' }, binary: binary as never },
			more as IDataObject,
		);

	describe.each([
		['an image', image],
		['an attachment', attachment],
	])('for %s', (_for, field) => {
		it.each([
			['by its name', 'photo'],
			['by its name with blanks around it', ' photo\u200b '],
			['by an expression', '={{ $binary.photo }}'],
			['from another node', '={{ $("Items").item.binary.photo }}'],
		])('may be given %s', async (_what, value) => {
			const { said, sent } = await sendFile(field(value), { photo: file });
			expect(said).toBe('');
			expect(sent).toContain('"image/png"');
			expect(sent).toContain(MEDIA_URL);
		});

		it.each<[string, string, object, RegExp]>([
			['a name that the item does not have', 'photos', { photo: file }, /The item has photo/],
			['any object', '={{ ({ name: "a.png" }) }}', { photo: file }, /not text but an object/],
			['nothing', '={{ $binary.nothing }}', { photo: file }, /is empty/],
			[
				'an empty file',
				'photo',
				{ photo: { ...file, data: '', fileSize: '0 B' } },
				/an empty file/,
			],
		])('%s is refused in words', async (_what, value, binary, words) => {
			const { said, requests: sent } = await sendFile(field(value), binary);
			expect(said).toMatch(words);
			expect(said).not.toContain('[object ');
			expect(sent).toBe(0);
		});
	});
});
