import { openVendor } from './client';

const token = 'sandbox-conduit-token';
const readOnly = 'sandbox-conduit-read-only-token';
const foreignToken = 'sandbox-conduit-foreign-token';
const seaside = 'j57demo8f8x7c9v0n2q4r6t8y1u3i5o';
const mountain = 'j57mountain0x7c9v0n2q4r6t8y1u3i5';
const alex = 'ph77c0dy0mgdpzmqz6tesry8w184002s';
const whatsapp = 'hg77c0dy0mgdpzmqz6tesry8w184002s';

/** Word for word the owner's example. */
const example = {
	channel_node_id: 'hg77c0dy0mgdpzmqz6tesry8w184002s',
	sender_id: 'whatsapp_number:+14155550999',
	whatsapp_template: {
		content_sid: 'HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
		variables: {
			'1': 'Alex',
			'2': 'May 15 at 3 PM',
		},
	},
};

describe('the Conduit sandbox', () => {
	let vendor: Awaited<ReturnType<typeof openVendor>>;
	const get = (path: string, as: string | undefined = token) => vendor.request(as, 'GET', path);
	const post = (path: string, body: unknown, as = token) => vendor.request(as, 'POST', path, body);
	const sendToAlex = (body: unknown) => post(`/v1/contacts/${alex}/messages`, body);
	/** The one contact of that name, with its channels. */
	const find = async (name: string, workspace = seaside) => {
		const query = new URLSearchParams({ workspace_id: workspace, query: name, field: 'name' });
		const { body } = await get(`/v1/contacts/search?${query}`);
		expect(body.data).toHaveLength(1);
		return (await get(`/v1/contacts/${body.data[0].id}`)).body.data;
	};
	const nodeOf = (contact: { channels: Array<{ id: string; type: string }> }, type: string) =>
		contact.channels.find((channel) => channel.type === type)?.id;

	beforeAll(async () => {
		vendor = await openVendor('conduit');
	});
	beforeEach(async () => {
		await vendor.reset();
		await vendor.unlimited();
	});
	afterAll(() => vendor.close());

	describe('access', () => {
		it.each([undefined, 'wrong'])('answers 401 for the token %s', async (wrong) => {
			const { status, body } = await vendor.request(wrong, 'GET', '/v1/workspaces');
			expect(status).toBe(401);
			expect(body).toEqual({ error: expect.any(String) });
		});

		it('lists the workspaces of the token', async () => {
			const ids = async (as: string) =>
				(await get('/v1/workspaces', as)).body.data.map(({ id }: { id: string }) => id);
			expect(await ids(token)).toEqual([seaside, mountain]);
			expect(await ids(readOnly)).toEqual([seaside, mountain]);
			expect(await ids(foreignToken)).toHaveLength(1);
		});

		it('lets a read-only token read and refuses its writes', async () => {
			expect((await get(`/v1/contacts/${alex}`, readOnly)).status).toBe(200);
			expect((await post(`/v1/contacts/${alex}/messages`, example, readOnly)).status).toBe(403);
			expect((await vendor.control('GET', '/messages')).messages).toEqual([]);
		});

		it.each([
			`/v1/contacts?workspace_id=${seaside}`,
			`/v1/contacts/${alex}`,
			`/v1/conversations/${alex}/messages`,
			`/v1/workspaces/${seaside}/senders`,
			`/v1/tickets?workspace_id=${seaside}`,
		])('refuses another workspace’s token: %s', async (path) => {
			expect((await get(path, foreignToken)).status).toBe(403);
		});

		it.each(['/v1/contacts', '/v1/contacts?workspace_id=nope', '/v1/workspaces/nope/senders'])(
			'wants a workspace that exists: %s',
			async (path) => {
				const { status, body } = await get(path);
				expect({ status, body }).toEqual({
					status: 400,
					body: { error: 'Invalid workspace id' },
				});
			},
		);

		it('does not find a contact in a workspace that is not its own', async () => {
			expect((await get(`/v1/contacts/${alex}?workspace_id=${mountain}`)).status).toBe(404);
			expect((await get(`/v1/contacts/${alex}?workspace_id=${seaside}`)).status).toBe(200);
			expect((await get('/v1/contacts/nope')).status).toBe(404);
			expect((await get('/v1/nothing')).status).toBe(404);
		});
	});

	describe('a message to a contact', () => {
		it('takes the documented example and answers in the documented form', async () => {
			const { status, body } = await sendToAlex(example);
			expect(status).toBe(200);
			expect(body).toEqual({
				data: {
					id: expect.stringMatching(/^yh7[0-9a-z]{29}$/),
					workspace_id: seaside,
					contact_id: alex,
					channel_node_id: whatsapp,
					sender_id: 'whatsapp_number:+14155550999',
					channel: 'whatsapp',
					status: 'sent',
				},
			});
			const { messages } = await vendor.control('GET', '/messages');
			expect(messages).toHaveLength(1);
			expect(messages[0]).toMatchObject({
				messageId: body.data.id,
				recipient: '+14155550101',
				content: { body: 'Hi Alex, your appointment is on May 15 at 3 PM.' },
				request: example,
			});
		});

		it.each([' ', '\n', '0', '😀'])('takes a body of one character, %j', async (body) => {
			expect((await sendToAlex({ channel_node_id: whatsapp, body })).status).toBe(200);
			expect((await post(`/v1/conversations/${alex}/messages`, { body })).status).toBe(200);
			const { messages } = await vendor.control('GET', '/messages');
			expect(messages.map(({ content }: { content: object }) => content)).toMatchObject([
				{ body },
				{ body },
			]);
		});

		it('takes no body of none', async () => {
			expect((await sendToAlex({ channel_node_id: whatsapp, body: '' })).status).toBe(400);
			expect((await post(`/v1/conversations/${alex}/messages`, { body: '' })).status).toBe(400);
		});

		it('gives the same ids after a reset', async () => {
			const first = (await sendToAlex(example)).body.data.id;
			const second = (await sendToAlex(example)).body.data.id;
			expect(second).not.toBe(first);
			await vendor.reset();
			expect((await sendToAlex(example)).body.data.id).toBe(first);
		});

		it('chooses the default sender of e-mail, the only one of WhatsApp', async () => {
			const { channels } = (await get(`/v1/contacts/${alex}`)).body.data;
			const mail = channels.find(({ type }: { type: string }) => type === 'unthreaded_email').id;
			const sent = await sendToAlex({ channel_node_id: mail, body: 'Hi', subject: 'Check-in' });
			expect(sent.body.data).toMatchObject({
				sender_id: 'gmail_account:team@conduit.ai',
				channel: 'email',
			});
			const other = await sendToAlex({ channel_node_id: whatsapp, body: 'Hi' });
			expect(other.body.data.sender_id).toBe('whatsapp_number:+14155550999');
		});

		it('wants a sender where several fit and none is the default', async () => {
			const { channels } = (await get(`/v1/contacts/${alex}`)).body.data;
			const sms = channels.find(({ type }: { type: string }) => type === 'sms').id;
			const without = await sendToAlex({ channel_node_id: sms, body: 'Hi' });
			expect(without.status).toBe(400);
			expect(without.body.error).toMatch(/^sender_id is required/);
			const sender_id = 'phone_number_config:+14155550112';
			const named = await sendToAlex({ channel_node_id: sms, body: 'Hi', sender_id });
			expect(named.body.data).toMatchObject({ sender_id, channel: 'sms' });
		});

		const sid = (letter: string) => `HX${letter.repeat(32)}`;
		it.each<[string, object, RegExp]>([
			['no channel node', { body: 'Hi' }, /channel_node_id is required/],
			['a foreign channel node', { channel_node_id: 'hg7', body: 'Hi' }, /not a channel/],
			['nothing to say', { channel_node_id: whatsapp }, /body is required/],
			['an empty body', { channel_node_id: whatsapp, body: '' }, /^body /],
			['body and template', { ...example, body: 'Hi' }, /either body or whatsapp_template/],
			['a subject', { channel_node_id: whatsapp, body: 'Hi', subject: 'S' }, /subject/],
			['an unknown sender', { ...example, sender_id: 'nobody' }, /sender_id not found/],
			[
				'a sender of another channel',
				{ ...example, sender_id: 'gmail_account:team@conduit.ai' },
				/cannot send/,
			],
			['an unknown key', { ...example, channelId: 1 }, /Unknown key channelId/],
			[
				'an unknown template',
				{ ...example, whatsapp_template: { content_sid: sid('9') } },
				/not found/,
			],
			[
				'a template of another workspace',
				{ ...example, whatsapp_template: { content_sid: sid('f'), variables: { '1': 'x' } } },
				/not found/,
			],
			[
				'a rejected template',
				{ ...example, whatsapp_template: { content_sid: sid('d'), variables: { '1': 'x' } } },
				/not approved/,
			],
			[
				'a template in review',
				{ ...example, whatsapp_template: { content_sid: sid('e'), variables: { '1': 'x' } } },
				/not approved/,
			],
			[
				'a variable too few',
				{ ...example, whatsapp_template: { content_sid: sid('a'), variables: { '1': 'x' } } },
				/Missing template variables: 2/,
			],
			[
				'a variable too many',
				{ ...example, whatsapp_template: { content_sid: sid('b'), variables: { '1': 'x' } } },
				/Unknown template variables: 1/,
			],
			[
				'a variable that is no text',
				{ ...example, whatsapp_template: { content_sid: sid('a'), variables: { '1': 1 } } },
				/^whatsapp_template\.variables\.1 /,
			],
		])('refuses %s', async (_, body, error) => {
			const reply = await sendToAlex(body);
			expect(reply.status).toBe(400);
			expect(Object.keys(reply.body)).toEqual(['error']);
			expect(reply.body.error).toMatch(error);
			expect((await vendor.control('GET', '/messages')).messages).toEqual([]);
		});

		it('sends a template without variables, and to WhatsApp only', async () => {
			const whatsapp_template = { content_sid: sid('b') };
			expect((await sendToAlex({ channel_node_id: whatsapp, whatsapp_template })).status).toBe(200);
			const mail = await find('Mail Only');
			const reply = await post(`/v1/contacts/${mail.id}/messages`, {
				channel_node_id: mail.channels[0].id,
				whatsapp_template,
			});
			expect(reply.status).toBe(400);
			expect(reply.body.error).toMatch(/only valid for WhatsApp/);
		});

		it('says so when the workspace has no sender for the channel', async () => {
			const mona = await find('Mona Skier', mountain);
			const reply = await post(`/v1/contacts/${mona.id}/messages`, {
				channel_node_id: nodeOf(mona, 'sms'),
				body: 'Hi',
			});
			expect(reply.status).toBe(400);
			expect(reply.body.error).toMatch(/^No sender can send sms/);
			const both = await post(`/v1/contacts/${mona.id}/messages`, {
				channel_node_id: nodeOf(mona, 'whatsapp'),
				body: 'Hi',
			});
			expect(both.body.error).toMatch(/^sender_id is required/);
		});
	});

	describe('conversations and tickets', () => {
		const page = async (query = '') =>
			(await get(`/v1/conversations/${alex}/messages?${query}`)).body;

		it('pages through the messages, newest first', async () => {
			const seen: string[] = [];
			let cursor: string | null = null;
			let pages = 0;
			do {
				const body = await page(cursor ? `cursor=${encodeURIComponent(cursor)}` : '');
				expect(body.has_more).toBe(body.next_cursor !== null);
				seen.push(...body.data.map((message: { body: string }) => message.body));
				// What arrives in the meantime neither repeats nor hides a row.
				if (pages++ === 0) await sendToAlex(example);
				cursor = body.next_cursor;
			} while (cursor);
			expect(pages).toBe(3);
			expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => `Earlier message ${45 - i}`));
		});

		it('gives messages in the documented form, in either order', async () => {
			const { data } = await page('order=asc&limit=2');
			expect(data.map((message: { body: string }) => message.body)).toEqual([
				'Earlier message 1',
				'Earlier message 2',
			]);
			expect(data[1]).toEqual({
				id: expect.stringMatching(/^yh7/),
				workspace_id: seaside,
				conversation_id: alex,
				channel: 'unthreaded_email',
				body: 'Earlier message 2',
				direction: 'outbound',
				status: 'sent',
				sent_at: '2026-04-03T03:16:02.000Z',
				created_at: '2026-04-03T03:16:02.000Z',
				sender: { user_id: expect.any(String), external_id: null, name: 'Alex M' },
			});
		});

		it.each(['limit=0', 'limit=101', 'limit=x', 'order=up', 'cursor=nope', 'page=2'])(
			'refuses %s',
			async (query) => {
				expect((await get(`/v1/conversations/${alex}/messages?${query}`)).status).toBe(400);
			},
		);

		it('shows what was sent, with the id that was answered', async () => {
			const { id } = (await sendToAlex(example)).body.data;
			const { data } = await page('limit=1');
			expect(data[0]).toMatchObject({ id, direction: 'outbound', channel: 'whatsapp' });
			const conversation = (await get(`/v1/conversations/${alex}`)).body.data;
			expect(conversation).toMatchObject({
				id: alex,
				last_message_preview: 'Hi Alex, your appointment is on May 15 at 3 PM.',
			});
		});

		it('replies in a conversation', async () => {
			const { status, body } = await post(`/v1/conversations/${alex}/messages`, { body: 'Hi' });
			expect(status).toBe(200);
			expect(body).toEqual({
				data: {
					id: expect.any(String),
					workspace_id: seaside,
					conversation_id: alex,
					ticket_id: null,
					channel: 'unthreaded_email',
					status: 'sent',
				},
			});
			expect((await post(`/v1/conversations/${alex}/messages`, { body: '' })).status).toBe(400);
			expect((await post('/v1/conversations/nope/messages', { body: 'Hi' })).status).toBe(404);
		});

		it('replies in a ticket', async () => {
			const { data } = (await get(`/v1/tickets?workspace_id=${seaside}&limit=1`)).body;
			const [ticket] = data;
			const { body } = await post(`/v1/tickets/${ticket.id}/messages`, { body: 'Hi' });
			expect(body.data).toMatchObject({
				conversation_id: ticket.conversation_id,
				ticket_id: ticket.id,
			});
			const { messages } = await vendor.control('GET', '/messages');
			expect(messages).toMatchObject([{ messageId: body.data.id, operationId: 'replyInTicket' }]);
			expect((await post('/v1/tickets/nope/messages', { body: 'Hi' })).status).toBe(404);
		});

		it('filters tickets', async () => {
			const statuses = async (query: string) => {
				const { body } = await get(`/v1/tickets?workspace_id=${seaside}&limit=100${query}`);
				return new Set(body.data.map(({ status }: { status: string }) => status));
			};
			expect(await statuses('')).toEqual(new Set(['new', 'pending', 'resolved', 'closed']));
			expect(await statuses('&status=open')).toEqual(new Set(['new', 'pending']));
			expect(await statuses('&waiting_on=none')).toEqual(new Set(['closed']));
		});

		it('lets a contact write', async () => {
			await vendor.control('POST', '/simulate', {
				what: 'incoming',
				contact_id: alex,
				body: 'Is breakfast included?',
			});
			expect((await page('limit=1')).data[0]).toMatchObject({
				direction: 'inbound',
				channel: 'whatsapp',
				body: 'Is breakfast included?',
			});
			const { data } = (await get(`/v1/contacts?workspace_id=${seaside}&limit=1`)).body;
			expect(data[0].id).toBe(alex);
			await expect(
				vendor.control('POST', '/simulate', { what: 'incoming', contact_id: 'nope' }),
			).rejects.toThrow('Contact not found');
		});
	});

	describe('pickers', () => {
		it('lists contacts over several pages', async () => {
			const first = (await get(`/v1/contacts?workspace_id=${seaside}&limit=100`)).body;
			expect(first).toMatchObject({ has_more: true });
			const cursor = encodeURIComponent(first.next_cursor);
			const second = (await get(`/v1/contacts?workspace_id=${seaside}&limit=100&cursor=${cursor}`))
				.body;
			expect(second).toMatchObject({ has_more: false, next_cursor: null });
			expect(first.data.length + second.data.length).toBe(155);
			const archived = (await get(`/v1/contacts?workspace_id=${seaside}&archived=true`)).body;
			expect(archived.data).toMatchObject([{ first_name: 'Archived' }]);
		});

		it.each([
			['any', 'guest00', 9],
			['name', 'guest 00', 9],
			['first_name', 'alex', 1],
			['last_name', 'morgan', 1],
			['email', 'mail.only@', 1],
			['phone', '+14155550101', 1],
			['whatsapp', '+1415555010', 2],
			['channel', '+1415555010', 2],
		])('searches contacts by %s', async (field, query, found) => {
			const search = new URLSearchParams({ workspace_id: seaside, field, query });
			const { body } = await get(`/v1/contacts/search?${search}`);
			expect(body.data).toHaveLength(found);
		});

		it('lists senders, templates, users and settings of a workspace', async () => {
			const data = async (what: string, workspace = seaside) =>
				(await get(`/v1/workspaces/${workspace}/${what}`)).body.data;
			expect(await data('senders')).toHaveLength(5);
			expect(await data('senders', mountain)).toHaveLength(3);
			expect(await data('users')).toHaveLength(20);
			expect(await data('settings')).toMatchObject({ default_phone_country_code: '+1' });
			const templates = await data('whatsapp-templates');
			expect(templates[0]).toMatchObject({
				content_sid: 'HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
				status: 'approved',
				variables: { '1': 'Alex', '2': 'May 15 at 3 PM' },
			});
			expect(templates.map(({ status }: { status: string }) => status)).toEqual(
				expect.arrayContaining(['rejected', 'pending']),
			);
		});
	});

	it('takes 120 requests a minute in a workspace, and says when the next one fits', async () => {
		await vendor.reset();
		const startedAt = performance.now();
		const settings = (workspace: string) => get(`/v1/workspaces/${workspace}/settings`);
		const replies = await Promise.all(Array.from({ length: 120 }, () => settings(seaside)));
		expect(replies.map(({ status }) => status)).toEqual(new Array(120).fill(200));
		const refused = await sendToAlex(example);
		expect(refused.status).toBe(429);
		expect(refused.body).toEqual({ error: expect.any(String) });
		const leftS = 60 - (performance.now() - startedAt) / 1000;
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(leftS - 1);
		expect((await settings(mountain)).status).toBe(200);
		expect((await get('/v1/workspaces')).status).toBe(200);
	});
});
