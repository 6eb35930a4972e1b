import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, byId, demo, told } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open(undefined, { autoAdvance: false })));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

const UUID = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

async function sent(count: number, parameters: IDataObject = {}): Promise<string[]> {
	const items = Array.from({ length: count }, (_, index) => ({
		json: { phone: `+1415555${1000 + index}` },
	}));
	const run = await bird.send(
		{ recipient: '={{ $json.phone }}', text: 'Hello', ...parameters },
		{ items },
	);
	expect(run.error).toBeUndefined();
	return run.json[0].map(({ messageId }) => String(messageId));
}

const ids = (items: IDataObject[]) => items.map(({ messageId, id }) => messageId ?? id);
const reads = async () => (await bird.seen()).filter(({ method }) => method === 'GET');

describe('List Messages', () => {
	const channelMessages = `/channels/${demo.smsChannelId}/messages`;

	it.each<[what: string, parameters: IDataObject, path: string, query: IDataObject]>([
		['of a channel', {}, channelMessages, { limit: '50' }],
		['with a limit', { limit: 5 }, channelMessages, { limit: '5' }],
		['with a limit above a page', { limit: 1500 }, channelMessages, { limit: '1000' }],
		['with Return All', { returnAll: true }, channelMessages, { limit: '1000' }],
		['of the workspace', { listScope: 'workspace' }, '/channels/messages', { limit: '50' }],
		[
			'of some channels',
			{ listScope: 'workspace', channelIds: `${demo.smsChannelId}, ${demo.emailChannelId}` },
			'/channels/messages',
			{ limit: '50', channelId: [demo.smsChannelId, demo.emailChannelId] },
		],
		[
			'with every filter',
			{
				filters: {
					batchId: UUID,
					countryCode: 'NL, BE',
					direction: 'outgoing',
					emailSubject: 'Hello',
					endAt: '2026-01-31T00:00:00+01:00',
					failureCode: '15001,15005',
					failureSourceCode: '1',
					failureSourceName: 'sms-messagebird, accounting',
					from: '+31970102000',
					id: `${UUID},${demo.smsChannelId}`,
					messageType: 'text, image',
					navigatorId: UUID,
					platform: 'sms',
					reverse: true,
					startAt: '2026-01-01T00:00:00Z',
					status: ['delivered', 'delivery_failed'],
					tag: 'orders, news',
					to: '+31612345678, a+b@example.com',
				},
			},
			channelMessages,
			{
				limit: '50',
				batchId: UUID,
				countryCode: ['NL', 'BE'],
				direction: 'outgoing',
				emailSubject: 'Hello',
				endAt: '2026-01-30T23:00:00.000Z',
				failureCode: ['15001', '15005'],
				failureSourceCode: '1',
				failureSourceName: ['sms-messagebird', 'accounting'],
				from: '+31970102000',
				id: [UUID, demo.smsChannelId],
				messageType: ['text', 'image'],
				navigatorId: UUID,
				platform: 'sms',
				reverse: 'true',
				startAt: '2026-01-01T00:00:00.000Z',
				status: ['delivered', 'delivery_failed'],
				tag: ['orders', 'news'],
				to: ['+31612345678', 'a+b@example.com'],
			},
		],
	])('%s', async (_what, parameters, path, query) => {
		const run = await bird.run('list', parameters);
		expect(run.error).toBeUndefined();
		expect(await bird.seen()).toEqual([{ method: 'GET', path, query, body: undefined }]);
		expect(run.json).toEqual([[]]);
	});

	it('every filter is in the table', () => {
		const { properties } = bird.engine.description('bird');
		const filters = properties.find(({ name }) => name === 'filters');
		expect(filters?.options).toHaveLength(18);
	});

	it('gives one item a message, paired with the item that asked', async () => {
		const [first, second] = await sent(2);
		const run = await bird.run('list', {}, { items: [{ json: {} }, { json: {} }] });
		expect(ids(run.json[0]).sort()).toEqual([first, first, second, second].sort());
		expect(run.origins).toEqual([[0, 0, 1, 1]]);
		const result = run.json[0].find(({ messageId }) => messageId === first) ?? {};
		const { bodyId, ignorePersistedEventhooks, platformReferenceId, tagIds, ...known } = result;
		// Null, or what Bird says.
		const newest = [bodyId, ignorePersistedEventhooks, platformReferenceId, tagIds];
		expect(newest).not.toContain(undefined);
		expect(known).toEqual({
			messageId: first,
			provider: 'bird',
			channel: 'sms-messagebird',
			recipient: '+14155551000',
			status: expect.any(String),
			providerStatus: expect.any(String),
			sentAt: expect.stringMatching(/Z$/),
			reference: null,
			direction: 'outgoing',
			sender: '+31970102000',
			text: 'Hello',
			encoding: 'GSM-7',
			segments: 1,
			reason: null,
			errorCode: null,
			channelId: demo.smsChannelId,
			lastStatusAt: expect.stringMatching(/Z$/),
			scheduledFor: null,
			details: null,
			tags: [],
			chargeableUnits: 1,
		});
	});

	it('tells why a message failed', async () => {
		const [messageId] = await sent(1);
		await bird.vendor.advance({ messageId, status: 'delivery_failed' });
		const run = await bird.run('list', { filters: { status: ['delivery_failed'] } });
		expect(run.json[0]).toEqual([
			expect.objectContaining({
				messageId,
				status: 'failed',
				providerStatus: 'delivery_failed',
				reason: 'unknown subscriber',
				errorCode: '15005',
			}),
		]);
	});

	it('tells who wrote an incoming message', async () => {
		await bird.vendor.simulate('inbound', {
			channelId: demo.smsChannelId,
			from: '+31620011001',
			text: 'STOP',
		});
		const run = await bird.run('list', { filters: { direction: 'incoming' } });
		expect(run.json[0][0]).toMatchObject({
			direction: 'incoming',
			sender: '+31620011001',
			recipient: '+31970102000',
			text: 'STOP',
			status: 'delivered',
		});
	});

	it('with Simplify off gives what Bird gave', async () => {
		const [id] = await sent(1);
		const run = await bird.run('list', { simplify: false });
		expect(run.json[0]).toEqual([
			expect.objectContaining({ id, channelId: demo.smsChannelId, failure: null }),
		]);
	});

	it('reads on until there are enough', async () => {
		const all = await sent(7);
		const run = await bird.run('list', { limit: 7 });
		expect(ids(run.json[0]).sort()).toEqual(all.sort());
		expect(await reads()).toHaveLength(1);
	});

	it('reads on until there are no more, with the filters on every page', async () => {
		const items = Array.from({ length: 1001 }, (_, index) => ({
			json: { phone: `+1415${5_550_000 + index}` },
		}));
		await bird.run('bulkSend', { text: 'Hello', output: 'summary' }, { items });
		const run = await bird.run('list', { returnAll: true, filters: { direction: 'outgoing' } });
		expect(new Set(ids(run.json[0])).size).toBe(1001);
		const [first, second, ...others] = await reads();
		expect(first.query).toEqual({ limit: '1000', direction: 'outgoing' });
		expect(second.query).toEqual({
			limit: '1000',
			direction: 'outgoing',
			pageToken: expect.any(String),
		});
		expect(others).toEqual([]);
	});

	it('reads one page after the other by hand', async () => {
		const all = await sent(5);
		const first = await bird.run('list', { limit: 3, options: { pageToken: '' } });
		const [{ nextPageToken }] = first.json[0];
		const second = await bird.run('list', { limit: 3, options: { pageToken: nextPageToken } });
		expect([...ids(first.json[0]), ...ids(second.json[0])].sort()).toEqual(all.sort());
		expect(second.json[0].map((result) => result.nextPageToken)).toEqual([null, null]);
		expect((await reads()).map(({ query }) => query)).toEqual([
			{ limit: '3' },
			{ limit: '3', pageToken: nextPageToken },
		]);
	});

	it('stops where a page leads back to itself', async () => {
		let asked = 0;
		const server = createServer((_request, response) => {
			asked++;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ results: [{ id: UUID }], nextPageToken: 'again' }));
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const run = await bird.engine.run({
			node: {
				type: 'bird',
				parameters: { operation: 'list', returnAll: true, channelId: byId(demo.smsChannelId) },
			},
			credentials: { birdChannelsApi: { ...bird.credentials.birdChannelsApi, baseUrl } },
		});
		server.close();
		expect(told(run).message).toMatch(/^Bird gave a next page that was already read.* \[item 0\]$/);
		expect(asked).toBe(2);
	});

	it('waits where Bird asks it to, and tries again where Bird fails', async () => {
		const all = await sent(1);
		await bird.vendor.fault({ fault: '429', retryAfter: 0 });
		await bird.vendor.fault({ fault: '502' });
		await bird.vendor.fault({ fault: 'reset-before' });
		const run = await bird.run('list', {});
		expect(ids(run.json[0])).toEqual(all);
	});

	it.each([
		['401', /Bird refused the request: The access key is missing or not valid/, /credential/],
		['403', /Bird refused the request/, /what it is allowed to do/],
		['404', /Bird refused the request/, /HTTP 404/],
		['garbage', /a body that cannot be read/, /Base URL/],
	])('tells what %s means', async (fault, message, cure) => {
		await bird.vendor.fault({ fault: fault === '401' ? 'unauthorized' : (fault as '404') });
		const run = await bird.run('list', {});
		expect(told(run).message).toMatch(message);
		expect(told(run).description).toMatch(cure);
	});
});

describe('Get Message', () => {
	it('reads one message', async () => {
		const [messageId] = await sent(1);
		const run = await bird.run('get', { messageId: ` ${messageId} ` });
		expect(run.json[0]).toEqual([
			expect.objectContaining({ messageId, text: 'Hello', direction: 'outgoing' }),
		]);
		expect(run.json[0][0]).not.toHaveProperty('interactions');
		expect(await reads()).toEqual([
			{
				method: 'GET',
				path: `/channels/${demo.smsChannelId}/messages/${messageId}`,
				query: {},
				body: undefined,
			},
		]);
	});

	it('folds in what the recipient did', async () => {
		const channelId = byId(demo.whatsappChannelId);
		const [messageId] = await sent(1, { channelId });
		await bird.vendor.advance({ messageId, status: 'delivered' });
		const before = await bird.run('get', { channelId, messageId, includeInteractions: true });
		expect(before.json[0][0]).toMatchObject({ status: 'delivered', interactions: [] });
		await bird.vendor.advance({ messageId, status: 'read' });
		await bird.vendor.advance({ messageId, status: 'clicked' });
		const after = await bird.run('get', { channelId, messageId, includeInteractions: true });
		expect(after.json[0][0]).toMatchObject({
			status: 'read',
			providerStatus: 'delivered',
			interactions: [
				{ type: 'read', occurredAt: expect.stringMatching(/Z$/) },
				{ type: 'clicked', occurredAt: expect.stringMatching(/Z$/) },
			],
		});
		expect((await reads()).at(-1)?.path).toBe(
			`/channels/${demo.whatsappChannelId}/messages/${messageId}/interactions`,
		);
	});

	it('with Simplify off adds them as they are', async () => {
		const [messageId] = await sent(1);
		await bird.vendor.advance({ messageId, status: 'clicked' });
		const run = await bird.run('get', { messageId, simplify: false, includeInteractions: true });
		expect(run.json[0][0]).toMatchObject({
			id: messageId,
			interactions: [{ messageId, type: 'clicked', messagePartsCount: expect.any(Number) }],
		});
		const without = await bird.run('get', { messageId, simplify: false });
		expect(without.json[0][0]).not.toHaveProperty('interactions');
	});

	it('that does not exist is told', async () => {
		const run = await bird.run('get', { messageId: UUID });
		expect(told(run).message).toBe(
			'Bird refused the request: The requested resource does not exist: message not found [item 0]',
		);
	});

	it('with interactions that cannot be read is told', async () => {
		const [messageId] = await sent(1);
		await bird.vendor.fault({ fault: 'garbage', operationId: 'listInteractions' });
		const run = await bird.run('get', { messageId, includeInteractions: true });
		expect(told(run).message).toContain('a body that cannot be read');
	});
});
