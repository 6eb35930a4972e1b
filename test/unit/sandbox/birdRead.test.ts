import { sendOnlyKey } from '../../../sandbox/vendors/bird/demo';
import { Bird, channels, until } from './support';

let bird: Bird;
beforeAll(async () => (bird = await Bird.start({ stepMs: 5 })));
beforeEach(() => bird.control.reset());
afterAll(() => bird.close());

const withKey = (authorization: string) =>
	bird.call('GET', '/channels?limit=1', undefined, { authorization });

describe('access', () => {
	it.each([
		['no key', ''],
		['a wrong key', 'AccessKey nope'],
		["a key of Bird's other API", 'AccessKey bk_eu1_abcdef'],
		['the scheme of the other API', 'Bearer sandbox-access-key'],
	])('401 with %s', async (_what, authorization) => {
		expect(await withKey(authorization)).toMatchObject({
			status: 401,
			body: { code: 'Unauthorized' },
		});
	});

	it('403 with a key that may send but not list', async () => {
		expect((await withKey(`AccessKey ${sendOnlyKey}`)).status).toBe(403);
		const sent = await bird.call(
			'POST',
			`/channels/${channels.sms}/messages`,
			{
				receiver: { contacts: [{ identifierValue: '+31612345678' }] },
				body: { type: 'text', text: { text: 'x' } },
			},
			{ authorization: `AccessKey ${sendOnlyKey}` },
		);
		expect(sent.status).toBe(202);
	});

	it('404 in another workspace and at paths that do not exist', async () => {
		const other = bird.workspaceUrl.replace(/.$/, '9');
		expect((await bird.call('GET', `${other}/channels`)).body.message).toMatch(/workspace/);
		expect(
			(await bird.call('GET', `${bird.control.baseUrl}/workspaces/ws_1/channels`)).status,
		).toBe(404);
		expect((await bird.call('GET', '/nothing')).status).toBe(404);
	});
});

describe('lists', () => {
	async function pages(path: string): Promise<string[][]> {
		const all: string[][] = [];
		for (let token: string | undefined = ''; token !== undefined; ) {
			const more: string = token && `&pageToken=${token}`;
			const { body } = await bird.call('GET', `${path}${more}`);
			all.push(body.results.map(({ id }: { id: string }) => id));
			token = body.nextPageToken;
		}
		return all;
	}

	it('pages through channels without gaps and repeats', async () => {
		const found = await pages('/channels?limit=30');
		expect(found.map(({ length }) => length)).toEqual([30, 30, 5]);
		expect(new Set(found.flat()).size).toBe(65);
		const backwards = await pages('/channels?limit=1000&reverse=true');
		expect(backwards.flat()).toEqual([...found.flat()].reverse());
	});

	it('pages through contacts, ten at a time unless told otherwise', async () => {
		expect((await pages('/contacts?reverse=false')).map(({ length }) => length)).toEqual([
			10, 10, 10, 10, 10, 10, 4,
		]);
	});

	it('filters channels', async () => {
		const { body } = await bird.call('GET', '/channels?limit=100&platform=whatsapp&platform=sms');
		const platforms = new Set(body.results.map((c: { platformId: string }) => c.platformId));
		expect([...platforms].sort()).toEqual(['sms-messagebird', 'whatsapp']);
		const one = await bird.call('GET', `/channels?channelIds=${channels.email}`);
		expect(one.body.results).toMatchObject([{ name: 'Demo Email', status: 'active' }]);
		expect((await bird.call('GET', `/channels/${channels.sms}`)).body.name).toBe('Demo SMS');
	});

	it('refuses query parameters it does not know or that are out of range', async () => {
		const bad = await bird.call('GET', '/channels?limit=1001&search=x');
		expect(bad.body.details).toEqual({
			'query.limit': ['number must be at most 1000'],
			query: ['property "search" is unsupported'],
		});
		expect((await bird.call('GET', '/contacts?limit=101')).status).toBe(422);
		expect((await bird.call('GET', '/channels?pageToken=nope')).status).toBe(422);
	});

	it('keeps its place in the messages while more are sent', async () => {
		await bird.control.settings({ autoAdvance: false });
		const sent: string[] = [];
		for (let i = 0; i < 4; i++) sent.unshift((await bird.sendText()).body.id);
		const first = await bird.call('GET', `/channels/${channels.sms}/messages?limit=2`);
		await bird.sendText();
		const second = await bird.call(
			'GET',
			`/channels/${channels.sms}/messages?limit=2&pageToken=${first.body.nextPageToken}`,
		);
		const ids = [...first.body.results, ...second.body.results].map(({ id }) => id);
		expect(ids).toEqual(sent);
		expect(second.body.nextPageToken).toBeUndefined();
	});

	it.each(['/channels/messages', `/channels/${channels.sms}/messages`])(
		'gives 25 messages of %s unless told otherwise, and goes on from a page token',
		async (path) => {
			await bird.control.settings({ autoAdvance: false });
			const sent: string[] = [];
			for (let i = 0; i < 26; i++) sent.unshift((await bird.sendText()).body.id);
			expect(await pages(`${path}?reverse=false`)).toEqual([sent.slice(0, 25), sent.slice(25)]);
			for (const wrong of ['limit=0', 'limit=1001', 'pageToken=nope']) {
				expect((await bird.call('GET', `${path}?${wrong}`)).status).toBe(422);
			}
		},
	);

	it('filters messages', async () => {
		await bird.control.settings({ autoAdvance: false });
		const sms = await bird.sendText({ tags: ['Blue'] }, '+31612340001');
		const wa = await bird.send(
			{
				receiver: { contacts: [{ identifierValue: '+4915112345678' }] },
				template: { projectId: 'x' },
			},
			channels.whatsapp,
		);
		await bird.control.advance({ messageId: sms.body.id, status: 'delivery_failed' });
		await bird.control.simulate('inbound', { channelId: channels.sms, from: '+31620011001' });
		const found = async (query: string) => {
			const { body } = await bird.call('GET', `/channels/messages?${query}`);
			return body.results.map(({ id }: { id: string }) => id);
		};
		expect(await found('tag=blue')).toEqual([sms.body.id]);
		expect(await found('messageType=template')).toEqual([wa.body.id]);
		expect(await found('status=accepted&status=delivery_failed')).toHaveLength(2);
		expect(await found('failureCode=15005')).toEqual([sms.body.id]);
		expect(await found('failureSourceName=sms-messagebird')).toEqual([sms.body.id]);
		expect(await found('countryCode=DE')).toEqual([wa.body.id]);
		expect(await found(`to=${encodeURIComponent('+4915112345678')}`)).toEqual([wa.body.id]);
		expect(await found(`from=${encodeURIComponent('+31620011001')}`)).toHaveLength(1);
		expect(await found('direction=incoming')).toHaveLength(1);
		expect(await found('platform=whatsapp')).toEqual([wa.body.id]);
		expect(await found(`channelId=${channels.sms}&direction=outgoing`)).toEqual([sms.body.id]);
		expect(await found(`id=${wa.body.id}`)).toEqual([wa.body.id]);
		expect(await found(`endAt=${new Date(0).toISOString()}`)).toEqual([]);
		expect(await found('messageType=text&messageType=action')).toHaveLength(2);
		const { body } = await bird.call('GET', '/channels/messages?messageType=sms');
		expect(Object.keys(body.details)).toEqual(['query.messageType[0]']);
		expect((await bird.call('GET', '/channels/messages?status=failed')).status).toBe(422);
	});
});

describe('what becomes of a message', () => {
	const ended = (id: string, channel: string, status: string) =>
		until(async () => {
			const { body } = await bird.call('GET', `/channels/${channel}/messages/${id}`);
			return body.status === status ? body : undefined;
		});

	it.each([
		['+31612345678', 'delivered', undefined],
		['+31612340000', 'sending_failed', 15001],
		['+31612340001', 'delivery_failed', 15005],
		['+31612340002', 'rejected', 14001],
		['+31612340003', 'sent', undefined],
		['+31612340004', 'skipped', undefined],
	])('%s ends as %s', async (to, status, code) => {
		await bird.control.limit({ requests: null });
		const { body } = await bird.sendText({}, to);
		const message = await ended(body.id, channels.sms, status);
		expect(message.failure?.code).toBe(code);
	});

	it('delivers e-mail, then lets it be opened', async () => {
		await bird.control.limit({ requests: null });
		const sent = await bird.send(
			{
				receiver: { contacts: [{ identifierValue: 'a@example.com' }] },
				body: { type: 'html', html: { html: '<p>Hi</p>' } },
			},
			channels.email,
		);
		const path = `/channels/${channels.email}/messages/${sent.body.id}`;
		const seen = await until(async () => {
			const { body } = await bird.call('GET', `${path}/interactions`);
			return body.results.length > 0 ? body.results : undefined;
		});
		expect(seen).toMatchObject([
			{
				type: 'opened',
				messageId: sent.body.id,
				messagePartId: null,
				context: { id: sent.body.id, type: 'message', tags: [] },
			},
		]);
		expect((await bird.call('GET', path)).body.status).toBe('delivered');
	});

	it('reads as in the newest page of Bird', async () => {
		await bird.control.settings({ autoAdvance: false });
		const soon = new Date(Date.now() + 3_600_000).toISOString();
		const sent = await bird.sendText({ tags: ['Orders', 'VIP'], scheduledFor: soon });
		const again = await bird.sendText({ tags: ['vip'] });
		const path = `/channels/${channels.sms}/messages/${sent.body.id}`;
		const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		const message = (await bird.call('GET', path)).body;
		expect(message).toMatchObject({
			bodyId: uuid,
			ignorePersistedEventhooks: false,
			scheduledFor: soon,
			sendAt: soon,
			tags: ['orders', 'vip'],
			tagIds: [uuid, uuid],
			chargeableUnits: 1,
			details: '',
			lastStatusAt: message.createdAt,
		});
		expect(message).not.toHaveProperty('updatedAt');
		expect(again.body.tagIds).toEqual([message.tagIds[1]]);
		expect(again.body).not.toHaveProperty('sendAt');

		await bird.control.advance({ messageId: sent.body.id, status: 'sent' });
		const moved = (await bird.call('GET', path)).body;
		expect(moved.parts).toEqual([{ platformReference: moved.platformReferenceId }]);
		expect(Date.parse(moved.lastStatusAt)).toBeGreaterThan(Date.parse(message.createdAt));
		await bird.control.advance({ messageId: sent.body.id, status: 'delivery_failed' });
		expect((await bird.call('GET', path)).body.details).toBe('unknown_subscriber');
	});

	it('scheduled within ten minutes or in the past is sent at once', async () => {
		await bird.control.settings({ autoAdvance: false });
		for (const minutes of [-60, 0, 9]) {
			const scheduledFor = new Date(Date.now() + minutes * 60_000).toISOString();
			const { status, body } = await bird.sendText({ scheduledFor });
			expect([status, body.status]).toEqual([202, 'accepted']);
			expect(Math.abs(Date.parse(body.sendAt) - Date.now())).toBeLessThan(5000);
		}
	});

	it('moves by hand when told to', async () => {
		await bird.control.settings({ autoAdvance: false });
		const { body } = await bird.sendText({}, '+31612345678');
		const status = async () =>
			(await bird.call('GET', `/channels/${channels.sms}/messages/${body.id}`)).body.status;
		await bird.control.advance();
		expect(await status()).toBe('processing');
		await bird.control.advance({ messageId: body.id, status: 'delivered' });
		expect(await status()).toBe('delivered');
		await bird.control.advance({ messageId: body.id, status: 'clicked' });
		expect(await status()).toBe('delivered');
		await expect(bird.control.advance({ status: 'lost' })).rejects.toThrow(/one of accepted/);
		await expect(bird.control.advance({ messageId: 'x' })).rejects.toThrow(/no such message/);
	});

	it('keeps a schedule', async () => {
		const scheduledFor = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString();
		const { body } = await bird.sendText({ scheduledFor });
		expect(body.status).toBe('scheduled');
		await new Promise((resolve) => setTimeout(resolve, 40));
		const path = `/channels/${channels.sms}/messages/${body.id}`;
		expect((await bird.call('GET', path)).body.status).toBe('scheduled');
		await bird.control.advance({ messageId: body.id });
		await ended(body.id, channels.sms, 'delivered');
	});

	it('finds a message in its own channel only', async () => {
		const { body } = await bird.sendText();
		const elsewhere = `/channels/${channels.whatsapp}/messages/${body.id}`;
		expect((await bird.call('GET', elsewhere)).status).toBe(404);
		expect((await bird.call('GET', `${elsewhere}/interactions`)).status).toBe(404);
	});
});

describe('batches', () => {
	const member = (to: string, more = {}) => ({
		receiver: { contacts: [{ identifierValue: to }] },
		body: { type: 'text', text: { text: 'x' } },
		...more,
	});
	const path = `/channels/${channels.sms}/batch/messages`;

	const list = async (batchId: string) => {
		const { body } = await bird.call('GET', `/channels/messages?batchId=${batchId}&reverse=true`);
		return body.results;
	};

	it('accepts the whole and rejects single members later', async () => {
		await bird.control.settings({ autoAdvance: false });
		const { status, body } = await bird.call('POST', path, {
			messageRequests: [
				member('+31612345678'),
				member('0612345678'),
				member('+31612345679', { colour: 'red' }),
				member('+31612345670', { reference: 1042 }),
				{ ...member('+31612345671'), receiver: { contacts: [{ identifierValue: 31612 }] } },
				member('+31612345672', {
					receiver: {
						contacts: [{ identifierValue: '+31612345673' }, { identifierValue: '+31612345674' }],
					},
				}),
			],
		});
		expect(status).toBe(202);
		expect(Object.keys(body)).toEqual(['batchId']);
		const statusesOf = async () =>
			(await list(body.batchId)).map((message: { status: string }) => message.status);
		expect(await statusesOf()).toEqual(Array(6).fill('accepted'));
		await bird.control.advance();
		expect(await statusesOf()).toEqual(['processing', ...Array(5).fill('rejected')]);
		const failures = (await list(body.batchId)).map(
			({ failure }: { failure: object | null }) => failure,
		);
		const source = { code: 'INVALID_INPUT', name: 'pre-processing' };
		expect(failures[0]).toBeNull();
		expect(failures.slice(1)).toMatchObject([
			{ code: 11002, source },
			{ code: 11002, source, description: '.: property "colour" is unsupported' },
			{ code: 11002, source, description: '.reference: value must be a string' },
			{ code: 11002, source },
			{
				code: 11001,
				source: { code: 'INVALID_CHANNEL_CONFIGURATION', name: 'pre-processing' },
			},
		]);
		expect(await bird.control.messages()).toMatchObject([
			{ recipient: '+31612345678', batchId: body.batchId },
		]);
	});

	it('reports a refused member by itself, after the time that is set', async () => {
		await bird.control.settings({ stepMs: 5 });
		const { body } = await bird.call('POST', path, {
			messageRequests: [member('+31612345678', { reference: 1042 })],
		});
		const [rejected] = await until(async () => {
			const [message] = await list(body.batchId);
			return message.status === 'rejected' ? [message] : undefined;
		});
		expect(rejected).toMatchObject({
			reference: '',
			reason: '.reference: value must be a string',
		});
	});

	it('takes 1 to 100 messages', async () => {
		const ofSize = (size: number) =>
			bird.call('POST', path, { messageRequests: Array(size).fill(member('+31612345678')) });
		expect((await ofSize(0)).status).toBe(422);
		expect((await ofSize(101)).status).toBe(422);
		expect((await ofSize(100)).status).toBe(202);
		expect(await bird.control.duplicates()).toMatchObject([
			{ recipient: '+31612345678', count: 100 },
		]);
	});
});
