import {
	ALEX,
	ALEX_WHATSAPP,
	byId,
	ConduitBench,
	list,
	MOUNTAIN,
	REMINDER,
	SEASIDE,
} from './support';

const conduit = new ConduitBench();
beforeAll(async () => {
	await conduit.load();
	await conduit.open();
});
beforeEach(async () => {
	await conduit.vendor.reset();
	await conduit.vendor.limit({ requests: null });
});
afterAll(async () => await conduit.close());

const search = async (
	method: string,
	parameters: object = {},
	more: { filter?: string; paginationToken?: string; credentials?: never } = {},
) =>
	await conduit.engine.listSearch('conduit', method, {
		parameters: { resource: 'message', operation: 'send', ...parameters },
		credentials: conduit.credentials,
		...more,
	});
const namesOf = async (...args: Parameters<typeof search>) =>
	(await search(...args)).results.map(({ name }) => name);

const seaside = { workspaceId: list(SEASIDE) };

describe('workspaces', () => {
	it('are listed by name and can be searched', async () => {
		expect((await search('searchWorkspaces')).results).toEqual([
			{ name: 'Seaside Stays', value: SEASIDE },
			{ name: 'Mountain Lodge', value: MOUNTAIN },
		]);
		expect(await namesOf('searchWorkspaces', {}, { filter: 'lodge' })).toEqual(['Mountain Lodge']);
	});
});

describe('contacts', () => {
	it('are listed page by page', async () => {
		const first = await search('searchContacts', seaside);
		expect(first.results).toHaveLength(50);
		const second = await search('searchContacts', seaside, {
			paginationToken: first.paginationToken,
		});
		expect(second.results).toHaveLength(50);
		expect(second.results[0].value).not.toBe(first.results[0].value);
	});

	it('are searched by the vendor', async () => {
		const found = await search('searchContacts', seaside, { filter: 'alex' });
		expect(found).toEqual({
			results: [{ name: 'Alex Morgan', value: ALEX }],
			paginationToken: undefined,
		});
		expect((await conduit.seen()).at(-1)?.query).toMatchObject({ query: 'alex', limit: '50' });
	});

	it('need a workspace where the token can use several', async () => {
		expect(await search('searchContacts')).toEqual({
			results: [{ name: 'Choose a Workspace First', value: '' }],
		});
	});

	it('do not need one where there is only one', async () => {
		const found = await conduit.engine.listSearch('conduit', 'searchContacts', {
			credentials: conduit.withToken(conduit.known.foreignApiToken),
		});
		expect(found.results.map(({ name }) => name)).toEqual(['Foreign Guest']);
	});
});

describe('channel nodes', () => {
	it('are those of the chosen contact, with type and value', async () => {
		const found = await search('searchChannelNodes', { contactId: byId(ALEX) });
		expect(found.results).toEqual([
			{ name: 'whatsapp: +14155550101', value: ALEX_WHATSAPP },
			{ name: 'unthreaded_email: alex@example.com', value: expect.any(String) },
			{ name: 'sms: +14155550101', value: expect.any(String) },
		]);
	});

	it('are only those for WhatsApp where a template is sent', async () => {
		expect(await namesOf('searchWhatsappNodes', { contactId: byId(ALEX) })).toEqual([
			'whatsapp: +14155550101',
		]);
		const { id } = await conduit.contact('Mail Only');
		expect(await namesOf('searchWhatsappNodes', { contactId: byId(id) })).toEqual([
			'This Contact Has No Such Channel',
		]);
	});

	it.each([undefined, byId(''), byId('={{ $json.contact }}'), ''])(
		'need a contact: %p',
		async (contactId) => {
			expect(await namesOf('searchChannelNodes', { contactId })).toEqual([
				'Choose a Contact First',
			]);
		},
	);

	it('say why they cannot be listed', async () => {
		const wrong = search('searchChannelNodes', { contactId: byId('ph7nobody') });
		await expect(wrong).rejects.toMatchObject({
			message: 'Conduit refused to list: Contact not found',
			description: 'Try again, or enter the ID instead of picking it.',
		});
	});
});

describe('senders', () => {
	it('are those that fit the chosen channel', async () => {
		const chosen = { contactId: byId(ALEX), channelNodeId: byId(ALEX_WHATSAPP) };
		expect(await namesOf('searchSenders', chosen)).toEqual([
			'Seaside Stays: +14155550999 (whatsapp)',
		]);
		const { channels } = await conduit.contact('Alex Morgan');
		const email = channels.find(({ type }) => type === 'unthreaded_email')?.id ?? '';
		expect(await namesOf('searchSenders', { ...chosen, channelNodeId: byId(email) })).toEqual([
			'Team: team@conduit.ai (email, default)',
			'Bookings: bookings@conduit.ai (email)',
		]);
	});

	it('are those of the chosen type of channel', async () => {
		const chosen = { ...seaside, channelBy: 'type', channelType: 'sms' };
		expect(await namesOf('searchSenders', chosen)).toEqual([
			'Front desk: +14155550111 (sms)',
			'Night desk: +14155550112 (sms)',
		]);
	});

	it('are all of the workspace before a channel is chosen', async () => {
		expect(await namesOf('searchSenders', seaside)).toHaveLength(5);
		expect(await namesOf('searchSenders', seaside, { filter: 'desk' })).toHaveLength(2);
		expect(await namesOf('searchWhatsappSenders', seaside)).toEqual([
			'Seaside Stays: +14155550999 (whatsapp)',
		]);
		expect(await namesOf('searchSenders')).toEqual(['Choose a Workspace First']);
	});
});

describe('templates', () => {
	it('are the approved ones', async () => {
		const found = await search('searchTemplates', seaside);
		expect(found.results).toEqual([
			{
				name: 'appointment_reminder (en): Hi {{1}}, your appointment is on {{2}}.',
				value: REMINDER,
			},
			{ name: 'welcome (en): Welcome to Seaside Stays!', value: `HX${'b'.repeat(32)}` },
			{
				name: 'check_in (en): Hi {{1}}, room {{2}} is ready, the code is {{3}}.',
				value: `HX${'c'.repeat(32)}`,
			},
		]);
	});

	it("are those of the chosen contact's workspace", async () => {
		const { id } = await conduit.contact('Mona Skier', MOUNTAIN);
		expect(await namesOf('searchTemplates', { contactId: byId(id) })).toEqual([
			expect.stringMatching(/^snow_report \(en\): /),
		]);
	});

	const variables = async (parameters: object) =>
		await conduit.engine.resourceMapping('conduit', 'mapTemplateVariables', {
			parameters: { resource: 'message', operation: 'sendTemplate', ...parameters },
			credentials: conduit.credentials,
		});

	it('lay out their variables, all of them required', async () => {
		const { fields } = await variables({ ...seaside, contentSid: list(REMINDER) });
		expect(fields).toEqual([
			expect.objectContaining({ id: '1', displayName: '1 (e.g. Alex)', required: true }),
			expect.objectContaining({ id: '2', displayName: '2 (e.g. May 15 at 3 PM)', required: true }),
		]);
	});

	it.each([
		[{}, 'Choose a template to see what it needs.'],
		[{ contentSid: list(REMINDER) }, 'Choose a workspace to see the variables.'],
		[{ ...seaside, contentSid: list('HXother') }, 'The workspace has no such template.'],
		[{ ...seaside, contentSid: list(`HX${'b'.repeat(32)}`) }, 'This template has no variables.'],
	])('%p lays out nothing', async (parameters, notice) => {
		const emptyFieldsNotice = expect.stringContaining(notice);
		expect(await variables(parameters)).toEqual({ fields: [], emptyFieldsNotice });
	});
});

describe('threads', () => {
	it('are the tickets of the workspace, and their conversations', async () => {
		const tickets = await search('searchTickets', seaside);
		expect(tickets.results).toHaveLength(30);
		expect(tickets.results.map(({ name }) => name)).toContain('Question 1 (new)');
		const [found] = (await search('searchConversations', seaside, { filter: 'Question 1 (' }))
			.results;
		expect(found).toEqual({ name: 'Question 1 (new)', value: ALEX });
		expect(await namesOf('searchTickets')).toEqual(['Choose a Workspace First']);
	});
});

describe('the credential', () => {
	const test = async (data: object) =>
		await conduit.engine.testCredential('conduitAiApi', {
			...conduit.credentials.conduitAiApi,
			...data,
		});

	it.each([
		['reads and writes', {}, 'OK', 'Connection successful'],
		['only reads', { apiToken: 'sandbox-conduit-read-only-token' }, 'OK', 'Connection'],
		['is wrong', { apiToken: 'wrong' }, 'Error', 'Conduit does not know this API token'],
	])('whose token %s', async (_what, data, status, message) => {
		expect(await test(data)).toEqual({ status, message: expect.stringContaining(message) });
	});

	it.each([
		['403', 'may not list workspaces'],
		['404', 'without /v1'],
		['429', 'Try again in a minute'],
	] as const)('tells what %s means', async (fault, message) => {
		await conduit.vendor.fault({ fault });
		expect(await test({})).toEqual({ status: 'Error', message: expect.stringContaining(message) });
	});

	it('is not sent to another address', async () => {
		await conduit.vendor.fault({ fault: 'redirect', location: `${conduit.vendor.baseUrl}/v1/x` });
		expect((await test({})).status).toBe('Error');
		expect(await conduit.seen()).toHaveLength(1);
	});
});
