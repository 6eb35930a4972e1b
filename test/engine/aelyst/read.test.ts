import { AelystBench, byId, list, WHATSAPP } from './support';

const aelyst = new AelystBench();
beforeAll(async () => await aelyst.load());
beforeEach(async () => await aelyst.open());
afterEach(async () => await aelyst.close());

/** With 65 earlier messages. */
const aisyah = { contactBy: 'id', contactId: list(123) };

describe('List Messages', () => {
	it('gives as many as wanted', async () => {
		const run = await aelyst.run('list', { ...aisyah, limit: 2 });
		expect(await aelyst.seen()).toEqual([
			{
				method: 'GET',
				path: '/contact/id:123/message/list',
				query: { limit: '2' },
				body: undefined,
			},
		]);
		expect(run.json[0]).toEqual([
			expect.objectContaining({
				text: 'Earlier message 65',
				direction: 'incoming',
				recipient: null,
			}),
			{
				messageId: expect.any(String),
				provider: 'aelyst',
				channel: String(WHATSAPP),
				recipient: '123',
				status: 'read',
				providerStatus: 'read',
				sentAt: expect.stringMatching(/^\d{4}-/),
				reference: null,
				direction: 'outgoing',
				contactId: '123',
				type: 'text',
				text: 'Earlier message 64',
				reason: null,
				senderSource: 'user',
			},
		]);
	});

	it('takes the cursor out of the next address, which leads nowhere itself', async () => {
		const run = await aelyst.run('list', { ...aisyah, returnAll: true });
		expect(run.error).toBeUndefined();
		expect(new Set(run.json[0].map(({ messageId }) => messageId)).size).toBe(65);
		expect((await aelyst.seen()).map(({ path, query }) => [path, query])).toEqual([
			['/contact/id:123/message/list', { limit: '50' }],
			['/contact/id:123/message/list', { limit: '50', cursorId: expect.stringMatching(/^\d+$/) }],
		]);
	});

	it('reads no page more than it needs', async () => {
		const run = await aelyst.run('list', { ...aisyah, limit: 60 });
		expect(run.json[0]).toHaveLength(60);
		expect(await aelyst.seen()).toHaveLength(2);
	});

	it('pairs every message with its item, and gives raw messages without Simplify', async () => {
		const run = await aelyst.run(
			'list',
			{ ...aisyah, contactId: byId('={{ $json.id }}'), limit: 2, simplify: false },
			{ items: [{ json: { id: 123 } }, { json: { id: 126 } }, { json: { id: 123 } }], trace: true },
		);
		expect(run.origins[0]).toEqual([0, 0, 2, 2]);
		expect(run.json[0][0]).toMatchObject({ contactId: 123, traffic: 'incoming' });
	});

	it('repeats a read that failed, and waits when told', async () => {
		await aelyst.vendor.fault({ fault: '502' });
		await aelyst.vendor.fault({ fault: '429', retryAfter: 0.1 });
		const run = await aelyst.run('list', { ...aisyah, limit: 1 });
		expect(run.json[0]).toHaveLength(1);
		expect(await aelyst.seen()).toHaveLength(3);
	});
});

describe('Get Message', () => {
	const send = async (contact: object) => {
		const run = await aelyst.run('send', { contactBy: 'id', text: 'Hi', ...contact });
		return String(run.json[0][0].messageId);
	};

	it('gives the history of the status', async () => {
		await aelyst.vendor.settings({ autoAdvance: false });
		const messageId = await send(aisyah);
		await aelyst.vendor.advance({ messageId, status: 'sent' });
		await aelyst.vendor.advance({ messageId, status: 'delivered' });
		const run = await aelyst.run('get', { ...aisyah, messageId });
		expect((await aelyst.seen()).at(-1)).toMatchObject({
			method: 'GET',
			path: `/contact/id:123/message/${messageId}`,
		});
		const at = expect.stringMatching(/^\d{4}-/);
		expect(run.json[0]).toEqual([
			{
				messageId,
				provider: 'aelyst',
				channel: String(WHATSAPP),
				recipient: '123',
				status: 'delivered',
				providerStatus: 'delivered',
				sentAt: at,
				reference: null,
				direction: 'outgoing',
				contactId: '123',
				type: 'text',
				text: 'Hi',
				reason: null,
				senderSource: 'api',
				statusHistory: [
					{ status: 'queued', providerStatus: 'pending', at, reason: null },
					{ status: 'sent', providerStatus: 'sent', at, reason: null },
					{ status: 'delivered', providerStatus: 'delivered', at, reason: null },
				],
			},
		]);
	});

	it('tells why a message failed', async () => {
		const contact = { contactId: byId(50001) };
		const messageId = await send(contact);
		await aelyst.vendor.advance({ messageId });
		const run = await aelyst.run('get', { contactBy: 'id', ...contact, messageId });
		expect(run.json[0][0]).toMatchObject({ status: 'failed', reason: 'Message undeliverable' });
		const raw = await aelyst.run('get', {
			contactBy: 'id',
			...contact,
			messageId,
			simplify: false,
		});
		expect(raw.json[0][0]).toMatchObject({ traffic: 'outgoing', contactId: 50001 });
	});

	it.each([
		[{ messageId: '1' }, 'Aelyst refused the request: Message not found [item 0]'],
		[{ messageId: 'abc' }, 'Message ID "abc" is not the ID of a message [item 0]'],
		[{ messageId: '={{ "" }}' }, 'Message ID is empty [item 0]'],
	])('refuses %p', async (wrong, message) => {
		const run = await aelyst.run('get', { ...aisyah, ...wrong });
		expect(run.error?.message).toBe(message);
	});
});
