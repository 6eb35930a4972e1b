import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, byId, contact, demo } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
const REPLIED_TO = '1e7b70ab-3dcc-48f4-a6f6-63a493f6134c';

describe('an option of a message', () => {
	const table: Array<[options: IDataObject, sent: IDataObject]> = [
		[{}, {}],
		[{ reference: 'order-42' }, { reference: 'order-42' }],
		[{ tags: 'orders, Spring sale ,a_b-c' }, { tags: ['orders', 'Spring sale', 'a_b-c'] }],
		[{ tags: '={{ ["x", "y"] }}' }, { tags: ['x', 'y'] }],
		[{ scheduledFor: inAnHour }, { scheduledFor: inAnHour }],
		[
			{ scheduledFor: '={{ new Date($now.plus({ days: 34 }).toMillis()) }}' },
			{ scheduledFor: expect.stringMatching(/Z$/) },
		],
		[{ validity: 3600 }, { validity: 3600 }],
		[{ validity: 0 }, { validity: 0 }],
		[{ replyTo: REPLIED_TO }, { replyTo: { id: REPLIED_TO, type: 'message' } }],
		[{ replyTo: REPLIED_TO, replyToType: 'click' }, { replyTo: { id: REPLIED_TO, type: 'click' } }],
		[{ replyToType: 'click' }, {}],
		[
			{ notificationUrl: 'https://n8n.example.com/hook' },
			{ notification: { url: 'https://n8n.example.com/hook' } },
		],
		[{ shortLinksDomain: 'default' }, { shortLinks: { domain: 'default' } }],
		[{ sender: 'Shop' }, { sender: { connector: { identifierValue: 'Shop' } } }],
		[
			{ sender: 'news@example.com', senderName: 'News' },
			{
				sender: {
					connector: { identifierValue: 'news@example.com', annotations: { name: 'News' } },
				},
			},
		],
		[{ senderName: 'News' }, {}],
		[
			{ meta: '{"extraInformation": {"useCase": "transactional"}}' },
			{ meta: { extraInformation: { useCase: 'transactional' } } },
		],
		[{ meta: '{}' }, {}],
		[{ capFrequency: false }, { capFrequency: false }],
		[
			{
				recipientIdentifiers: {
					identifier: [{ key: 'emailaddress', value: ' ana@example.com ' }],
				},
			},
			{
				receiver: {
					contacts: [
						{
							...contact(),
							identifiers: [{ identifierKey: 'emailaddress', identifierValue: 'ana@example.com' }],
						},
					],
				},
			},
		],
		[
			{ platformAddress: '+14155550199' },
			{ receiver: { contacts: [{ ...contact(), platformAddress: '+14155550199' }] } },
		],
		[
			{ platformAddressSelector: 'identifiers.phonenumber' },
			{
				receiver: {
					contacts: [{ ...contact(), platformAddressSelector: 'identifiers.phonenumber' }],
				},
			},
		],
		[
			{ capFrequency: true, meta: '{"extraInformation": {"useCase": "marketing"}}' },
			{ capFrequency: true, meta: { extraInformation: { useCase: 'marketing' } } },
		],
		[{ enableLinkTracking: false }, { enableLinkTracking: false }],
		[{ ignoreQuietHours: true }, { ignoreQuietHours: true }],
		[{ ignoreGlobalHoldout: true }, { ignoreGlobalHoldout: true }],
		[{ maxInFlight: 4, maxWait: 10, onRateLimit: 'fail', requestsPerSecond: 5 }, {}],
		[{ defaultCountry: 'US', timeout: 30 }, {}],
	];

	it.each(table)('%j', async (options, sent) => {
		const run = await bird.send({ text: 'Hello', options });
		expect(run.error).toBeUndefined();
		expect((await bird.seen()).map(({ body }) => body)).toEqual([
			{
				receiver: { contacts: [contact()] },
				body: { type: 'text', text: { text: 'Hello' } },
				...sent,
			},
		]);
	});

	it('is in the table, whichever it is', () => {
		const { properties } = bird.engine.description('bird');
		const options = properties.find(
			({ name, displayOptions }) =>
				name === 'options' && displayOptions?.show?.operation?.includes('send'),
		);
		const tried = new Set(table.flatMap(([entered]) => Object.keys(entered)));
		// Those of every vendor's send are tried in the tests of all fields and in the contract.
		const shared = [
			'defaultCountry',
			'onceAgain',
			'onceHistory',
			'onceKey',
			'onNotDelivered',
			'suppressionList',
			'timeout',
			'waitForDelivery',
		];
		const known = (options?.options ?? [])
			.map(({ name }) => name)
			.filter((name) => !shared.includes(name));
		expect(known.filter((name) => !tried.has(name))).toEqual([]);
	});

	it('without a time zone is meant in the one of the workflow', async () => {
		const node = {
			name: 'Node',
			type: 'n8n-nodes-unified-messaging.bird',
			parameters: {
				channelId: byId(demo.smsChannelId),
				recipient: '+14155550123',
				text: 'Hello',
				options: {
					scheduledFor:
						"={{ $now.setZone('Asia/Tokyo').plus({ hours: 2 }).toFormat(\"yyyy-MM-dd'T'HH:00:00\") }}",
				},
			},
		};
		const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
		const connections = {
			Start: { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] },
		};
		const before = Date.now();
		const run = await bird.engine.run({
			workflow: { nodes: [start, node], connections, settings: { timezone: 'Asia/Tokyo' } },
			credentials: bird.credentials,
		});
		expect(run.error).toBeUndefined();
		const [{ body }] = await bird.seen();
		const ahead = Date.parse((body as { scheduledFor: string }).scheduledFor) - before;
		expect(ahead).toBeGreaterThan(3_600_000 - 60_000);
		expect(ahead).toBeLessThanOrEqual(7_200_000 + 60_000);
		expect(run.json[0][0]).toMatchObject({ status: 'scheduled', sentAt: null });
	});
});

describe('a recipient', () => {
	const sms = byId(demo.smsChannelId);
	const email = byId(demo.emailChannelId);
	const whatsapp = byId(demo.whatsappChannelId);
	const telegram = byId(demo.telegramChannelId);
	const [{ id: contactId }] = demo.demoContacts();

	it.each<[what: string, parameters: IDataObject, contacts: IDataObject[], recipient: string]>([
		[
			'by a phone number with separators',
			{ channelId: sms, recipient: ' 0031 (6) 1234-5678' },
			[contact('+31612345678')],
			'+31612345678',
		],
		[
			'by a number from an expression',
			{ channelId: sms, recipient: '={{ "+" + 31612345678 }}' },
			[contact('+31612345678')],
			'+31612345678',
		],
		[
			'by one email address',
			{ channelId: email, recipientBy: 'email', to: 'a@example.com' },
			[{ identifierKey: 'emailaddress', identifierValue: 'a@example.com', type: 'to' }],
			'a@example.com',
		],
		[
			'by several email addresses',
			{
				channelId: email,
				recipientBy: 'email',
				to: 'a@example.com, b@example.com',
				cc: 'c@example.com',
				bcc: 'd@example.com\ne@example.com',
			},
			[
				{ identifierKey: 'emailaddress', identifierValue: 'a@example.com', type: 'to' },
				{ identifierKey: 'emailaddress', identifierValue: 'b@example.com', type: 'to' },
				{ identifierKey: 'emailaddress', identifierValue: 'c@example.com', type: 'cc' },
				{ identifierKey: 'emailaddress', identifierValue: 'd@example.com', type: 'bcc' },
				{ identifierKey: 'emailaddress', identifierValue: 'e@example.com', type: 'bcc' },
			],
			'a@example.com, b@example.com, c@example.com, d@example.com, e@example.com',
		],
		[
			'by a contact from the list',
			{
				channelId: sms,
				recipientBy: 'contact',
				contactId: { __rl: true, mode: 'list', value: contactId, cachedResultName: 'Ada' },
			},
			[{ id: contactId }],
			'+31620011001',
		],
		[
			'by a contact ID from an expression',
			{ channelId: sms, recipientBy: 'contact', contactId: byId(`={{ "${contactId}" }}`) },
			[{ id: contactId }],
			'+31620011001',
		],
		[
			'by an identifier and its key',
			{
				channelId: whatsapp,
				recipientBy: 'identifier',
				identifierKey: 'whatsappusername',
				identifierValue: 'ana.example',
			},
			[{ identifierKey: 'whatsappusername', identifierValue: 'ana.example' }],
			'ana.example',
		],
		[
			'by an identifier alone',
			{ channelId: telegram, recipientBy: 'identifier', identifierValue: '4711' },
			[{ identifierValue: '4711' }],
			'4711',
		],
	])('%s', async (_what, parameters, contacts, recipient) => {
		const run = await bird.send({ text: 'Hello', ...parameters });
		expect(run.error).toBeUndefined();
		expect((await bird.seen()).map(({ body }) => body)).toEqual([
			{ receiver: { contacts }, body: { type: 'text', text: { text: 'Hello' } } },
		]);
		expect(run.json[0][0]).toMatchObject({ recipient });
	});
});

it('several items are sent as they are, each with its own content', async () => {
	const items = ['A', 'B', 'C'].map((name, index) => ({
		json: { name, phone: `+1415555010${index}` },
	}));
	const run = await bird.send(
		{ recipient: '={{ $json.phone }}', text: '=Hello {{ $json.name }}' },
		{ items },
	);
	expect(run.origins).toEqual([[0, 1, 2]]);
	expect(run.json[0].map(({ recipient }) => recipient)).toEqual(
		items.map(({ json }) => json.phone),
	);
	expect((await bird.vendor.messages()).map(({ content }) => content)).toEqual(
		['A', 'B', 'C'].map((name) => ({ type: 'text', text: { text: `Hello ${name}` } })),
	);
});
