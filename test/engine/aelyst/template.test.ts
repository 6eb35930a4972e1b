import { AelystBench, byId, FACEBOOK, list, WHATSAPP } from './support';

const aelyst = new AelystBench();
beforeAll(async () => await aelyst.load());
beforeEach(async () => await aelyst.open());
afterEach(async () => await aelyst.close());

const toContact = { contactBy: 'id', contactId: list(124), channelId: list(WHATSAPP) };
const json = (variables: object) => ({
	variablesFrom: 'json',
	variablesJson: JSON.stringify(variables),
});
const mapped = (value: Record<string, string>) => ({
	variables: {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: Object.keys(value).map((id) => ({
			id,
			displayName: id,
			required: true,
			defaultMatch: false,
			display: true,
			type: 'string',
		})),
	},
});

describe('requests', () => {
	it('a picture, a text and buttons, laid out as fields', async () => {
		const run = await aelyst.run(
			'sendTemplate',
			{
				...toContact,
				template: list('order_confirmation:en'),
				...mapped({
					header_link: 'https://example.com/a.jpg',
					body_1: '={{ $json.order }}',
					button_1_1: 'abc',
				}),
			},
			{ items: [{ json: { order: '12345' } }] },
		);
		expect(run.error).toBeUndefined();
		const [first, second, ...sent] = await aelyst.seen();
		// There are twenty templates, and a page has room for a hundred.
		expect(first).toMatchObject({
			method: 'GET',
			path: `/space/channel/${WHATSAPP}/template`,
			query: { limit: '100' },
		});
		expect([second, ...sent]).toEqual([
			{
				method: 'POST',
				path: '/contact/id:124/message',
				query: {},
				body: {
					channelId: WHATSAPP,
					message: {
						type: 'whatsapp_template',
						template: {
							name: 'order_confirmation',
							languageCode: 'en',
							components: [
								{
									type: 'header',
									format: 'image',
									parameters: [{ type: 'image', image: { link: 'https://example.com/a.jpg' } }],
								},
								{
									type: 'body',
									text: 'Your order {{1}} is confirmed',
									parameters: [{ type: 'text', text: '12345' }],
								},
								{ type: 'footer', text: 'Thank you for your order' },
								{
									type: 'buttons',
									buttons: [
										{
											type: 'url',
											text: 'Open',
											url: 'https://example.com/orders/{{1}}',
											parameters: [{ type: 'text', text: 'abc' }],
										},
										{ type: 'quick_reply', text: 'Yes' },
										{ type: 'phone_number', text: 'Call', phone_number: '+60121233112' },
									],
								},
							],
						},
					},
				},
			},
		]);
		expect(run.json[0]).toEqual([
			expect.objectContaining({ recipient: '124', channel: String(WHATSAPP), status: 'accepted' }),
		]);
	});

	it.each([
		[
			'components that arrive as a JSON string',
			'appointment_reminder',
			{ header_1: 'Ana', body_1: 'Monday', body_2: 'noon' },
			[
				{
					type: 'header',
					format: 'text',
					text: 'Hello {{1}}',
					parameters: [{ type: 'text', text: 'Ana' }],
				},
				{
					type: 'body',
					text: 'We expect you on {{1}} at {{2}}.',
					parameters: [
						{ type: 'text', text: 'Monday' },
						{ type: 'text', text: 'noon' },
					],
				},
			],
		],
		[
			'nothing to fill in',
			'conversation_follow_up',
			{},
			[{ type: 'body', text: 'Can we help you any further?', parameters: [] }],
		],
		[
			'a document',
			'invoice:en',
			{ header_link: 'https://example.com/i.pdf', header_filename: 'i.pdf', body_1: '1042' },
			[
				{
					type: 'header',
					format: 'document',
					parameters: [
						{
							type: 'document',
							document: { link: 'https://example.com/i.pdf', filename: 'i.pdf' },
						},
					],
				},
				{
					type: 'body',
					text: 'Invoice {{1}} is attached.',
					parameters: [{ type: 'text', text: '1042' }],
				},
			],
		],
		[
			'a place',
			'our_branch',
			{
				header_name: 'Shop',
				header_address: 'Street 1',
				header_latitude: '3.139',
				header_longitude: '101.687',
			},
			[
				{
					type: 'header',
					format: 'location',
					parameters: [
						{
							type: 'location',
							location: {
								name: 'Shop',
								address: 'Street 1',
								latitude: '3.139',
								longitude: '101.687',
							},
						},
					],
				},
				{ type: 'body', text: 'You find us here.', parameters: [] },
			],
		],
		[
			'picked products',
			'picked_products',
			{ button_1_action: '{"thumbnail_product_retailer_id":"sku1"}' },
			[
				{ type: 'body', text: 'Picked for you.', parameters: [] },
				{
					type: 'buttons',
					buttons: [
						{
							type: 'mpm',
							text: 'View items',
							parameters: [{ type: 'action', action: { thumbnail_product_retailer_id: 'sku1' } }],
						},
					],
				},
			],
		],
	])('%s', async (_what, template, variables, components) => {
		const run = await aelyst.run('sendTemplate', {
			...toContact,
			template: byId(template),
			...json(variables),
		});
		expect(run.error).toBeUndefined();
		const sent = (await aelyst.seen()).at(-1)?.body as { message: { template: object } };
		expect(sent.message.template).toEqual({
			name: template.replace(':en', ''),
			languageCode: 'en',
			components,
		});
		expect(await aelyst.vendor.messages()).toHaveLength(1);
	});

	it('a template of Facebook', async () => {
		const run = await aelyst.run('sendTemplate', {
			contactBy: 'id',
			contactId: list(123),
			templateType: 'facebook_template',
			channelId: list(FACEBOOK),
			template: list('order_update:en'),
			...json({ body_1: '1042', button_1_1: '1042' }),
		});
		expect(run.error).toBeUndefined();
		expect((await aelyst.seen()).at(-1)?.body).toMatchObject({
			channelId: FACEBOOK,
			message: { type: 'facebook_template', template: { name: 'order_update' } },
		});
	});

	it('components as they are, without a look-up', async () => {
		const components = [{ type: 'body', parameters: [{ type: 'text', text: '7' }] }];
		const run = await aelyst.run('sendTemplate', {
			...toContact,
			template: byId('campaign_1:en'),
			variablesFrom: 'components',
			componentsJson: JSON.stringify(components),
		});
		expect(run.error).toBeUndefined();
		expect(await aelyst.seen()).toEqual([
			expect.objectContaining({
				body: {
					channelId: WHATSAPP,
					message: {
						type: 'whatsapp_template',
						template: { name: 'campaign_1', languageCode: 'en', components },
					},
				},
			}),
		]);
	});

	it('reads the templates once for all items', async () => {
		const run = await aelyst.run(
			'sendTemplate',
			{
				...toContact,
				contactId: byId('={{ $json.id }}'),
				template: list('shipping_update:ms'),
				variablesFrom: 'json',
				variablesJson: '={{ { body_1: $json.id, body_2: "Monday" } }}',
			},
			{ items: [1001, 1002, 1003, 1004].map((id) => ({ json: { id } })), trace: true },
		);
		expect(run.error).toBeUndefined();
		expect(run.origins[0]).toEqual([0, 1, 2, 3]);
		const methods = (await aelyst.seen()).map(({ method }) => method);
		expect(methods.filter((method) => method === 'GET')).toHaveLength(1);
		expect(methods.filter((method) => method === 'POST')).toHaveLength(4);
	});
});

describe('bad input', () => {
	it.each([
		[
			'a missing variable',
			{ template: byId('shipping_update:en'), ...json({ body_1: 'Ana' }) },
			'Variable body_2 is empty',
			'Enter a value',
		],
		[
			'an unknown one',
			{ template: byId('conversation_follow_up'), ...json({ body_1: 'Ana' }) },
			'Variable body_1 is not part of the template',
			'Take it out',
		],
		[
			'a template that the channel does not have',
			{ template: byId('welcome') },
			'Template "welcome" is not a template of this channel',
			'It has order_confirmation:en',
		],
		[
			'a template in several languages',
			{ template: byId('shipping_update') },
			'Template "shipping_update" exists in several languages',
			'shipping_update:en or shipping_update:ms',
		],
		[
			'a template that was rejected',
			{ template: byId('refused_offer:en') },
			'Template "refused_offer:en" is rejected',
			'Only approved templates',
		],
	])('%s', async (_what, wrong, problem, cure) => {
		const run = await aelyst.run('sendTemplate', { ...toContact, ...wrong });
		expect(run.error?.message).toBe(`${problem} [item 0]`);
		expect(run.error?.description).toContain(cure);
		expect(await aelyst.vendor.messages()).toEqual([]);
	});

	it('a channel that does not exist, in the vendor’s words', async () => {
		const wrong = { ...toContact, channelId: byId(999), template: byId('a:en') };
		const run = await aelyst.run('sendTemplate', wrong);
		expect(run.error?.message).toBe('Aelyst refused the request: Channel not found [item 0]');
	});
});
