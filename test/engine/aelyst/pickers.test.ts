import { AelystBench, byId, FACEBOOK, list, WHATSAPP } from './support';

const aelyst = new AelystBench();
beforeAll(async () => {
	await aelyst.load();
	await aelyst.open();
});
beforeEach(async () => {
	await aelyst.vendor.reset();
	await aelyst.vendor.limit({ requests: null });
});
afterAll(async () => await aelyst.close());

const search = async (
	method: string,
	parameters: object = {},
	more: { filter?: string; paginationToken?: string } = {},
) =>
	await aelyst.engine.listSearch('aelyst', method, {
		parameters: { resource: 'message', operation: 'send', ...parameters },
		credentials: aelyst.credentials,
		...more,
	});
const namesOf = async (...args: Parameters<typeof search>) =>
	(await search(...args)).results.map(({ name }) => name);

describe('channels', () => {
	it('are those of the workspace, and can be searched', async () => {
		const found = await search('searchChannels');
		expect(found.results).toHaveLength(12);
		expect(found.results[0]).toEqual({
			name: 'WhatsApp (whatsapp_cloud)',
			value: String(WHATSAPP),
		});
		expect(await namesOf('searchChannels', {}, { filter: 'mailbox' })).toEqual([
			'Support Mailbox (gmail)',
			'Sales Mailbox (other_email)',
		]);
	});

	it('tell of the window of a contact that is chosen', async () => {
		const closed = await namesOf('searchChannels', { contactBy: 'id', contactId: list(124) });
		expect(closed.slice(0, 4)).toEqual([
			'WhatsApp (whatsapp_cloud), 24-hour window closed',
			'Facebook Page (facebook), not used by this contact',
			'Telegram Bot (telegram), not used by this contact',
			'Support Mailbox (gmail)',
		]);
		const open = await namesOf('searchChannels', { contactBy: 'phone', phone: '+60121233112' });
		expect(open[0]).toMatch(/^WhatsApp \(whatsapp_cloud\), 24-hour window open for 2\d h$/);
	});

	it.each([
		['searchPayloadChannels', ['Facebook Page', 'Telegram Bot', 'Viber', 'LINE']],
		['searchWhatsappChannels', ['WhatsApp', 'WhatsApp (Twilio)']],
		['searchFacebookChannels', ['Facebook Page']],
	])('are only those that can carry the message: %s', async (method, names) => {
		const found = await namesOf(method);
		expect(found.map((name) => name.replace(/ \(\w+\)$/, ''))).toEqual(names);
	});

	it('are listed also for a contact that cannot be read', async () => {
		expect(
			await namesOf('searchFacebookChannels', { contactBy: 'id', contactId: byId(999) }),
		).toEqual(['Facebook Page (facebook)']);
	});

	it('say why they cannot be listed', async () => {
		const wrong = aelyst.engine.listSearch('aelyst', 'searchChannels', {
			credentials: aelyst.withToken('wrong'),
		});
		await expect(wrong).rejects.toMatchObject({
			message: 'Aelyst refused to list: UN_AUTHORIZED',
			description: 'Code 401. Check the credential.',
		});
	});
});

describe('contacts', () => {
	it('are listed page by page', async () => {
		const first = await search('searchContacts');
		expect(first.results).toHaveLength(100);
		expect(first.results[0]).toEqual({ name: 'Aisyah Rahman (+60121233112)', value: '123' });
		const next = await search('searchContacts', {}, { paginationToken: first.paginationToken });
		expect(next.results).toHaveLength(100);
		expect(next.results[0].value).not.toBe(first.results[0].value);
	});

	it('are searched by the vendor', async () => {
		expect(await namesOf('searchContacts', {}, { filter: 'mail only' })).toEqual([
			'Mail Only (mail.only@example.com)',
		]);
		expect((await aelyst.seen()).at(-1)).toMatchObject({
			method: 'POST',
			path: '/contact/list',
			body: { search: 'mail only', timezone: 'UTC', filter: { $and: [] } },
		});
	});
});

describe('templates', () => {
	const ofWhatsapp = { operation: 'sendTemplate', channelId: list(WHATSAPP) };

	it('are the approved ones of the chosen channel', async () => {
		const { results } = await search('searchTemplates', ofWhatsapp);
		expect(results).toHaveLength(18);
		expect(results[0]).toEqual({
			name: 'order_confirmation (en): Your order {{1}} is confirmed',
			value: 'order_confirmation:en',
		});
		const values = results.map(({ value }) => value);
		expect(values).toContain('shipping_update:ms');
		expect(values).not.toContain('refused_offer:en');
		expect(await namesOf('searchTemplates', ofWhatsapp, { filter: 'shipping' })).toHaveLength(2);
		expect(await namesOf('searchTemplates', { ...ofWhatsapp, channelId: list(FACEBOOK) })).toEqual([
			'order_update (en): Order {{1}} has news.',
			'account_notice (en): Your account has news.',
			expect.stringMatching(/^order_confirmation \(en\)/),
		]);
	});

	it.each([undefined, byId(''), byId('={{ $json.channel }}')])(
		'need a channel: %p',
		async (channelId) => {
			expect(await namesOf('searchTemplates', { operation: 'sendTemplate', channelId })).toEqual([
				'Choose a Channel First',
			]);
		},
	);

	const variables = async (parameters: object) =>
		await aelyst.engine.resourceMapping('aelyst', 'mapTemplateVariables', {
			parameters: { resource: 'message', ...ofWhatsapp, ...parameters },
			credentials: aelyst.credentials,
		});

	it.each([
		[
			'order_confirmation:en',
			['header_link', 'header_filename', 'header_caption', 'body_1', 'button_1_1'],
		],
		['appointment_reminder:en', ['header_1', 'body_1', 'body_2']],
		['our_branch', ['header_name', 'header_address', 'header_latitude', 'header_longitude']],
		['full_catalog', ['body_1', 'button_1_action']],
	])('lay out what they leave open: %s', async (template, ids) => {
		const { fields } = await variables({ template: list(template) });
		expect(fields.map(({ id }) => id)).toEqual(ids);
		expect(fields[0]).toMatchObject({ required: true, display: true, type: 'string' });
	});

	it.each([
		[{}, 'Choose a channel and a template to see what it needs.'],
		[{ template: list('x') }, 'Template "x" is not a template of this channel. It has'],
		[{ template: list('conversation_follow_up:en') }, 'This template has no variables.'],
	])('lay out nothing for %p', async (parameters, notice) => {
		const { fields, emptyFieldsNotice } = await variables(parameters);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toContain(notice);
	});
});

describe('the credential', () => {
	const test = async (data: object) =>
		await aelyst.engine.testCredential('aelystApi', { ...aelyst.credentials.aelystApi, ...data });

	it('lists one user', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(await aelyst.seen()).toEqual([
			expect.objectContaining({ method: 'GET', path: '/space/user', query: { limit: '1' } }),
		]);
	});

	it.each([
		['a wrong token', { accessToken: 'wrong' }, 'needs https://api.respond.io/v2'],
		[
			'a token without rights',
			{ accessToken: 'sandbox-aelyst-token-without-rights' },
			'may not list the users',
		],
	])('tells what is wrong with %s', async (_what, data, message) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(message),
		});
	});

	it('tells when the Base URL is wrong', async () => {
		const baseUrl = `${aelyst.vendor.baseUrl}/v9`;
		expect(await test({ baseUrl })).toEqual({
			status: 'Error',
			message: expect.stringContaining('It ends with the version'),
		});
	});
});
