import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { byId } from '../fields/everyField';
import { ID, People, VENDORS } from './people';

/** What people enter in the fields that only some vendors have, in all that have them. */

let people: People;
beforeAll(async () => (people = await People.open()));
afterAll(() => people.close());

type Field = (value: unknown) => IDataObject;

const to = (name: string) => ({ to: VENDORS[name].person });

/** Runs a send, or a template, with one field set; the item holds the recipient and what is asked for. */
async function run(
	name: string,
	parameters: IDataObject,
	{
		operation = 'send' as 'send' | 'sendTemplate' | 'bulkSend',
		more = {} as object,
		binary = {},
	} = {},
) {
	const item = { json: { ...to(name), text: 'Hello', ...more }, binary } as INodeExecutionData;
	return await people.run(name, operation, item, parameters);
}

async function expectRefused(refused: Promise<{ said: string; requests: number }>, words: RegExp) {
	const { said, requests } = await refused;
	expect(said).toMatch(words);
	expect(requests).toBe(0);
}

describe.each<[string, Field]>([
	['bird', (scheduledFor) => ({ options: { scheduledFor } }) as IDataObject],
	['sent', (scheduledAt) => ({ options: { scheduledAt } }) as IDataObject],
])('a date of %s', (name, field) => {
	const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 10 * 86_400_000);
	const iso = at.toISOString();

	it.each<[string, unknown]>([
		['the ISO form', iso],
		['another offset', iso.replace('Z', '+00:00')],
		['milliseconds', at.getTime()],
		['seconds', String(at.getTime() / 1000)],
		['a Date', `={{ new Date("${iso}") }}`],
		['a DateTime', `={{ DateTime.fromISO("${iso}") }}`],
		[
			'a time in the zone of the workflow',
			`={{ DateTime.fromISO("${iso}").toFormat("yyyy-MM-dd HH:mm:ss") }}`,
		],
		['slashes', `={{ DateTime.fromISO("${iso}").toFormat("yyyy/MM/dd HH:mm") }}`],
	])('in %s is that moment', async (_what, value) => {
		const { said, sent } = await run(name, field(value));
		expect(said).toBe('');
		const [found] = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/.exec(sent) ?? [];
		expect(new Date(String(found)).toISOString()).toBe(iso);
	});

	it('that is now, or within a minute of it, is sent at once', async () => {
		for (const value of ['={{ $now }}', '={{ $now.minus(50, "seconds") }}']) {
			const { said, sent, requests } = await run(name, field(value));
			expect(said).toBe('');
			expect(requests).toBe(1);
			expect(sent).not.toMatch(/\d{4}-\d\d-\d\dT/);
		}
	});

	it.each<[string, unknown, RegExp]>([
		['two different dates', '01/12/2026', /two different dates|01\/12\/2026/],
		['no date', 'soon', /soon/],
		['an object', '={{ ({ at: 1 }) }}', /object/],
		['the past', '2020-01-01T00:00:00Z', /past/],
	])('that can be %s is refused in words', async (_what, value, words) => {
		await expectRefused(run(name, field(value)), words);
	});
});

describe.each<[string, Field]>([
	['bird', (mediaUrl) => ({ bodyType: 'gif', mediaUrl }) as IDataObject],
	['sent', (mediaUrls) => ({ options: { mediaUrls } }) as IDataObject],
	['aelyst', (attachmentUrl) => ({ messageType: 'attachment', attachmentUrl }) as IDataObject],
	['votel', (mediaUrls) => ({ mediaUrls }) as IDataObject],
])('a URL of %s', (name, field) => {
	it.each([
		[
			'blanks and a line break around it',
			'  https://example.com/a.png \n',
			'https://example.com/a.png',
		],
		['invisible characters', '\u200bhttps://example.com/a.png\u2069', 'https://example.com/a.png'],
		['blanks inside', 'https://example.com/my photo.png', 'https://example.com/my%20photo.png'],
		['commas inside', 'https://example.com/a,b.png?x=1,2', 'https://example.com/a,b.png?x=1,2'],
	])('with %s is sent as meant', async (_what, value, expected) => {
		const { said, sent } = await run(name, field(value));
		expect(said).toBe('');
		expect(sent).toContain(`"${expected}"`);
	});

	it.each([
		['another protocol', 'ftp://example.com/a.png'],
		['a word', 'photo.png'],
		['an object', '={{ ({ url: "https://example.com" }) }}'],
	])('that is %s is refused in words', async (_what, value) => {
		await expectRefused(run(name, field(value)), /URL/);
	});
});

describe.each<[string, Field]>([
	['bird', (address) => ({ recipientBy: 'email', to: address }) as IDataObject],
	['aelyst', (email) => ({ contactBy: 'email', email }) as IDataObject],
	['votel', (recipient) => ({ sendAs: 'email', subject: 'Hi', recipient }) as IDataObject],
])('an email address of %s', (name, field) => {
	it.each([
		['a name in front of it', 'Ana <ana@example.com>', 'ana@example.com'],
		['invisible characters', '\u202aana@example.com\u202c ', 'ana@example.com'],
		[
			'letters of another script',
			'ana@bücher.example',
			'ana@bücher.example|ana@xn--bcher-kva.example',
		],
	])('with %s is read', async (_what, value, expected) => {
		const { said, sent } = await run(name, field(value));
		expect(said).toBe('');
		expect(decodeURIComponent(sent)).toMatch(new RegExp(expected));
	});

	it.each([
		['two dots in a row', 'a@b..com'],
		['a line break', 'ana@example.com\r\nBcc: ben@example.com'],
		['no domain', 'ana@'],
	])('with %s is refused in words', async (_what, value) => {
		await expectRefused(run(name, field(value)), /email|address|Recipient|Email/);
	});
});

it.each([
	['aelyst', { contactBy: 'email', email: 'ana@example.com, ben@example.com' }],
	['votel', { sendAs: 'email', subject: 'Hi', recipient: 'ana@example.com, ben@example.com' }],
])('two addresses in a field for one of %s are refused in words', async (name, parameters) => {
	await expectRefused(run(name, parameters), /one address|two|more than one|commas|not an email/i);
});

describe.each<[string, IDataObject]>([
	['bird', { bodyType: 'html', text: 'Hello', html: '<p>[[name]]</p>' }],
	['votel', { sendAs: 'email', subject: 'Hi', text: 'Hello', html: '<p>[[name]]</p>' }],
])('HTML of a Bulk Send of %s', (name, message) => {
	const value = 'Tom & Jerry <Sales> "A"';
	const recipient: IDataObject = name === 'bird' ? { recipientBy: 'email' } : {};
	const more = { to: 'ana@example.com', name: value };

	it('reads as the value is, and breaks nothing', async () => {
		const parameters = { ...message, ...recipient };
		const { said, sent } = await run(name, parameters, { operation: 'bulkSend', more });
		expect(said).toBe('');
		expect(sent).toContain('Tom &amp; Jerry &lt;Sales&gt;');
		expect(sent).not.toContain('<Sales>');
	});

	it('holds it as it is on purpose only', async () => {
		const parameters = { ...message, ...recipient, html: '<p>[[{name}]]</p>' };
		const { said, sent } = await run(name, parameters, { operation: 'bulkSend', more });
		expect(said).toBe('');
		expect(sent).toContain('Tom & Jerry <Sales>');
	});
});

describe.each<[string, Field]>([
	[
		'bird',
		() =>
			({
				projectId: byId(ID),
				parametersFrom: 'list',
				parameterList: {
					parameter: [{ key: 'name', type: 'string', value: '={{ $json.value }}' }],
				},
			}) as IDataObject,
	],
	[
		'sent',
		(name) => ({ template: byId(ID), variablesFrom: 'json', variablesJson: { name } }) as never,
	],
	[
		'conduit',
		(value) =>
			({
				contentSid: byId(`HX${'a1'.repeat(16)}`),
				variablesFrom: 'json',
				variablesJson: { 1: value },
			}) as never,
	],
	[
		'aelyst',
		(value) =>
			({
				templateType: 'whatsapp_template',
				channelId: byId('1'),
				template: byId('order:en'),
				variablesFrom: 'json',
				variablesJson: { body_1: value },
			}) as never,
	],
])('a variable of a template of %s', (name, field) => {
	it('that is a number is its digits', async () => {
		const more = { value: 1042 };
		const { said, sent } = await run(name, field(1042), { operation: 'sendTemplate', more });
		expect(said).toBe('');
		expect(sent).toContain('"1042"');
	});

	it.each([
		['a line break', 'Ana\nBen'],
		['a tab', 'Ana\tBen'],
		['five blanks', 'Ana     Ben'],
	])('with %s is refused where it goes by WhatsApp, else sent as it is', async (_what, value) => {
		const more = { value };
		const options = { operation: 'sendTemplate', more } as const;
		const parameters = { ...field(value), ...(name === 'sent' ? { channels: ['whatsapp'] } : {}) };
		const { said, sent, requests } = await run(name, parameters, options);
		if (name === 'bird') {
			expect([said, requests]).toEqual(['', 1]);
			expect(sent).toContain(JSON.stringify(value));
		} else {
			expect(said).toMatch(/has a line break, a tab or more than four blanks/);
			expect(requests).toBe(0);
		}
	});

	it.each<[string, unknown]>([
		['empty', ''],
		['an object', { city: 'Graz' }],
	])('that is %s is refused in words', async (_what, value) => {
		await expectRefused(
			run(name, field(value), { operation: 'sendTemplate', more: { value } }),
			/empty|not text|object|Enter a value/,
		);
	});
});

describe('a file of an email of bird', () => {
	const attachment = (entry: IDataObject): IDataObject => ({
		bodyType: 'html',
		text: 'Hello',
		html: '<p>Hello</p>',
		recipientBy: 'email',
		to: 'ana@example.com',
		attachments: { attachment: [{ filename: 'a.pdf', ...entry }] },
	});
	const content = (value: string) =>
		attachment({ source: 'content', content: value, contentType: 'application/pdf' });

	it('in Base64 may begin as a data URL', async () => {
		const { said, sent } = await run('bird', content('data:application/pdf;base64,JVBERi0xLjQ='));
		expect(said).toBe('');
		expect(sent).toContain('"JVBERi0xLjQ="');
	});

	it('that is no Base64 is refused in words', async () => {
		await expectRefused(run('bird', content('not base64!')), /Base64/);
	});
});
