import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, contact, demo } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

const url = (name: string) => `https://example.com/${name}`;

const everyAction = {
	action: [
		{ type: 'link', text: 'Open', url: url('orders/1') },
		{ type: 'link', text: 'Track', url: 'https://example.com/{{code}}' },
		{ type: 'reply', text: 'No', description: 'Thanks', imageUrl: url('no.png') },
		{
			type: 'postback',
			text: 'Yes',
			payload: 'yes-1',
			description: 'Please',
			imageUrl: url('y.png'),
		},
		{ type: 'locationRequest', text: 'Where are you?' },
		{ type: 'locationRequest' },
		{ type: 'buy', text: 'Pay', amountCents: 1200, currency: 'eur' },
	],
};
const builtActions = [
	{ type: 'link', link: { text: 'Open', url: url('orders/1') } },
	{ type: 'link', link: { text: 'Track', url: 'https://example.com/{{code}}' } },
	{
		type: 'reply',
		reply: {
			text: 'No',
			imageUrl: url('no.png'),
			metadata: { description: { label: 'Thanks' } },
		},
	},
	{
		type: 'postback',
		postback: {
			text: 'Yes',
			payload: 'yes-1',
			imageUrl: url('y.png'),
			metadata: { description: { label: 'Please' } },
		},
	},
	{ type: 'locationRequest', locationRequest: { text: 'Where are you?' } },
	{ type: 'locationRequest' },
	{ type: 'buy', buy: { text: 'Pay', amountCents: 1200, currency: 'EUR' } },
];
const mediaMetadata = {
	subject: 'Look',
	fallbackText: 'A picture',
	storyType: 'mention',
	telegramParseMode: 'MarkdownV2',
};
const builtMediaMetadata = {
	subject: 'Look',
	fallbackText: 'A picture',
	storyType: 'mention',
	telegram: { parseMode: 'MarkdownV2' },
};

const table: Array<[what: string, parameters: IDataObject, body: IDataObject]> = [
	['text, least', { text: 'Hello' }, { type: 'text', text: { text: 'Hello' } }],
	[
		'text, all',
		{
			bodyType: 'text',
			text: 'Hello\n"you" <b>',
			actions: everyAction,
			attachments: {
				attachment: [
					{ source: 'url', mediaUrl: url('a.pdf'), filename: 'a.pdf' },
					{
						source: 'url',
						mediaUrl: url('logo.png'),
						filename: 'logo.png',
						inline: true,
						contentId: 'logo',
					},
				],
			},
			metadata: {
				subject: 'Hi',
				previewUrl: false,
				telegramParseMode: 'Markdown',
				appleSummary: 'Short',
				headers: '{"X-Order": "42"}',
			},
		},
		{
			type: 'text',
			text: {
				text: 'Hello\n"you" <b>',
				attachments: [
					{ mediaUrl: url('a.pdf'), filename: 'a.pdf' },
					{ mediaUrl: url('logo.png'), filename: 'logo.png', inline: true, contentId: 'logo' },
				],
				actions: builtActions,
				metadata: {
					subject: 'Hi',
					headers: { 'X-Order': '42' },
					whatsapp: { previewUrl: false },
					telegram: { parseMode: 'Markdown' },
					apple: { summaryText: 'Short' },
				},
			},
		},
	],
	[
		'html, least',
		{ bodyType: 'html', html: '<h1>Hi</h1>' },
		{ type: 'html', html: { html: '<h1>Hi</h1>' } },
	],
	[
		'html, only plain text',
		{ bodyType: 'html', text: 'Hi' },
		{ type: 'html', html: { text: 'Hi' } },
	],
	[
		'html, all',
		{
			bodyType: 'html',
			subject: 'Hello',
			html: '<img src="cid:logo">',
			text: 'Hello',
			attachments: {
				attachment: [
					{ source: 'url', mediaUrl: url('a.pdf'), filename: 'a.pdf', inline: false },
					{ source: 'content', content: 'SGVsbG8=', contentType: 'text/plain', filename: 'b.txt' },
					{
						source: 'url',
						mediaUrl: url('logo.png'),
						filename: 'logo.png',
						inline: true,
						contentId: 'logo',
					},
				],
			},
			actions: { action: [{ type: 'reply', text: 'Nice' }] },
			metadata: {
				clickTracking: false,
				openTracking: true,
				initialOpenTracking: false,
				headers: { 'Reply-To': 'x@example.com' },
				fromUsername: 'news',
				fromDisplayName: 'Example',
			},
		},
		{
			type: 'html',
			html: {
				html: '<img src="cid:logo">',
				text: 'Hello',
				attachments: [
					{ mediaUrl: url('a.pdf'), filename: 'a.pdf' },
					{ content: 'SGVsbG8=', contentType: 'text/plain', filename: 'b.txt' },
					{ mediaUrl: url('logo.png'), filename: 'logo.png', inline: true, contentId: 'logo' },
				],
				actions: [{ type: 'reply', reply: { text: 'Nice' } }],
				metadata: {
					subject: 'Hello',
					clickTracking: false,
					openTracking: true,
					initialOpenTracking: false,
					headers: { 'Reply-To': 'x@example.com' },
					emailFrom: { username: 'news', displayName: 'Example' },
				},
			},
		},
	],
	[
		'image, least',
		{ bodyType: 'image', media: { medium: [{ mediaUrl: url('a.jpg') }] } },
		{ type: 'image', image: { images: [{ mediaUrl: url('a.jpg') }] } },
	],
	[
		'image, all',
		{
			bodyType: 'image',
			media: {
				medium: [{ mediaUrl: url('a.jpg'), altText: 'A' }, { mediaUrl: url('b.jpg') }],
			},
			text: 'Caption',
			actions: everyAction,
			metadata: mediaMetadata,
		},
		{
			type: 'image',
			image: {
				text: 'Caption',
				images: [{ mediaUrl: url('a.jpg'), altText: 'A' }, { mediaUrl: url('b.jpg') }],
				actions: builtActions,
				metadata: builtMediaMetadata,
			},
		},
	],
	[
		'file, least',
		{
			bodyType: 'file',
			media: { medium: [{ mediaUrl: url('a.pdf'), contentType: 'application/pdf' }] },
		},
		{
			type: 'file',
			file: { files: [{ mediaUrl: url('a.pdf'), contentType: 'application/pdf' }] },
		},
	],
	[
		'file, all',
		{
			bodyType: 'file',
			media: {
				medium: [
					{
						mediaUrl: url('a.pdf'),
						contentType: 'application/pdf',
						filename: 'a.pdf',
						altText: 'A',
					},
					{ mediaUrl: url('s.webp'), contentType: 'image/webp', isAnimated: true },
				],
			},
			text: 'Invoice',
			actions: everyAction,
			metadata: mediaMetadata,
		},
		{
			type: 'file',
			file: {
				text: 'Invoice',
				files: [
					{
						mediaUrl: url('a.pdf'),
						contentType: 'application/pdf',
						filename: 'a.pdf',
						altText: 'A',
					},
					{
						mediaUrl: url('s.webp'),
						contentType: 'image/webp',
						metadata: { isAnimated: true },
					},
				],
				actions: builtActions,
				metadata: builtMediaMetadata,
			},
		},
	],
	[
		'gif, least',
		{ bodyType: 'gif', mediaUrl: url('a.gif') },
		{ type: 'gif', gif: { mediaUrl: url('a.gif') } },
	],
	[
		'gif, all',
		{
			bodyType: 'gif',
			mediaUrl: url('a.gif'),
			text: 'Caption',
			altText: 'A',
			actions: everyAction,
			metadata: { telegramParseMode: 'Markdown' },
		},
		{
			type: 'gif',
			gif: {
				mediaUrl: url('a.gif'),
				text: 'Caption',
				altText: 'A',
				actions: builtActions,
				metadata: { telegram: { parseMode: 'Markdown' } },
			},
		},
	],
	[
		'location, least',
		{ bodyType: 'location', latitude: 0, longitude: -180 },
		{ type: 'location', location: { coordinates: { latitude: 0, longitude: -180 } } },
	],
	[
		'location, all',
		{
			bodyType: 'location',
			latitude: 52.34,
			longitude: 4.9,
			label: 'Office',
			address: 'Street 1',
		},
		{
			type: 'location',
			location: {
				coordinates: { latitude: 52.34, longitude: 4.9 },
				location: { address: 'Street 1', label: 'Office' },
			},
		},
	],
	[
		'list, least',
		{
			bodyType: 'list',
			text: 'Pick one',
			choices: { choice: [{ type: 'postback', text: 'Option 1' }] },
		},
		{
			type: 'list',
			list: {
				text: 'Pick one',
				items: [{ actions: [{ type: 'postback', postback: { text: 'Option 1' } }] }],
			},
		},
	],
	[
		'list, all',
		{
			bodyType: 'list',
			title: 'Menu',
			text: 'Pick one',
			altText: 'A menu',
			buttonLabel: 'Show options',
			actions: { action: [{ type: 'reply', text: 'None of these' }] },
			choices: {
				choice: [
					{ section: 'One', type: 'postback', text: 'A', payload: 'a', description: 'First' },
					{ section: 'Two', type: 'reply', text: 'B' },
					{ section: 'One', type: 'postback', text: 'C', payload: 'c' },
				],
			},
		},
		{
			type: 'list',
			list: {
				title: 'Menu',
				text: 'Pick one',
				altText: 'A menu',
				items: [
					{
						title: 'One',
						actions: [
							{
								type: 'postback',
								postback: {
									text: 'A',
									payload: 'a',
									metadata: { description: { label: 'First' } },
								},
							},
							{ type: 'postback', postback: { text: 'C', payload: 'c' } },
						],
					},
					{ title: 'Two', actions: [{ type: 'reply', reply: { text: 'B' } }] },
				],
				actions: [{ type: 'reply', reply: { text: 'None of these' } }],
				metadata: { button: { label: 'Show options' } },
			},
		},
	],
	[
		'carousel, least',
		{ bodyType: 'carousel', cards: { card: [{ title: 'Card 1', type: 'none' }] } },
		{ type: 'carousel', carousel: { items: [{ title: 'Card 1' }] } },
	],
	[
		'carousel, all',
		{
			bodyType: 'carousel',
			text: 'Our picks',
			cards: {
				card: [
					{
						title: 'Card 1',
						description: 'One',
						mediaUrl: url('1.jpg'),
						altText: '1',
						type: 'link',
						buttonText: 'Open',
						url: url('1'),
					},
					{ title: 'Card 2', type: 'postback', buttonText: 'Take', payload: 'p2' },
					{ title: 'Card 3', type: 'reply', buttonText: 'This one' },
				],
			},
		},
		{
			type: 'carousel',
			carousel: {
				text: 'Our picks',
				items: [
					{
						title: 'Card 1',
						description: 'One',
						mediaUrl: url('1.jpg'),
						altText: '1',
						actions: [{ type: 'link', link: { text: 'Open', url: url('1') } }],
					},
					{
						title: 'Card 2',
						actions: [{ type: 'postback', postback: { text: 'Take', payload: 'p2' } }],
					},
					{ title: 'Card 3', actions: [{ type: 'reply', reply: { text: 'This one' } }] },
				],
			},
		},
	],
	[
		'section, least',
		{ bodyType: 'section', parts: { part: [{ type: 'text', text: 'One' }] } },
		{ type: 'section', section: { items: [{ type: 'text', text: { text: 'One' } }] } },
	],
	[
		'section, all',
		{
			bodyType: 'section',
			parts: {
				part: [
					{ type: 'text', text: 'One' },
					{ type: 'image', mediaUrl: url('a.jpg'), altText: 'A' },
					{ type: 'gif', mediaUrl: url('a.gif') },
					{ type: 'location', latitude: 52.34, longitude: 4.9, label: 'Office' },
					{ type: 'json', json: '{"type": "list", "list": {"text": "Pick", "items": []}}' },
				],
			},
			configurations: {
				configuration: [
					{ name: 'default', value: 'first' },
					{ name: 'columns', value: 2 },
				],
			},
		},
		{
			type: 'section',
			section: {
				items: [
					{ type: 'text', text: { text: 'One' } },
					{ type: 'image', image: { images: [{ mediaUrl: url('a.jpg'), altText: 'A' }] } },
					{ type: 'gif', gif: { mediaUrl: url('a.gif') } },
					{
						type: 'location',
						location: {
							coordinates: { latitude: 52.34, longitude: 4.9 },
							location: { label: 'Office' },
						},
					},
					{ type: 'list', list: { text: 'Pick', items: [] } },
				],
				configurations: { default: 'first', columns: '2' },
			},
		},
	],
	[
		'authentication, least',
		{ bodyType: 'authentication', disclaimer: false, expirationTime: '' },
		{ type: 'authentication', authentication: { otp: { disclaimer: false, actions: [] } } },
	],
	[
		'authentication, all',
		{
			bodyType: 'authentication',
			disclaimer: true,
			expirationTime: 5,
			actions: { action: [{ type: 'reply', text: 'Done' }] },
		},
		{
			type: 'authentication',
			authentication: {
				otp: {
					disclaimer: true,
					expirationTime: 5,
					actions: [{ type: 'reply', reply: { text: 'Done' } }],
				},
			},
		},
	],
	[
		'JSON',
		{
			bodyType: 'json',
			bodyJson: '{"type": "text", "text": {"text": "Raw", "metadata": {"subject": "S"}}}',
		},
		{ type: 'text', text: { text: 'Raw', metadata: { subject: 'S' } } },
	],
	[
		'JSON from an expression',
		{ bodyType: 'json', bodyJson: '={{ { type: "text", text: { text: "Raw" } } }}' },
		{ type: 'text', text: { text: 'Raw' } },
	],
];

it('text that an expression gave as a number is text', async () => {
	const run = await bird.send({
		bodyType: 'carousel',
		text: '={{ 2026 }}',
		cards: {
			card: [
				{
					title: '={{ 1 }}',
					description: '={{ 2 }}',
					altText: '={{ 3 }}',
					type: 'postback',
					buttonText: '={{ 4 }}',
					payload: '={{ 5 }}',
				},
			],
		},
		options: { reference: '={{ 1042 }}' },
	});
	expect(run.error).toBeUndefined();
	expect((await bird.seen())[0].body).toMatchObject({
		body: {
			carousel: {
				text: '2026',
				items: [
					{
						title: '1',
						description: '2',
						altText: '3',
						actions: [{ postback: { text: '4', payload: '5' } }],
					},
				],
			},
		},
		reference: '1042',
	});
});

it.each(table)('%s', async (_what, parameters, body) => {
	const run = await bird.send(parameters);
	expect(run.error).toBeUndefined();
	expect(await bird.seen()).toEqual([
		{
			method: 'POST',
			path: `/channels/${demo.smsChannelId}/messages`,
			query: {},
			body: { receiver: { contacts: [contact()] }, body },
		},
	]);
	const [message] = await bird.vendor.messages();
	expect(run.json).toEqual([
		[
			expect.objectContaining({
				messageId: message.messageId,
				provider: 'bird',
				channel: 'sms-messagebird',
				recipient: '+14155550123',
				status: 'accepted',
				providerStatus: 'accepted',
				sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
				reference: null,
				channelId: demo.smsChannelId,
			}),
		],
	]);
	expect(run.origins).toEqual([[0]]);
});

it('the type of message may be another for each item', async () => {
	const items = [{ type: 'text' }, { type: 'location' }].map((json) => ({ json }));
	const run = await bird.send(
		{ bodyType: '={{ $json.type }}', text: 'Hello', latitude: 1, longitude: 2 },
		{ items },
	);
	expect(run.error).toBeUndefined();
	const sent = await bird.vendor.messages();
	expect(sent.map(({ content }) => content)).toEqual([
		{ type: 'text', text: { text: 'Hello' } },
		{ type: 'location', location: { coordinates: { latitude: 1, longitude: 2 } } },
	]);
});

it('every type of message is in the table, with its least and with all', () => {
	const { properties } = bird.engine.description('bird');
	const [types] = properties.filter(({ name }) => name === 'bodyType');
	const known = (types.options ?? []).map((option) => ('value' in option ? option.value : ''));
	const tried = table.map(([, parameters]) => parameters.bodyType ?? 'text');
	for (const type of known) {
		expect(tried.filter((one) => one === type).length).toBeGreaterThanOrEqual(2);
	}
});

it('with Simplify off the next node gets the answer as it came', async () => {
	const run = await bird.send({ text: 'Hello', simplify: false });
	expect(run.json[0][0]).toMatchObject({
		channelId: demo.smsChannelId,
		receiver: { contacts: [{ identifierValue: '+14155550123', countryCode: 'US' }] },
		body: { type: 'text', text: { text: 'Hello' } },
		status: 'accepted',
		failure: null,
	});
});
