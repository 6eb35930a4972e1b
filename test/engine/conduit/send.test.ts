import { ALEX, ALEX_WHATSAPP, byId, ConduitBench, list, REMINDER, SEASIDE } from './support';

const conduit = new ConduitBench();
beforeAll(async () => await conduit.load());
beforeEach(async () => await conduit.open());
afterEach(async () => await conduit.close());

const toAlex = {
	sendTo: 'contact',
	contactId: byId(ALEX),
	channelNodeId: byId(ALEX_WHATSAPP),
	body: 'Hi there',
};
const reminder = {
	contactId: list(ALEX),
	channelNodeId: list(ALEX_WHATSAPP),
	contentSid: list(REMINDER),
};
const mapped = (value: object) => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns: [],
	schema: ['1', '2'].map((id) => ({
		id,
		displayName: id,
		required: true,
		defaultMatch: false,
		display: true,
		type: 'string',
	})),
});

describe('requests and results', () => {
	it('text to a contact, through the only sender that fits', async () => {
		const run = await conduit.run('send', toAlex);
		expect(run.error).toBeUndefined();
		expect(await conduit.seen()).toEqual([
			{
				method: 'POST',
				path: `/v1/contacts/${ALEX}/messages`,
				query: {},
				body: { channel_node_id: ALEX_WHATSAPP, body: 'Hi there' },
			},
		]);
		const [message] = await conduit.vendor.messages();
		expect(run.json).toEqual([
			[
				{
					messageId: message.messageId,
					provider: 'conduit',
					channel: 'whatsapp',
					recipient: ALEX,
					status: 'sent',
					providerStatus: 'sent',
					sentAt: null,
					reference: null,
					workspaceId: SEASIDE,
					channelNodeId: ALEX_WHATSAPP,
					senderId: 'whatsapp_number:+14155550999',
				},
			],
		]);
	});

	it('an email with a subject, a sender and the workspace', async () => {
		const { channels } = await conduit.contact('Alex Morgan');
		const email = channels.find(({ type }) => type === 'unthreaded_email')?.id ?? '';
		const run = await conduit.run('send', {
			...toAlex,
			workspaceId: list(SEASIDE),
			channelNodeId: byId(email),
			senderId: list('gmail_account:bookings@conduit.ai'),
			subject: 'Check-in',
		});
		expect((await conduit.seen()).at(-1)).toEqual({
			method: 'POST',
			path: `/v1/contacts/${ALEX}/messages`,
			query: { workspace_id: SEASIDE },
			body: {
				channel_node_id: email,
				sender_id: 'gmail_account:bookings@conduit.ai',
				subject: 'Check-in',
				body: 'Hi there',
			},
		});
		expect(run.json[0][0]).toMatchObject({
			channel: 'email',
			senderId: 'gmail_account:bookings@conduit.ai',
		});
	});

	it('text through the type of channel, which is looked up', async () => {
		const run = await conduit.run('send', {
			...toAlex,
			channelNodeId: undefined,
			channelBy: 'type',
			channelType: 'whatsapp',
		});
		expect(run.error).toBeUndefined();
		expect(await conduit.seen()).toEqual([
			{ method: 'GET', path: `/v1/contacts/${ALEX}`, query: {}, body: undefined },
			{
				method: 'POST',
				path: `/v1/contacts/${ALEX}/messages`,
				query: {},
				body: { channel_node_id: ALEX_WHATSAPP, body: 'Hi there' },
			},
		]);
	});

	it.each(['conversation', 'ticket'])('a reply in a %s', async (sendTo) => {
		const [ticket] = await conduit.ask<Array<{ id: string; conversation_id: string }>>(
			`/v1/tickets?workspace_id=${SEASIDE}&limit=1`,
		);
		const id = sendTo === 'ticket' ? ticket.id : ticket.conversation_id;
		const run = await conduit.run('send', { sendTo, [`${sendTo}Id`]: byId(id), body: 'Hi' });
		expect((await conduit.seen()).at(-1)).toEqual({
			method: 'POST',
			path: `/v1/${sendTo}s/${id}/messages`,
			query: {},
			body: { body: 'Hi' },
		});
		expect(run.json[0][0]).toMatchObject({
			messageId: expect.any(String),
			recipient: null,
			status: 'sent',
			conversationId: ticket.conversation_id,
			ticketId: sendTo === 'ticket' ? ticket.id : null,
		});
	});

	it.each([
		['fields', { variables: mapped({ '1': 'Alex', '2': '={{ $json.when }}' }) }],
		[
			'JSON',
			{
				variablesFrom: 'json',
				variablesJson: '={{ { "1": "Alex", "2": $json.when } }}',
			},
		],
	])('a template with variables from %s', async (_from, variables) => {
		const run = await conduit.run(
			'sendTemplate',
			{ ...reminder, ...variables, senderId: list('whatsapp_number:+14155550999') },
			{ items: [{ json: { when: 'May 15 at 3 PM' } }] },
		);
		expect(run.error).toBeUndefined();
		// The owner's example, word for word.
		expect(await conduit.seen()).toEqual([
			{
				method: 'POST',
				path: `/v1/contacts/${ALEX}/messages`,
				query: {},
				body: {
					channel_node_id: ALEX_WHATSAPP,
					sender_id: 'whatsapp_number:+14155550999',
					whatsapp_template: {
						content_sid: REMINDER,
						variables: { '1': 'Alex', '2': 'May 15 at 3 PM' },
					},
				},
			},
		]);
		expect(run.json[0][0]).toMatchObject({ channel: 'whatsapp', status: 'sent' });
	});

	it("a template through the contact's only WhatsApp channel", async () => {
		const run = await conduit.run('sendTemplate', {
			...reminder,
			channelNodeId: undefined,
			channelBy: 'type',
			contentSid: list(`HX${'b'.repeat(32)}`),
			variablesFrom: 'json',
		});
		expect(run.error).toBeUndefined();
		expect((await conduit.seen()).at(-1)?.body).toEqual({
			channel_node_id: ALEX_WHATSAPP,
			whatsapp_template: { content_sid: `HX${'b'.repeat(32)}` },
		});
	});

	it("gives the vendor's answer untouched without Simplify, and takes plain values", async () => {
		const plain = { ...toAlex, contactId: ALEX, channelNodeId: ALEX_WHATSAPP, simplify: false };
		const run = await conduit.run('send', plain);
		expect(run.json[0]).toEqual([{ data: expect.objectContaining({ contact_id: ALEX }) }]);
	});

	it('pairs several items', async () => {
		const run = await conduit.run(
			'send',
			{ ...toAlex, body: '={{ $json.text }}' },
			{ items: ['a', 'b', 'c'].map((text) => ({ json: { text } })), trace: true },
		);
		expect(run.origins[0]).toEqual([0, 1, 2]);
		const bodies = (await conduit.seen()).map(({ body }) => (body as { body: string }).body);
		expect(bodies.sort()).toEqual(['a', 'b', 'c']);
	});
});

describe('faults', () => {
	it('waits when told, and sends once', async () => {
		await conduit.vendor.fault({ fault: '429', retryAfter: 0.1, count: 2 });
		const run = await conduit.run('send', toAlex);
		expect(run.error).toBeUndefined();
		expect(await conduit.vendor.messages()).toHaveLength(1);
		expect(await conduit.seen()).toHaveLength(3);
	});

	it.each([
		['500', { fault: '500' }, 0],
		['reset-after', { fault: 'reset-after' }, 1],
		['garbage', { fault: 'garbage' }, 1],
		['empty', { fault: 'empty' }, 1],
	] as const)('does not repeat what may have been sent: %s', async (_what, fault, accepted) => {
		await conduit.vendor.fault(fault);
		const run = await conduit.run('send', toAlex, { onError: 'continueRegularOutput' });
		expect(await conduit.seen()).toHaveLength(1);
		expect(await conduit.vendor.messages()).toHaveLength(accepted);
		expect(run.json[0][0]).toMatchObject({
			error: expect.stringContaining('unknown whether the message was accepted'),
			details: { provider: 'conduit', outcome: 'unknown' },
		});
	});

	it('tells how to check what became of the message', async () => {
		await conduit.vendor.fault({ fault: '500' });
		const run = await conduit.run('send', toAlex);
		expect(run.error?.description).toContain("List Messages of the contact's conversation");
	});

	it.each([
		['a wrong token', 'wrong', 401, 'Missing or invalid API token'],
		[
			'a token that may only read',
			'sandbox-conduit-read-only-token',
			403,
			'API token does not have write access',
		],
		[
			"another workspace's token",
			'sandbox-conduit-foreign-token',
			403,
			'API token does not have access to this workspace',
		],
	])('%s is refused in the vendor’s words', async (_what, token, httpCode, said) => {
		const run = await conduit.run('send', toAlex, {
			credentials: conduit.withToken(token),
			onError: 'continueRegularOutput',
		});
		expect(run.json[0]).toEqual([
			{
				error: expect.stringContaining(`Conduit refused the request: ${said} [item 0]. HTTP `),
				details: {
					provider: 'conduit',
					code: null,
					httpCode,
					outcome: 'rejected',
					vendor: { message: said, details: null, requestId: null },
				},
			},
		]);
		expect(await conduit.vendor.messages()).toEqual([]);
	});

	it('a read that fails in the look-up of the channel is repeated, the send is not', async () => {
		await conduit.vendor.fault({ fault: '500', operationId: 'getContact' });
		const byType = { ...toAlex, channelNodeId: undefined, channelBy: 'type' };
		const run = await conduit.run('send', byType);
		expect(run.error).toBeUndefined();
		expect((await conduit.seen()).map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
	});
});

describe('bad input', () => {
	it('names the field, the item and the cure, and sends nothing', async () => {
		const run = await conduit.run(
			'send',
			{ ...toAlex, contactId: '={{ $json.contact }}' },
			{ items: [{ json: { contact: ALEX } }, { json: { contact: '+14155550101' } }] },
		);
		expect(run.error?.message).toBe('Contact "+14155550101" is not the ID of a contact [item 1]');
		expect(run.error?.description).toContain('Pick the contact, or enter its ID');
		expect(await conduit.seen()).toEqual([]);
	});

	it.each([
		['Mail Only', 'WhatsApp is not a channel of contact', 'unthreaded_email mail.only@example.com'],
		['No Channel', 'WhatsApp is not a channel of contact', 'The contact has no channels'],
		['Two Numbers', 'fits 2 channels of contact', 'Choose the channel node itself: whatsapp +1415'],
	])('a contact without the one channel: %s', async (name, problem, cure) => {
		const { id } = await conduit.contact(name);
		const byType = { ...toAlex, contactId: byId(id), channelNodeId: undefined, channelBy: 'type' };
		const run = await conduit.run('send', byType);
		expect(run.error?.message).toContain(`Channel Type ${problem}`);
		expect(run.error?.message).toContain('[item 0]');
		expect(run.error?.description).toContain(cure);
		expect(await conduit.vendor.messages()).toEqual([]);
	});

	it.each([
		["another contact's channel", { channelNodeId: byId('hg7other') }, 400, 'not a channel of'],
		['no such contact', { contactId: byId('ph7nobody') }, 404, 'Contact not found'],
		['no such workspace', { workspaceId: byId('nope') }, 400, 'Invalid workspace id'],
	])('what only the vendor knows: %s', async (_what, wrong, httpCode, said) => {
		const run = await conduit.run(
			'send',
			{ ...toAlex, ...wrong },
			{ onError: 'continueErrorOutput' },
		);
		expect(run.json[0]).toEqual([]);
		expect(run.json[1]).toEqual([
			{
				error: expect.stringContaining(said),
				details: expect.objectContaining({ httpCode, outcome: 'rejected' }),
			},
		]);
	});

	it('a sender that has to be chosen, in the vendor’s words', async () => {
		const { channels } = await conduit.contact('Alex Morgan');
		const sms = channels.find(({ type }) => type === 'sms')?.id ?? '';
		const run = await conduit.run('send', { ...toAlex, channelNodeId: byId(sms) });
		expect(run.error?.message).toContain('sender_id is required');
	});

	it.each([
		['a missing variable', { '1': 'Alex' }, 'Missing template variables: 2'],
		['an unknown one', { '1': 'Alex', '2': 'b', '3': 'c' }, 'Unknown template variables: 3'],
	])('%s in JSON, in the vendor’s words', async (_what, variablesJson, said) => {
		const run = await conduit.run('sendTemplate', {
			...reminder,
			variablesFrom: 'json',
			variablesJson,
		});
		expect(run.error?.message).toContain(said);
		expect(await conduit.vendor.messages()).toEqual([]);
	});

	it('a variable whose expression gives nothing', async () => {
		const run = await conduit.run('sendTemplate', {
			...reminder,
			variables: mapped({ '1': 'Alex', '2': '={{ $json.missing }}' }),
		});
		expect(run.error?.message).toBe('Variable 2 is empty [item 0]');
		expect(await conduit.seen()).toEqual([]);
	});
});
