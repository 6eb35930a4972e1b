import { Bird, channels } from './support';

let bird: Bird;
beforeAll(async () => (bird = await Bird.start()));
beforeEach(() => bird.control.reset());
afterAll(() => bird.close());

const to = (...values: string[]) => ({
	contacts: values.map((identifierValue) => ({ identifierValue })),
});
const messagesOf = (channelId: string) => `/channels/${channelId}/messages`;
const string = (key: string, length: number) => ({
	type: 'string',
	key,
	value: 'x'.repeat(length),
});
const media = 'https://example.com/a.jpg';
const link = { type: 'link', link: { text: 'Open', url: 'https://example.com' } };

describe('what Bird takes', () => {
	const bodies: Array<[string, Record<string, unknown>]> = [
		[
			'text',
			{
				text: 'Hello',
				actions: [
					link,
					{ type: 'link', link: { text: 'Open', url: '{{url}}' } },
					{
						type: 'reply',
						reply: { text: 'No', metadata: { description: { label: 'Not now' } } },
					},
					{ type: 'postback', postback: { text: 'Yes', payload: 'yes-1' } },
					{ type: 'locationRequest', locationRequest: { text: 'Where?' } },
					{ type: 'locationRequest' },
					{ type: 'buy', buy: { text: 'Pay', amountCents: 1200, currency: 'EUR' } },
				],
				metadata: { whatsapp: { previewUrl: true }, telegram: { parseMode: 'MarkdownV2' } },
			},
		],
		['html', { html: '<h1>Hi</h1>', text: 'Hi', metadata: { subject: 'Hello' } }],
		['html', { text: 'only the fallback' }],
		[
			'html',
			{
				html: 'x',
				attachments: [
					{ mediaUrl: media, filename: 'a.jpg' },
					{ content: 'SGVsbG8=', contentType: 'text/plain', filename: 'b.txt' },
				],
			},
		],
		['image', { text: 'Caption', images: [{ mediaUrl: media, altText: 'A' }], actions: [link] }],
		['file', { files: [{ mediaUrl: media, contentType: 'application/pdf', filename: 'a.pdf' }] }],
		['gif', { mediaUrl: 'https://example.com/a.gif', text: 'Caption', altText: 'A' }],
		[
			'location',
			{ coordinates: { latitude: 52.34, longitude: 4.9 }, location: { label: 'Office' } },
		],
		['carousel', { text: 'Picks', items: [{ title: 'Card', mediaUrl: media, actions: [link] }] }],
		[
			'list',
			{
				text: 'Pick one',
				items: [{ title: 'Section', actions: [] }],
				metadata: { button: { label: 'Show options' } },
			},
		],
		[
			'section',
			{
				items: [
					{ type: 'text', text: { text: 'One' } },
					{ type: 'section', section: { items: [{ type: 'gif', gif: { mediaUrl: media } }] } },
				],
			},
		],
		['authentication', { otp: { disclaimer: true, expirationTime: 10 } }],
	];
	it.each(bodies)('a body of type %s', async (type, content) => {
		const body = { type, [type]: content };
		const answer = await bird.send({ receiver: to('+31612345678'), body }, channels.whatsapp);
		expect(answer).toMatchObject({ status: 202, body: { status: 'accepted', body } });
	});

	it('a template with parameters of all kinds', async () => {
		const template = {
			projectId: 'b1b1b1b1-0000-4000-8000-000000000001',
			version: 'latest',
			locale: 'en-GB',
			variables: { name: 'Robert' },
			parameters: [
				{ type: 'string', key: 'name', value: 'Robert' },
				{ type: 'number', key: 'total', value: 12.5 },
				{ type: 'boolean', key: 'vip', value: true },
				{ type: 'object', key: 'more', value: { any: ['thing'] } },
				{
					type: 'productList',
					key: 'products',
					value: { products: [{ type: 'product', product: { externalProductId: 'p1' } }] },
				},
			],
			attachments: [{ mediaUrl: media, filename: 'a.jpg' }],
			shortLinks: { enabled: true, domain: 'default' },
			utmParameters: [
				{ key: 'utm_source', value: 'n8n' },
				{ key: 'utm_medium', reference: 'platform_name' },
			],
			settings: { disallowMmLite: true },
		};
		const answer = await bird.send({ receiver: to('+31612345678'), template }, channels.whatsapp);
		expect(answer).toMatchObject({ status: 202, body: { template } });
	});

	it('everything else a message may carry', async () => {
		const extras = {
			sender: { connector: { identifierValue: 'Shop', annotations: { name: 'The shop' } } },
			reference: 'order-42',
			tags: ['Orders', 'two words', 'a_b-c'],
			scheduledFor: new Date(Date.now() + 3_600_000).toISOString(),
			validity: 3600,
			replyTo: { id: 'm1', type: 'message', order: 1 },
			notification: { url: 'https://example.com/hook' },
			shortLinks: { domain: 'default' },
			capFrequency: true,
			enableLinkTracking: true,
			ignoreQuietHours: true,
			ignoreGlobalHoldout: true,
			meta: {
				extraInformation: { useCase: 'marketing', any: 1 },
				email: { subject: 'S', headers: { a: 'b' }, from: { username: 'news' } },
			},
		};
		const answer = await bird.sendText(extras);
		expect(answer).toMatchObject({
			status: 202,
			body: {
				status: 'scheduled',
				reference: 'order-42',
				tags: ['orders', 'two words', 'a_b-c'],
				sender: { connector: { identifierValue: 'Shop' } },
				receiver: { contacts: [{ identifierKey: 'phonenumber', countryCode: 'NL' }] },
			},
		});
	});

	it('several recipients on e-mail, and contacts by id and by identifiers', async () => {
		const listed = await bird.call('GET', '/contacts?limit=1');
		const answer = await bird.send(
			{
				receiver: {
					contacts: [
						{ identifierKey: 'emailaddress', identifierValue: 'a@example.com', type: 'to' },
						{ identifiers: [{ identifierKey: 'emailaddress', identifierValue: 'b@example.com' }] },
						{ id: listed.body.results[0].id, type: 'bcc' },
					],
				},
				body: { type: 'text', text: { text: 'Hello', metadata: { subject: 'S' } } },
			},
			channels.email,
		);
		expect(answer.status).toBe(202);
		expect(answer.body.receiver.contacts).toMatchObject([
			{ identifierValue: 'a@example.com', type: 'to' },
			{ identifierValue: 'b@example.com' },
			{ identifierValue: 'contact1@example.com', type: 'bcc' },
		]);
	});

	it('makes one contact for a recipient it does not know', async () => {
		const [first, second] = [await bird.sendText(), await bird.sendText()];
		expect(second.body.receiver.contacts[0].id).toBe(first.body.receiver.contacts[0].id);
		const found = await bird.call('POST', '/contacts/search', {
			identifier: { key: 'phonenumber', value: '+31612345678' },
		});
		expect(found.body.results).toHaveLength(1);
	});
});

describe('what Bird refuses', () => {
	const tooFar = new Date(Date.now() + 36 * 24 * 3_600_000).toISOString();
	const text = (more: object) => ({ body: { type: 'text', text: { text: 'Hello', ...more } } });
	const cases: Array<[string, Record<string, unknown>, string, string]> = [
		['an unknown key', { colour: 'red' }, '.', 'property "colour" is unsupported'],
		[
			'an unknown key deep inside',
			{ receiver: { contacts: [{ identifierValue: '+31612345678', listId: 'x' }] } },
			'.receiver.contacts[0]',
			'property "listId" is unsupported',
		],
		[
			'body and template together',
			{ template: { projectId: 'x' } },
			'.',
			'body and template must not be set together',
		],
		[
			'neither body nor template',
			{ body: undefined },
			'.',
			'doesn\'t match any schema from "anyOf"',
		],
		['no receiver', { receiver: undefined }, '.receiver', 'property "receiver" is missing'],
		[
			'two recipients on SMS',
			{ receiver: to('+31612345678', '+31612345679') },
			'.receiver.contacts',
			'multiple contacts are supported on email channels only',
		],
		[
			'nobody to send to',
			{ receiver: { contacts: [] } },
			'.receiver.contacts',
			'minimum number of items is 1',
		],
		[
			'a recipient without an address',
			{ receiver: { contacts: [{}] } },
			'.receiver.contacts[0]',
			'one of id, identifierValue, identifiers is required',
		],
		[
			'a number that is not E.164',
			{ receiver: to('0612345678') },
			'.receiver.contacts[0].identifierValue',
			'"0612345678" is not valid on sms',
		],
		[
			'an identifier key of another platform',
			{ receiver: { contacts: [{ identifierKey: 'emailaddress', identifierValue: 'a@b.cd' }] } },
			'.receiver.contacts[0].identifierKey',
			'identifier key "emailaddress" is unsupported on sms',
		],
		[
			'a contact that does not exist',
			{ receiver: { contacts: [{ id: 'nobody' }] } },
			'.receiver.contacts[0].id',
			'contact not found',
		],
		['an empty text', text({ text: '' }), '.body.text.text', 'minimum string length is 1'],
		[
			'a body type it does not know',
			{ body: { type: 'video' } },
			'.body',
			'discriminator property "type" has invalid value',
		],
		[
			'a body whose content does not match its type',
			{ body: { type: 'image', image: { images: [{ mediaUrl: media }] }, text: { text: 'x' } } },
			'.body',
			'property "text" is unsupported',
		],
		[
			'an action of an unknown type',
			text({ actions: [{ type: 'call' }] }),
			'.body.text.actions[0]',
			'discriminator property "type" has invalid value',
		],
		[
			'a link without a URL',
			text({ actions: [{ type: 'link', link: { text: 'x' } }] }),
			'.body.text.actions[0].link.url',
			'property "url" is missing',
		],
		[
			'11 tags',
			{ tags: Array.from({ length: 11 }, (_, i) => `t${i}`) },
			'.tags',
			'maximum number of items is 10',
		],
		[
			'a tag with a bad character',
			{ tags: ['fine', 'not/fine'] },
			'.tags[1]',
			'string doesn\'t match the regular expression "^[a-zA-Z0-9\\-_ ]+$"',
		],
		[
			'a tag that is too long',
			{ tags: ['x'.repeat(51)] },
			'.tags[0]',
			'maximum string length is 50',
		],
		[
			'a schedule more than 35 days ahead',
			{ scheduledFor: tooFar },
			'.scheduledFor',
			'messages cannot be scheduled more than 35 days ahead',
		],
		['a reference that is no text', { reference: 1042 }, '.reference', 'value must be a string'],
		[
			'a schedule that is no time',
			{ scheduledFor: 'tomorrow' },
			'.scheduledFor',
			'string doesn\'t match the format "date-time"',
		],
		['a negative validity', { validity: -1 }, '.validity', 'number must be at least 0'],
		['a validity in words', { validity: '5' }, '.validity', 'value must be an integer'],
		[
			'capped frequency without the use case',
			{ capFrequency: true },
			'.capFrequency',
			'only with .meta.extraInformation.useCase "marketing"',
		],
		[
			'an unknown recipient type',
			{ receiver: { contacts: [{ identifierValue: '+31612345678', type: 'from' }] } },
			'.receiver.contacts[0].type',
			'value is not one of the allowed values ["to","cc","bcc"]',
		],
		[
			'a template parameter of the wrong type',
			{
				body: undefined,
				template: { parameters: [{ type: 'number', key: 'n', value: '1' }] },
			},
			'.template.parameters[0].value',
			'value must be a number',
		],
		[
			'a latitude beyond the pole',
			{ body: { type: 'location', location: { coordinates: { latitude: 91 } } } },
			'.body.location.coordinates.latitude',
			'number must be at most 90',
		],
	];
	it.each(cases)('%s', async (_what, change, path, reason) => {
		const answer = await bird.sendText(change);
		expect(answer.status).toBe(422);
		expect(answer.body).toMatchObject({ code: 'InvalidPayload', details: { [path]: [reason] } });
		expect(Object.keys(answer.body.details)).toEqual([path]);
		expect(await bird.control.messages()).toEqual([]);
	});

	const receiver = to('+31612345678');
	const textOf = (length: number) => ({ type: 'text', text: { text: 'x'.repeat(length) } });
	const batch = `/channels/${channels.sms}/batch/messages`;
	const whole: Array<[string, string, (length: number) => object]> = [
		['a message', messagesOf(channels.sms), (length) => ({ receiver, body: textOf(length) })],
		[
			'a template',
			messagesOf(channels.whatsapp),
			(length) => ({
				receiver,
				template: { projectId: 'p', parameters: [string('k', length)] },
			}),
		],
		['a batch', batch, (length) => ({ messageRequests: [{ receiver, body: textOf(length) }] })],
	];
	it.each(whole)('more than 200,000 bytes of %s, not 200,000', async (_what, path, requestOf) => {
		const spare = 200_000 - JSON.stringify(requestOf(0)).length;
		expect((await bird.call('POST', path, requestOf(spare))).status).toBe(202);
		const refused = await bird.call('POST', path, requestOf(spare + 1));
		expect(refused.status).toBe(413);
		expect(refused.body.message).toMatch(/200 KB/);
	});

	it('200,000 bytes are counted as they are sent, not in characters', async () => {
		const request = (count: number) => ({
			receiver,
			body: { type: 'text', text: { text: '😀'.repeat(count) } },
		});
		expect((await bird.send(request(49_000))).status).toBe(202);
		expect((await bird.send(request(50_000))).status).toBe(413);
	});

	it('what is not JSON, or does not say that it is', async () => {
		const path = `/channels/${channels.sms}/messages`;
		const broken = await bird.call('POST', path, '{"receiver":');
		expect(broken).toMatchObject({
			status: 400,
			body: { code: 'BadRequest', message: 'The request body is not valid JSON' },
		});
		expect(broken.body).not.toHaveProperty('details');
		const form = await bird.call('POST', path, 'a=b', {
			'content-type': 'application/x-www-form-urlencoded',
		});
		expect(form.status).toBe(422);
		const none = await bird.call('POST', path);
		expect(none.body.details).toEqual({ '.': ['the request body is missing'] });
	});

	it('a channel that is not active, or not there', async () => {
		const message = { receiver: to('+31612345678'), body: { type: 'text', text: { text: 'x' } } };
		const inactive = await bird.send(message, '99999999-0000-4000-8000-000000000001');
		expect(inactive.status).toBe(409);
		const unknown = await bird.send(message, '99999999-0000-4000-8000-00000000000f');
		expect(unknown).toMatchObject({ status: 404, body: { code: 'NotFound' } });
		expect((await bird.send(message, 'no-uuid')).status).toBe(422);
	});
});
