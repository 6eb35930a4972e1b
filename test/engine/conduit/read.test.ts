import { ALEX, byId, ConduitBench, list, SEASIDE } from './support';

const conduit = new ConduitBench();
beforeAll(async () => await conduit.load());
beforeEach(async () => await conduit.open());
afterEach(async () => await conduit.close());

/** Alex's conversation, which has the contact's id and 45 messages. */
const conversation = { conversationId: byId(ALEX) };
const path = `/v1/conversations/${ALEX}/messages`;

describe('List Messages', () => {
	it('gives as many as wanted, newest first', async () => {
		const run = await conduit.run('list', { ...conversation, limit: 3 });
		expect(await conduit.seen()).toEqual([
			{ method: 'GET', path, query: { limit: '3', order: 'desc' }, body: undefined },
		]);
		expect(run.json[0].map(({ text }) => text)).toEqual([
			'Earlier message 45',
			'Earlier message 44',
			'Earlier message 43',
		]);
		expect(run.json[0][1]).toEqual({
			messageId: expect.any(String),
			provider: 'conduit',
			channel: 'unthreaded_email',
			recipient: null,
			status: 'sent',
			providerStatus: 'sent',
			sentAt: expect.stringMatching(/^2026-04-03T/),
			reference: null,
			direction: 'outgoing',
			text: 'Earlier message 44',
			senderName: 'Alex M',
			conversationId: ALEX,
			workspaceId: SEASIDE,
		});
	});

	it('follows the cursor through all pages', async () => {
		for (let number = 46; number <= 230; number++) {
			await conduit.vendor.simulate('incoming', { contact_id: ALEX, body: `New ${number}` });
		}
		const all = { ...conversation, workspaceId: list(SEASIDE), returnAll: true, order: 'asc' };
		const run = await conduit.run('list', all);
		expect(run.json[0]).toHaveLength(230);
		expect(new Set(run.json[0].map(({ messageId }) => messageId)).size).toBe(230);
		expect(run.json[0][0].text).toBe('Earlier message 1');
		const queries = (await conduit.seen()).map(({ query }) => query);
		expect(queries).toEqual([
			{ workspace_id: SEASIDE, limit: '100', order: 'asc' },
			{ workspace_id: SEASIDE, limit: '100', order: 'asc', cursor: expect.any(String) },
			{ workspace_id: SEASIDE, limit: '100', order: 'asc', cursor: expect.any(String) },
		]);
	});

	it('pairs every message with its item, and gives raw messages without Simplify', async () => {
		const run = await conduit.run(
			'list',
			{ ...conversation, limit: 2, simplify: false },
			{ items: [{ json: {} }, { json: {} }], trace: true },
		);
		expect(run.origins[0]).toEqual([0, 0, 1, 1]);
		expect(run.json[0][0]).toMatchObject({ body: 'Earlier message 45', conversation_id: ALEX });
	});

	it('repeats a read that failed', async () => {
		await conduit.vendor.fault({ fault: '502' });
		const run = await conduit.run('list', { ...conversation, limit: 1 });
		expect(run.json[0]).toHaveLength(1);
	});

	it('says that there is no such conversation', async () => {
		const run = await conduit.run('list', { conversationId: byId('cv7nothing') });
		expect(run.error?.message).toBe('Conduit refused the request: Conversation not found [item 0]');
	});
});

describe('Get Message', () => {
	const idOf = async (text: string) => {
		const run = await conduit.run('list', { ...conversation, returnAll: true });
		return String(run.json[0].find((message) => message.text === text)?.messageId);
	};

	it('finds a message in its conversation', async () => {
		const messageId = await idOf('Earlier message 2');
		const run = await conduit.run('get', { ...conversation, messageId });
		expect(run.json[0]).toEqual([
			expect.objectContaining({ messageId, text: 'Earlier message 2', direction: 'outgoing' }),
		]);
	});

	it('reads no further than it must', async () => {
		for (let number = 46; number <= 230; number++) {
			await conduit.vendor.simulate('incoming', { contact_id: ALEX, body: `New ${number}` });
		}
		const [newest] = (await conduit.run('list', { ...conversation, limit: 1 })).json[0];
		const before = (await conduit.seen()).length;
		const { messageId } = newest;
		const run = await conduit.run('get', { ...conversation, messageId, simplify: false });
		expect(run.json[0]).toEqual([expect.objectContaining({ id: messageId, body: 'New 230' })]);
		expect((await conduit.seen()).slice(before)).toHaveLength(1);
	});

	it('says when the whole conversation does not have it', async () => {
		const run = await conduit.run('get', { ...conversation, messageId: 'yh7nothing' });
		expect(run.error?.message).toBe(
			'Conduit has no message yh7nothing among the 45 newest of the conversation [item 0]',
		);
		expect(run.error?.description).toContain('check the Message ID');
	});

	it('searches no further than the user allows', async () => {
		const messageId = await idOf('Earlier message 1');
		const run = await conduit.run(
			'get',
			{ ...conversation, messageId, options: { mostSearched: 20 } },
			{ onError: 'continueErrorOutput' },
		);
		expect(run.json[1]).toEqual([
			{
				error: expect.stringContaining('among the 20 newest'),
				details: expect.objectContaining({ code: 'not_found', outcome: 'rejected' }),
			},
		]);
		expect((await conduit.seen()).at(-1)?.query).toEqual({ limit: '20', order: 'desc' });
	});

	it.each([
		[{ messageId: '={{ "" }}' }, 'Message ID is empty [item 0]'],
		[
			{ messageId: 'yh7', options: { mostSearched: '={{ 0.5 }}' } },
			'Messages to Search "0.5" is not a whole number from 1 [item 0]',
		],
	])('refuses %p', async (wrong, message) => {
		const run = await conduit.run('get', { ...conversation, ...wrong });
		expect(run.error?.message).toBe(message);
		expect(await conduit.seen()).toEqual([]);
	});
});
