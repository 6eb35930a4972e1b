import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, byId, contact, demo } from './support';
import { structured } from './templateValues';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

const least = { projectId: demo.orderTemplateId, version: 'latest', locale: 'en' };
const list = (...parameter: IDataObject[]) => ({
	parametersFrom: 'list',
	parameterList: { parameter },
});
const fields = (value: IDataObject) => ({
	parametersFrom: 'template',
	parameterFields: { mappingMode: 'defineBelow', value, schema: [] },
});

const table: Array<[what: string, parameters: IDataObject, template: IDataObject]> = [
	['least', {}, {}],
	[
		'another version and locale',
		{ templateVersion: demo.oldOrderTemplateVersionId, templateLocale: 'pt-BR' },
		{ version: demo.oldOrderTemplateVersionId, locale: 'pt-BR' },
	],
	[
		'parameters as the template has them',
		fields({
			first_name: '={{ "An" + "a" }}',
			'total (number)': 12.5,
			'express (boolean)': false,
			'slots (timeslotList)': JSON.stringify(structured.timeslotList),
			'with:colon': 'x',
			left_out: '',
			'null (number)': null,
		}),
		{
			parameters: [
				{ type: 'string', key: 'first_name', value: 'Ana' },
				{ type: 'number', key: 'total', value: 12.5 },
				{ type: 'boolean', key: 'express', value: false },
				{ type: 'timeslotList', key: 'slots', value: structured.timeslotList },
				{ type: 'string', key: 'with:colon', value: 'x' },
			],
		},
	],
	[
		'simple parameters by hand',
		list(
			{ key: 'name', type: 'string', value: 'Ana' },
			{ key: 'total', type: 'number', value: '12.5' },
			{ key: 'yes', type: 'boolean', isTrue: true },
			{ key: 'no', type: 'boolean', isTrue: false },
		),
		{
			parameters: [
				{ type: 'string', key: 'name', value: 'Ana' },
				{ type: 'number', key: 'total', value: 12.5 },
				{ type: 'boolean', key: 'yes', value: true },
				{ type: 'boolean', key: 'no', value: false },
			],
		},
	],
	...Object.entries(structured).map(([type, value]): (typeof table)[number] => [
		`a ${type} by hand`,
		list({ key: 'it', type, json: JSON.stringify(value) }),
		{ parameters: [{ type, key: 'it', value }] },
	]),
	[
		'parameters as an object',
		{
			parametersFrom: 'json',
			parametersJson: '{"name": "Ana", "total": 12.5, "express": true, "more": {"a": 1}}',
		},
		{
			parameters: [
				{ type: 'string', key: 'name', value: 'Ana' },
				{ type: 'number', key: 'total', value: 12.5 },
				{ type: 'boolean', key: 'express', value: true },
				{ type: 'object', key: 'more', value: { a: 1 } },
			],
		},
	],
	[
		'parameters as a list from an expression',
		{
			parametersFrom: 'json',
			parametersJson:
				'={{ [{ key: "name", value: "Ana" }, { type: "number", key: "n", value: 1 }] }}',
		},
		{
			parameters: [
				{ type: 'string', key: 'name', value: 'Ana' },
				{ type: 'number', key: 'n', value: 1 },
			],
		},
	],
	[
		'all settings',
		{
			templateSettings: {
				platformName: 'order_shipped',
				variables: { variable: [{ name: 'city', value: 'Łódź' }] },
				attachments: {
					attachment: [
						{ mediaUrl: 'https://example.com/a.pdf', filename: 'a.pdf' },
						{ mediaUrl: 'https://example.com/b.png', filename: 'b.png', inline: true },
					],
				},
				shortLinks: true,
				shortLinksDomain: 'default',
				utmParameters: {
					utmParameter: [
						{ key: 'utm_campaign', from: 'text', value: 'spring' },
						{ key: 'utm_source', from: 'channel_name' },
						{ key: 'utm_medium', from: 'platform_name' },
					],
				},
				disallowMmLite: true,
			},
		},
		{
			name: 'order_shipped',
			variables: { city: 'Łódź' },
			attachments: [
				{ mediaUrl: 'https://example.com/a.pdf', filename: 'a.pdf' },
				{ mediaUrl: 'https://example.com/b.png', filename: 'b.png', inline: true },
			],
			shortLinks: { enabled: true, domain: 'default' },
			utmParameters: [
				{ key: 'utm_campaign', value: 'spring' },
				{ key: 'utm_source', reference: 'channel_name' },
				{ key: 'utm_medium', reference: 'platform_name' },
			],
			settings: { disallowMmLite: true },
		},
	],
	[
		'short links switched off',
		{ templateSettings: { shortLinks: false } },
		{ shortLinks: { enabled: false } },
	],
	[
		'only a domain',
		{ templateSettings: { shortLinksDomain: 'go.example.com' } },
		{ shortLinks: { enabled: true, domain: 'go.example.com' } },
	],
];

describe('a template with', () => {
	it.each(table)('%s', async (_what, parameters, template) => {
		const run = await bird.run('sendTemplate', {
			recipient: '+14155550123',
			projectId: byId(demo.orderTemplateId),
			...parameters,
		});
		expect(run.error).toBeUndefined();
		expect(await bird.seen()).toEqual([
			{
				method: 'POST',
				path: `/channels/${demo.smsChannelId}/messages`,
				query: {},
				body: { receiver: { contacts: [contact()] }, template: { ...least, ...template } },
			},
		]);
		const [{ messageId }] = await bird.vendor.messages();
		expect(run.json[0]).toEqual([expect.objectContaining({ messageId, status: 'accepted' })]);
	});

	it('every type of parameter is in the table', () => {
		const { properties } = bird.engine.description('bird');
		const all = JSON.stringify(properties.find(({ name }) => name === 'parameterList'));
		const types = ['string', 'number', 'boolean', ...Object.keys(structured)];
		for (const type of types) expect(all).toContain(`"value":"${type}"`);
		expect(types).toHaveLength(12);
	});

	it('everything else that a message has', async () => {
		const run = await bird.run('sendTemplate', {
			channelId: byId(demo.emailChannelId),
			recipientBy: 'email',
			to: 'a@example.com,b@example.com',
			projectId: { __rl: true, mode: 'list', value: demo.newsTemplateId },
			simplify: false,
			options: { reference: 'news-1', tags: 'news', validity: 60 },
		});
		expect(run.json[0][0]).toMatchObject({
			template: { projectId: demo.newsTemplateId },
			reference: 'news-1',
			tags: ['news'],
		});
		expect((await bird.seen())[0].body).toMatchObject({
			receiver: { contacts: [{ type: 'to' }, { type: 'to' }] },
			validity: 60,
		});
	});
});
