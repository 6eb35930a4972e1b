import { BirdRoom, demo } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

const test = async (more: Record<string, string>) =>
	await bird.engine.testCredential('birdChannelsApi', {
		...bird.credentials.birdChannelsApi,
		...more,
	});

describe('the credential', () => {
	it('is good', async () => {
		expect(await test({})).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(await bird.seen()).toEqual([
			{ method: 'GET', path: '/channels', query: { limit: '1' }, body: undefined },
		]);
		const [{ headers }] = await bird.vendor.requests();
		expect(headers.authorization).toMatch(/^AccessKey /);
	});

	it.each([
		['a wrong key', { accessKey: 'nope' }, /does not know this access key/],
		[
			'a key that may not list channels',
			{ accessKey: demo.sendOnlyKey },
			/valid but may not list channels.*Application Developer/,
		],
		[
			'a workspace that is not there',
			{ workspaceId: '5a0d8b0a-0000-4000-8000-00000000000f' },
			/no such workspace/,
		],
		['an ID of another kind', { workspaceId: 'ws_123' }, /no such workspace/],
		['a workspace that leaves its place', { workspaceId: '../organizations' }, /no such workspace/],
	])('is refused with %s', async (_what, more, message) => {
		const outcome = await test(more);
		expect(outcome.status).toBe('Error');
		expect(outcome.message).toMatch(message);
	});

	it("is refused with a key of Bird's other API before any request", async () => {
		const outcome = await test({ accessKey: 'bk_eu1_abc' });
		expect(outcome).toEqual({
			status: 'Error',
			message: expect.stringMatching(/starts with bk_ .* another product/),
		});
		expect(await bird.seen()).toEqual([]);
	});

	it('works with a base URL that ends in a slash', async () => {
		const { baseUrl } = bird.credentials.birdChannelsApi;
		expect((await test({ baseUrl: `${String(baseUrl)}/` })).status).toBe('OK');
	});

	it('says so when nobody answers', async () => {
		expect((await test({ baseUrl: 'http://127.0.0.1:9' })).message).toContain('ECONNREFUSED');
	});
});
