import { loadEngine, type Engine } from '../support/engine';
import { byId, demo, phone, withSent } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const conversation = { conversationId: byId(demo.talkativeContactId) };
const CONVERSATION_PATH = `/v3/conversations/${demo.talkativeContactId}`;
const earlier = (number: number) => `5e9d0b00-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('List Messages', () => {
	it('reads a conversation page by page', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('list', { ...conversation, returnAll: true });
			expect((await sent.seen()).map(({ path, query }) => ({ path, query }))).toEqual([
				{ path: CONVERSATION_PATH, query: { page: '1', page_size: '100' } },
				{ path: CONVERSATION_PATH, query: { page: '2', page_size: '100' } },
			]);
			expect(run.json[0]).toHaveLength(130);
			expect(run.json[0][129]).toEqual({
				messageId: earlier(1),
				provider: 'sent',
				channel: 'sms',
				recipient: '+447700900000',
				status: 'delivered',
				providerStatus: 'DELIVERED',
				sentAt: '2026-01-10T08:01:00Z',
				reference: null,
				direction: 'outgoing',
				sender: null,
				text: 'Earlier message 1',
				reason: null,
			});
			expect(run.json[0][128]).toMatchObject({
				messageId: earlier(2),
				recipient: null,
				status: 'delivered',
				providerStatus: 'RECEIVED',
				direction: 'incoming',
				sender: '+447700900000',
			});
			expect(new Set(run.origins[0])).toEqual(new Set([0]));
		});
	});

	it.each([
		[3, ['3']],
		[100, ['100']],
		[120, ['100', '100']],
	])('reads no more than the limit of %d', async (limit, sizes) => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('list', { ...conversation, limit });
			expect(run.json[0]).toHaveLength(limit);
			expect(run.json[0][0]).toMatchObject({ messageId: earlier(130) });
			expect((await sent.seen()).map(({ query }) => query.page_size)).toEqual(sizes);
		});
	});

	it('reads all conversations', async () => {
		await withSent(engine, async (sent) => {
			await sent.run('send', { recipients: phone(0), text: 'Hello' });
			const run = await sent.run('list', { messagesOf: 'all', limit: 2 });
			expect((await sent.seen())[1]).toMatchObject({
				path: '/v3/conversations',
				query: { page: '1', page_size: '2' },
			});
			expect(run.json[0]).toMatchObject([{ recipient: phone(0) }, { messageId: earlier(130) }]);
		});
	});

	it("gives the vendor's messages untouched", async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('list', { ...conversation, limit: 1, simplify: false });
			expect(run.json[0]).toMatchObject([
				{ id: earlier(130), contact_id: demo.talkativeContactId, direction: 'INBOUND' },
			]);
		});
	});

	it('says that a conversation does not exist', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('list', { conversationId: byId(earlier(1)) });
			expect(run.error).toMatchObject({
				message: 'Sent refused the request: Contact not found [item 0]',
				httpCode: '404',
			});
		});
	});

	it('tries again what can be read again', async () => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault: 'reset-before' });
			const run = await sent.run('list', { ...conversation, limit: 1 });
			expect(run.json[0]).toHaveLength(1);
		});
	});
});

describe('Get Message', () => {
	it('gives the message with its activities', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('get', { messageId: earlier(1) });
			expect((await sent.seen()).map(({ method, path }) => [method, path])).toEqual([
				['GET', `/v3/messages/${earlier(1)}`],
				['GET', `/v3/messages/${earlier(1)}/activities`],
			]);
			expect(run.json[0]).toEqual([
				{
					messageId: earlier(1),
					provider: 'sent',
					channel: 'sms',
					recipient: '+447700900000',
					status: 'delivered',
					providerStatus: 'DELIVERED',
					sentAt: '2026-01-10T08:01:00Z',
					reference: null,
					direction: 'outgoing',
					sender: null,
					text: 'Earlier message 1',
					reason: null,
					activities: [expect.objectContaining({ status: 'DELIVERED', from: demo.senders.sms })],
				},
			]);
		});
	});

	it('leaves the activities out', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('get', { messageId: earlier(1), includeActivities: false });
			expect(await sent.requests()).toHaveLength(1);
			expect(run.json[0][0]).not.toHaveProperty('activities');
		});
	});

	it("gives the vendor's answer untouched, and the activities beside it", async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('get', { messageId: earlier(1), simplify: false });
			expect(run.json[0]).toMatchObject([
				{ success: true, data: { id: earlier(1) }, activities: [{ status: 'DELIVERED' }] },
			]);
		});
	});

	it('follows a message on its way', async () => {
		await withSent(engine, async (sent) => {
			const [[{ messageId }]] = (await sent.run('send', { recipients: phone(0), text: 'Hello' }))
				.json;
			const look = async () =>
				(await sent.run('get', { messageId, includeActivities: false })).json[0][0];
			expect(await look()).toMatchObject({ status: 'queued', channel: null });
			await sent.advance({ messageId: String(messageId), status: 'DELIVERED' });
			expect(await look()).toMatchObject({ status: 'delivered', text: 'Hello' });
		});
	});

	it('says that a message does not exist', async () => {
		await withSent(engine, async (sent) => {
			const messageId = '8ba7b830-9dad-11d1-80b4-00c04fd430c8';
			const run = await sent.run('get', { messageId }, { onError: 'continueRegularOutput' });
			expect(run.json[0]).toMatchObject([{ details: { code: 'RESOURCE_003', httpCode: 404 } }]);
			expect(await sent.requests()).toHaveLength(1);
		});
	});
});
