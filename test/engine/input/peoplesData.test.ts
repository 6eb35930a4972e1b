import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { byId } from '../fields/everyField';
import { type Engine, loadEngine } from '../support/engine';
import { withoutNetwork } from '../support/n8n';

/** What people's data look like, in the sends and bulks of every vendor that they touch. */

const ID = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

interface Vendor {
	credential: [string, IDataObject];
	/** Of a message to a person; the recipient is in `to`, what it says in `text`. */
	send: IDataObject;
	bulk: IDataObject;
	/** The name of the field that holds the text. */
	text: string;
	/** Whether people are phone numbers here. */
	takesPhones: boolean;
	/** A person of this vendor's. */
	person: string;
	answer(request: IHttpRequestOptions): unknown;
}

const VENDORS: Record<string, Vendor> = {
	bird: {
		credential: ['birdChannelsApi', { accessKey: 'key', workspaceId: ID }],
		send: { channelId: byId(ID), recipient: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { channelId: byId(ID), recipientField: 'to', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: ({ body }) =>
			'messageRequests' in (body as object) ? { batchId: ID } : { id: ID, status: 'accepted' },
	},
	sent: {
		credential: ['sentDmApi', { apiKey: 'key' }],
		send: { recipients: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { recipientField: 'to', content: 'text', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: ({ body }) => ({
			success: true,
			data: {
				status: 'QUEUED',
				recipients: (body as { to: string[] }).to.map((to) => ({
					message_id: to,
					to,
					channel: null,
				})),
			},
			meta: { request_id: 'r', timestamp: '2026-11-28T12:00:00Z' },
		}),
	},
	conduit: {
		credential: ['conduitAiApi', { apiToken: 'key' }],
		send: {
			sendTo: 'contact',
			contactId: byId('={{ $json.to }}'),
			channelBy: 'node',
			channelNodeId: byId('hg77channel'),
			body: '={{ $json.text }}',
		},
		bulk: {
			recipientField: 'to',
			channelBy: 'node',
			channelNodeId: 'hg77channel',
			messageType: 'text',
			body: 'Hello',
		},
		text: 'body',
		takesPhones: false,
		person: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
		answer: () => ({ data: { id: 'm1', contact_id: 'c1', status: 'sent' } }),
	},
	aelyst: {
		credential: ['aelystApi', { accessToken: 'key' }],
		send: { contactBy: 'phone', phone: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { recipientField: 'to', recipientsAre: 'phone', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: () => ({ messageId: 1 }),
	},
	votel: {
		credential: ['votelApi', { apiKey: 'key' }],
		send: { sendAs: 'sms', recipient: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { recipients: 'items', sendAs: 'sms', recipientField: 'to', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: () => ({ success: true, message_id: 'm1', status: 'SENT', channel_used: 'SMS' }),
	},
};

let engine: Engine;
let requests: IHttpRequestOptions[];
let restore: () => void;
let asked: Vendor;
beforeAll(async () => {
	engine = await loadEngine();
	restore = withoutNetwork(async (options) => {
		requests.push(options);
		return await Promise.resolve({
			statusCode: 202,
			headers: {},
			body: JSON.parse(JSON.stringify(asked.answer(options))),
		});
	});
});
afterAll(() => restore());

async function run(name: string, operation: 'send' | 'bulkSend', item: object, more = {}) {
	asked = VENDORS[name];
	requests = [];
	const [type, data] = asked.credential;
	const parameters = operation === 'send' ? asked.send : asked.bulk;
	const { error, json } = await engine.run({
		node: {
			type: name,
			onError: 'continueRegularOutput',
			parameters: { resource: 'message', operation, ...parameters, ...more },
		},
		credentials: { [type]: { ...data, baseUrl: 'https://vendor.example' } as never },
		items: [{ json: item as IDataObject }],
	});
	expect(error).toBeUndefined();
	expect(json[0]).toHaveLength(1);
	const sent = decodeURIComponent(JSON.stringify(requests.map(({ url, body }) => [url, body])));
	return { said: String(json[0][0].error ?? ''), sent };
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
		expect(requests).toHaveLength(1);
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
		expect(requests).toEqual([]);
	});
});

describe.each(Object.keys(VENDORS))('texts of %s', (name) => {
	const { person, text } = VENDORS[name];

	it.each<[string, unknown, string]>([
		['a number', 1042, '1042'],
		['a boolean', true, 'true'],
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
		expect(requests).toEqual([]);
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
		expect(requests).toEqual([]);
	});

	it.each([
		['other capitals', { TO: person }],
		['a way in brackets', { to: { 'First Name': person } }],
	])('hold the recipient with %s', async (what, fields) => {
		const recipientField = what === 'other capitals' ? 'to' : 'to["First Name"]';
		const { said } = await run(name, 'bulkSend', fields, { recipientField });
		expect(said).toBe('');
		expect(requests).toHaveLength(1);
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
		expect(requests).toEqual([]);
	});

	it('are dragged as names by the editor', () => {
		const fields = engine
			.description(name)
			.properties.filter((one) => one.name === 'recipientField');
		expect(fields.length).toBeGreaterThan(0);
		for (const field of fields) expect(field.requiresDataPath).toBe('single');
	});
});
