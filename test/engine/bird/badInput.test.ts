import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, byId, demo, told } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

type Row = [operation: string, parameters: IDataObject, message: string, cure: RegExp];

/** Where n8n itself would stop an empty field that is marked. */
const NOTHING = '={{ "" }}';
const text = { recipient: '+14155550123', text: 'Hello' };
const link = { type: 'link', text: 'Open', url: 'https://example.com' };
const template = { recipient: '+14155550123', projectId: byId(demo.orderTemplateId) };
const eleven = Array.from({ length: 11 }, (_, index) => `tag${index}`).join(',');
const hour = 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * 24 * hour).toISOString();

const recipients: Row[] = [
	['send', { text: 'Hi', recipient: '={{ "" }}' }, 'Recipient Phone Number is empty', /\+1415/],
	[
		'send',
		{ text: 'Hi', recipient: '14155550123' },
		'Recipient Phone Number "14155550123" needs + and the country code',
		/use \+14155550123/,
	],
	[
		'send',
		{ text: 'Hi', recipient: 'Ana' },
		'Recipient Phone Number "Ana" is not a phone number',
		/country code/,
	],
	[
		'send',
		{ text: 'Hi', recipient: '+14155550123, +14155550124' },
		'Recipient Phone Number holds more than one number',
		/Bulk Send/,
	],
	[
		'send',
		{ text: 'Hi', recipient: '={{ ["+14155550123", "+14155550124"] }}' },
		'Recipient Phone Number holds more than one number',
		/Bulk Send/,
	],
	[
		'send',
		{ text: 'Hi', recipientBy: 'email', to: '={{ "" }}' },
		'Recipient Email is empty',
		/@example/,
	],
	[
		'send',
		{ text: 'Hi', recipientBy: 'email', to: 'a@example.com, nobody' },
		'Recipient Email "nobody" is not an email address',
		/@example/,
	],
	[
		'send',
		{ text: 'Hi', recipientBy: 'email', to: 'a@example.com', cc: 'b@' },
		'CC "b@" is not an email address',
		/@example/,
	],
	[
		'send',
		{ text: 'Hi', recipientBy: 'contact', contactId: byId('={{ "Ada" }}') },
		'Contact "Ada" is not a valid ID',
		/Pick a contact/,
	],
	[
		'send',
		{ text: 'Hi', recipientBy: 'identifier', identifierValue: '={{ " " }}' },
		'Identifier Value is empty',
		/identifies/,
	],
];

const channels: Row[] = [
	[
		'send',
		{ ...text, channelId: byId('={{ "sms" }}') },
		'Channel "sms" is not a valid ID',
		/An ID looks like/,
	],
	[
		'send',
		{ ...text, channelId: byId('={{ "../../organizations" }}') },
		'Channel "../../organizations" is not a valid ID',
		/An ID looks like/,
	],
	[
		'send',
		{ ...text, channelId: byId(`={{ "${demo.smsChannelId}?x=1#y" }}`) },
		`Channel "${demo.smsChannelId}?x=1#y" is not a valid ID`,
		/An ID looks like/,
	],
	['list', { channelId: byId('={{ "" }}') }, 'Channel is empty', /Pick a channel/],
];

const bodies: Row[] = [
	['send', { ...text, text: '={{ " " }}' }, 'Text is empty', /Enter the text/],
	['send', { ...text, text: '={{ {} }}' }, 'Text is not text', /Enter the text/],
	[
		'send',
		{ ...text, bodyType: '={{ "video" }}' },
		'Message Type "video" is unknown',
		/Use .*text/,
	],
	['send', { ...text, text: 'x'.repeat(200_000) }, 'The message has 201 KB', /at most 200 KB/],
	[
		'send',
		{ ...text, bodyType: 'html', text: '', html: '' },
		'HTML and Plain Text are both empty',
		/at least one/,
	],
	[
		'send',
		{
			...text,
			attachments: { attachment: [{ source: 'url', mediaUrl: 'a.pdf', filename: 'a.pdf' }] },
		},
		'Attachment 1: URL "a.pdf" is not a valid URL',
		/https:/,
	],
	[
		'send',
		{
			...text,
			attachments: {
				attachment: [{ source: 'url', mediaUrl: 'https://example.com/a.pdf', filename: NOTHING }],
			},
		},
		'Attachment 1: File Name is empty',
		/file name/,
	],
	[
		'send',
		{ ...text, bodyType: 'image', media: { medium: [] } },
		'Images is empty',
		/Add at least one/,
	],
	[
		'send',
		{ ...text, bodyType: 'image', media: { medium: [{ mediaUrl: 'ftp://example.com/a' }] } },
		'Image 1: URL "ftp://example.com/a" is not a valid URL',
		/https:/,
	],
	[
		'send',
		{ ...text, bodyType: 'image', media: { medium: [{ mediaUrl: 'binary:data' }] } },
		'Image 1: URL "binary:data" is not a valid URL',
		/https:/,
	],
	[
		'send',
		{
			...text,
			bodyType: 'file',
			media: {
				medium: [
					{ mediaUrl: 'https://example.com/a.pdf', contentType: 'application/pdf' },
					{ mediaUrl: 'https://example.com/b.pdf', contentType: NOTHING },
				],
			},
		},
		'File 2: Content Type is empty',
		/application\/pdf/,
	],
	['send', { ...text, bodyType: 'gif', mediaUrl: '={{ "" }}' }, 'GIF URL is empty', /https:/],
	[
		'send',
		{ ...text, bodyType: 'location', latitude: 91, longitude: 0 },
		'Latitude "91" is not a number from -90 to 90',
		/from -90 to 90/,
	],
	[
		'send',
		{ ...text, bodyType: 'location', latitude: 0, longitude: '={{ "east" }}' },
		'Longitude "east" is not a number from -180 to 180',
		/from -180 to 180/,
	],
	[
		'send',
		{ ...text, bodyType: 'list', text: 'Pick', choices: {} },
		'Choices is empty',
		/at least one/,
	],
	[
		'send',
		{
			...text,
			bodyType: 'list',
			text: 'Pick',
			choices: { choice: [{ type: 'postback', text: NOTHING }] },
		},
		'Choice 1: Text is empty',
		/button says/,
	],
	[
		'send',
		{
			...text,
			bodyType: 'list',
			text: 'Pick',
			buttonLabel: 'A label that is too long',
			choices: { choice: [{ type: 'postback', text: 'A' }] },
		},
		'Button Label has 24 characters',
		/20/,
	],
	['send', { ...text, bodyType: 'carousel', cards: {} }, 'Cards is empty', /at least one/],
	[
		'send',
		{
			...text,
			bodyType: 'carousel',
			cards: { card: [{ title: 'A', type: 'link', buttonText: 'Open', url: NOTHING }] },
		},
		'Card 1: Button URL is empty',
		/https:/,
	],
	[
		'send',
		{ ...text, bodyType: 'carousel', cards: { card: [{ title: NOTHING, type: 'none' }] } },
		'Card 1: Title is empty',
		/title/,
	],
	[
		'send',
		{
			...text,
			bodyType: 'carousel',
			text: 'x'.repeat(1025),
			cards: { card: [{ title: 'A', type: 'none' }] },
		},
		'Text has 1025 characters',
		/1024/,
	],
	['send', { ...text, bodyType: 'section', parts: {} }, 'Parts is empty', /at least one/],
	[
		'send',
		{ ...text, bodyType: 'section', parts: { part: [{ type: 'image', mediaUrl: 'x' }] } },
		'Part 1: URL "x" is not a valid URL',
		/https:/,
	],
	[
		'send',
		{ ...text, bodyType: 'section', parts: { part: [{ type: 'json', json: '[]' }] } },
		'Part 1: Body (JSON) is not a JSON object',
		/starts with \{/,
	],
	[
		'send',
		{
			...text,
			bodyType: 'section',
			parts: { part: [{ type: '={{ "html" }}', text: 'A', mediaUrl: 'b' }] },
		},
		'Part 1: Type "html" is unknown',
		/Use gif/,
	],
	[
		'send',
		{ ...text, bodyType: 'authentication', disclaimer: true, expirationTime: 91 },
		'Expiration Time "91" is not a whole number from 1 to 90',
		/from 1 to 90/,
	],
	[
		'send',
		{ ...text, bodyType: 'json', bodyJson: '{"type": ' },
		'Body (JSON) is not valid JSON',
		/starts with \{/,
	],
	[
		'send',
		{ ...text, bodyType: 'json', bodyJson: '={{ [1] }}' },
		'Body (JSON) is not a JSON object',
		/starts with \{/,
	],
	[
		'send',
		{ ...text, bodyType: 'json', bodyJson: '{"text": {"text": "Hi"}}' },
		'Body (JSON) has no type',
		/"type"/,
	],
	[
		'send',
		{ ...text, metadata: { headers: '{"a"' } },
		'Email Headers (JSON) is not valid JSON',
		/starts with \{/,
	],
];

const actions: Row[] = [
	[
		'send',
		{ ...text, actions: { action: [{ ...link, text: NOTHING }] } },
		'Action 1: Text is empty',
		/says/,
	],
	[
		'send',
		{ ...text, actions: { action: [link, { ...link, url: 'example.com' }] } },
		'Action 2: URL "example.com" is not a valid URL',
		/https:/,
	],
	[
		'send',
		{
			...text,
			actions: { action: [{ type: 'buy', text: 'Pay', amountCents: 1.5, currency: 'EUR' }] },
		},
		'Action 1: Amount in Cents "1.5" is not a whole number from 0',
		/whole number/,
	],
	[
		'send',
		{
			...text,
			actions: { action: [{ type: 'buy', text: 'Pay', amountCents: 1, currency: 'Euro' }] },
		},
		'Action 1: Currency "Euro" is not a code',
		/EUR/,
	],
	[
		'send',
		{
			...text,
			actions: { action: [{ type: 'reply', text: 'A', description: 'x'.repeat(73) }] },
		},
		'Action 1: Description has 73 characters',
		/72/,
	],
	[
		'send',
		{ ...text, actions: { action: [{ type: 'postback', text: 'A', imageUrl: 'a.png' }] } },
		'Action 1: Image URL "a.png" is not a valid URL',
		/https:/,
	],
	[
		'send',
		{
			...text,
			actions: { action: [{ type: '={{ "call" }}', text: 'A', url: 'b', currency: 'EUR' }] },
		},
		'Action 1: Type "call" is unknown',
		/Use buy/,
	],
];

const options: Row[] = [
	['send', { ...text, options: { tags: eleven } }, 'Tags holds 11 tags', /at most 10/],
	[
		'send',
		{ ...text, options: { tags: 'good, bad!' } },
		'Tags holds "bad!", which Bird does not take',
		/letters/,
	],
	[
		'send',
		{ ...text, options: { tags: 'x'.repeat(51) } },
		`Tags holds "${'x'.repeat(51)}", which Bird does not take`,
		/1 to 50/,
	],
	[
		'send',
		{ ...text, options: { scheduledFor: inDays(-1) } },
		'Scheduled Time is in the past',
		/future/,
	],
	[
		'send',
		{ ...text, options: { scheduledFor: inDays(36) } },
		'Scheduled Time is more than 35 days ahead',
		/35 days/,
	],
	[
		'send',
		{ ...text, options: { scheduledFor: '={{ "tomorrow" }}' } },
		'Scheduled Time "tomorrow" is not a date',
		/Pick a date/,
	],
	[
		'send',
		{ ...text, options: { validity: 1.5 } },
		'Validity (Seconds) "1.5" is not a whole number from 0',
		/whole number/,
	],
	[
		'send',
		{ ...text, options: { notificationUrl: 'n8n.example.com' } },
		'Notification URL "n8n.example.com" is not a valid URL',
		/https:/,
	],
	[
		'send',
		{ ...text, options: { meta: '{"extraInformation": }' } },
		'Meta (JSON) is not valid JSON',
		/starts with \{/,
	],
	[
		'send',
		{ ...text, options: { shortLinksDomain: 'x'.repeat(129) } },
		'Short Links Domain has 129 characters',
		/128/,
	],
	[
		'send',
		{
			...text,
			options: { recipientIdentifiers: { identifier: [{ key: 'x', value: '={{ "" }}' }] } },
		},
		'Recipient Identifier 1: Value is empty',
		/identifier/,
	],
	['send', { ...text, options: { requestsPerSecond: 0 } }, 'Requests per Second is 0', /above 0/],
];

const templates: Row[] = [
	[
		'sendTemplate',
		{ ...template, projectId: byId('={{ "" }}') },
		'Template is empty',
		/Pick a template/,
	],
	[
		'sendTemplate',
		{ ...template, projectId: byId('={{ "order_shipped" }}') },
		'Template "order_shipped" is not a valid ID',
		/Bird Studio/,
	],
	[
		'sendTemplate',
		{ ...template, templateVersion: '3' },
		'Version "3" is not a valid ID',
		/latest/,
	],
	[
		'sendTemplate',
		{ ...template, templateLocale: 'English!' },
		'Locale "English!" is not a language tag',
		/pt-BR/,
	],
	[
		'sendTemplate',
		{
			...template,
			parametersFrom: 'list',
			parameterList: { parameter: [{ key: NOTHING, type: 'string', value: 'x' }] },
		},
		'Parameter 1: Key is empty',
		/name of the variable/,
	],
	[
		'sendTemplate',
		{
			...template,
			parametersFrom: 'list',
			parameterList: { parameter: [{ key: 'name', type: 'string', value: NOTHING }] },
		},
		'Parameter 1: Value is empty',
		/Enter a value/,
	],
	[
		'sendTemplate',
		{
			...template,
			parametersFrom: 'list',
			parameterList: { parameter: [{ key: 'total', type: 'number', value: 'twelve' }] },
		},
		'Parameter 1: Value "twelve" is not a number',
		/number/,
	],
	[
		'sendTemplate',
		{
			...template,
			parametersFrom: 'list',
			parameterList: { parameter: [{ key: 'slots', type: 'timeslotList', json: '[1' }] },
		},
		'Parameter 1: Value (JSON) is not valid JSON',
		/starts with \{/,
	],
	[
		'sendTemplate',
		{ ...template, parametersFrom: 'json', parametersJson: '{"name": ""}' },
		'Parameter name is empty',
		/Enter a value/,
	],
	[
		'sendTemplate',
		{ ...template, parametersFrom: 'json', parametersJson: '[{"type": "text", "key": "a"}]' },
		'Parameter 1: Type "text" is unknown',
		/timeslotList/,
	],
	[
		'sendTemplate',
		{ ...template, parametersFrom: 'json', parametersJson: 'name=Ana' },
		'Parameters (JSON) is not valid JSON',
		/starts with \{/,
	],
	[
		'sendTemplate',
		{
			...template,
			templateSettings: {
				utmParameters: {
					utmParameter: Array.from({ length: 9 }, () => ({ key: 'a', value: 'b' })),
				},
			},
		},
		'UTM Parameters holds 9 parameters',
		/at most 8/,
	],
	[
		'sendTemplate',
		{
			...template,
			templateSettings: { utmParameters: { utmParameter: [{ key: 'x'.repeat(21) }] } },
		},
		'UTM Parameter 1: Key has 21 characters',
		/20/,
	],
	[
		'sendTemplate',
		{
			...template,
			templateSettings: { attachments: { attachment: [{ mediaUrl: 'a', filename: 'a' }] } },
		},
		'Attachment 1: URL "a" is not a valid URL',
		/https:/,
	],
];

const reading: Row[] = [
	['get', { messageId: '={{ "" }}' }, 'Message ID is empty', /An ID looks like/],
	[
		'get',
		{ messageId: '../messages' },
		'Message ID "../messages" is not a valid ID',
		/An ID looks like/,
	],
	['list', { limit: 0 }, 'Limit', /whole number/],
	['list', { filters: { id: 'a' } }, 'Message IDs "a" is not a valid ID', /An ID looks like/],
	['list', { filters: { batchId: 'a' } }, 'Batch ID "a" is not a valid ID', /An ID looks like/],
	[
		'list',
		{ filters: { failureCode: '15001, x' } },
		'Failure Codes "x" is not a whole number',
		/whole number/,
	],
	[
		'list',
		{ filters: { startAt: '={{ "monday" }}' } },
		'Start Time "monday" is not a date',
		/date/,
	],
	[
		'list',
		{ filters: { startAt: '2026-02-01T00:00:00Z', endAt: '2026-01-01T00:00:00Z' } },
		'Start Time is later than End Time',
		/Exchange/,
	],
	[
		'list',
		{ listScope: 'workspace', channelIds: 'sms' },
		'Channel IDs "sms" is not a valid ID',
		/An ID looks like/,
	],
];

describe.each([
	['recipient', recipients],
	['channel', channels],
	['body', bodies],
	['action', actions],
	['option', options],
	['template', templates],
	['list or get', reading],
])('a bad %s', (_what, rows) => {
	it.each(rows)('%s %j: %s', async (operation, parameters, message, cure) => {
		const run = await bird.run(operation, parameters);
		expect(run.status).toBe('error');
		expect(told(run).message).toMatch(/ \[item 0\]$/);
		expect(told(run).message).toContain(message);
		expect(told(run).description).toMatch(cure);
		expect(run.error?.context).toMatchObject({ itemIndex: 0 });
		expect(await bird.seen()).toEqual([]);
	});
});

it('keeps back the good items beside it, and says which one is bad', async () => {
	const items = ['+14155550101', 'nobody', '+14155550102'].map((phone) => ({ json: { phone } }));
	const run = await bird.send({ recipient: '={{ $json.phone }}', text: 'Hello' }, { items });
	expect(told(run).message).toBe('Recipient Phone Number "nobody" is not a phone number [item 1]');
	expect(told(run).description).toContain('Accepted before the stop: 0. Failed: 1. Not sent: 2.');
	expect(await bird.seen()).toEqual([]);
});

it('is named with all others that cannot be sent', async () => {
	const phones = ['Ana', '+14155550101', ...Array.from({ length: 12 }, (_, at) => `0171 ${at}`)];
	const items = phones.map((phone) => ({ json: { phone } }));
	const run = await bird.send({ recipient: '={{ $json.phone }}', text: 'Hello' }, { items });
	expect(told(run).message).toBe('Recipient Phone Number "Ana" is not a phone number [item 0]');
	const { description } = told(run);
	expect(description).toContain(
		'12 more items cannot be sent: item 2: Recipient Phone Number "0171 0" needs + and the country code; item 3:',
	);
	expect(description).toContain('"0171 9" needs + and the country code; and 2 more.');
	expect(await bird.seen()).toEqual([]);
});

it('is reported for its own item when the node goes on', async () => {
	const items = ['+14155550101', 'nobody', '+14155550102'].map((phone) => ({ json: { phone } }));
	const run = await bird.send(
		{ recipient: '={{ $json.phone }}', text: 'Hello' },
		{ items, onError: 'continueRegularOutput' },
	);
	expect(run.json[0][1]).toEqual({
		error: expect.stringMatching(/^Recipient Phone Number "nobody" .* \[item 1\]\. Write it as \+/),
		details: {
			provider: 'bird',
			code: 'invalid_input',
			httpCode: null,
			outcome: 'not_sent',
			vendor: {},
		},
	});
	expect((await bird.vendor.messages()).map(({ recipient }) => recipient).sort()).toEqual([
		'+14155550101',
		'+14155550102',
	]);
	expect(run.origins).toEqual([[0, 1, 2]]);
});

it('that only Bird can see is told in its words', async () => {
	const run = await bird.send({
		text: 'Hello',
		channelId: byId(demo.emailChannelId),
	});
	expect(told(run).message).toBe(
		'Bird refused the request: One or more fields provided in the request body are malformed [item 0]',
	);
	expect(told(run).description).toBe(
		'HTTP 422, code InvalidPayload. .receiver.contacts[0].identifierKey: identifier key "phonenumber" is unsupported on email.',
	);
	expect(run.error?.httpCode).toBe('422');
});

it.each(['400', '404', '409', '413', '422'] as const)(
	'a refusal with %s is told as one, and nothing is tried again',
	async (fault) => {
		await bird.vendor.fault({ fault, operationId: 'sendMessage' });
		const run = await bird.send({ text: 'Hello' }, { onError: 'continueRegularOutput' });
		expect(run.json[0][0].details).toMatchObject({ httpCode: Number(fault), outcome: 'rejected' });
		expect(await bird.vendor.requests()).toHaveLength(1);
	},
);

it('a workspace that is none is found before any request', async () => {
	const credentials = {
		birdChannelsApi: { ...bird.credentials.birdChannelsApi, workspaceId: 'ws_123' },
	};
	const run = await bird.engine.run({
		node: {
			type: 'bird',
			parameters: { channelId: byId(demo.smsChannelId), ...text },
		},
		credentials,
	});
	expect(told(run).message).toBe('Workspace ID "ws_123" is not a valid ID [item 0]');
	expect(told(run).description).toContain('in the credential');
	expect(await bird.seen()).toEqual([]);
});
