import { openVendor } from './client';

const key = { 'x-api-key': 'sandbox-sent-key' };
const retail = '5e9d0a10-0000-4000-8000-0000000000a1';
const talkative = '5e9d0c00-0000-4000-8000-000000000001';
const nobody = '00000000-0000-4000-8000-000000000000';

describe('the Sent sandbox: access, lists and lookups', () => {
	let vendor: Awaited<ReturnType<typeof openVendor>>;
	const get = (path: string, headers: Record<string, string> = key) =>
		vendor.ask('GET', path, headers);

	beforeAll(async () => {
		vendor = await openVendor('sent');
	});
	beforeEach(async () => {
		await vendor.reset();
		await vendor.unlimited();
	});
	afterAll(() => vendor.close());

	describe('access', () => {
		it('wraps everything in the envelope and names the request', async () => {
			const { status, headers, body } = await get('/v3/me');
			expect(status).toBe(200);
			expect(body).toMatchObject({ success: true, error: null, meta: { version: 'v3' } });
			expect(headers.get('x-request-id')).toBe(body.meta.request_id);
			expect(headers.get('x-api-version')).toBe('v3');
		});

		it.each([
			['no key', {}, 401, 'AUTH_001'],
			['a wrong key', { 'x-api-key': 'wrong' }, 401, 'AUTH_002'],
			['an account to be activated', { 'x-api-key': 'sandbox-sent-pending-key' }, 403, 'AUTH_005'],
			['an account without KYC', { 'x-api-key': 'sandbox-sent-kyc-key' }, 403, 'AUTH_006'],
			[
				'an account without channel',
				{ 'x-api-key': 'sandbox-sent-no-channel-key' },
				403,
				'AUTH_007',
			],
			['a suspended account', { 'x-api-key': 'sandbox-sent-suspended-key' }, 403, 'BUSINESS_014'],
			[
				'a profile key with x-profile-id',
				{ 'x-api-key': 'sandbox-sent-profile-key', 'x-profile-id': retail },
				403,
				'AUTH_004',
			],
			['somebody else’s profile', { ...key, 'x-profile-id': nobody }, 404, 'RESOURCE_004'],
			['a profile that is no id', { ...key, 'x-profile-id': 'retail' }, 400, 'VALIDATION_003'],
		])('refuses %s', async (_name, headers, status, code) => {
			const answer = await get('/v3/me', headers as Record<string, string>);
			expect(answer.status).toBe(status);
			expect(answer.body).toMatchObject({ success: false, data: null, error: { code } });
		});

		it('lets a viewer read and not write', async () => {
			const viewer = { 'x-api-key': 'sandbox-sent-viewer-key' };
			expect((await get('/v3/me', viewer)).status).toBe(200);
			const { status, body } = await vendor.ask('POST', '/v3/messages', viewer, {
				to: ['+12025550110'],
				text: 'Hello',
			});
			expect([status, body.error.code]).toEqual([403, 'AUTH_004']);
		});

		it('serves an organization, for itself and for its profiles', async () => {
			const own = await get('/v3/me');
			expect(own.body.data).toMatchObject({ type: 'organization', profiles: [{ id: retail }, {}] });
			expect(own.headers.get('x-profile-id')).toBeNull();
			expect(own.body.data.profiles[0].settings).toEqual(expect.any(Object));
			const forProfile = await get('/v3/me', { ...key, 'x-profile-id': retail });
			expect(forProfile.body.data).toMatchObject({ type: 'profile', id: retail });
			expect(forProfile.headers.get('x-profile-id')).toBe(retail);
			const profile = await get('/v3/me', { 'x-api-key': 'sandbox-sent-profile-key' });
			expect(profile.body.data).toMatchObject({ type: 'profile', id: retail });
		});

		it('locks a key after ten failures in a row, and no other', async () => {
			const wrong = { 'x-api-key': 'guess' };
			for (let failure = 1; failure <= 10; failure++) {
				expect((await get('/v3/me', wrong)).status).toBe(401);
			}
			const { status, headers, body } = await get('/v3/me', wrong);
			expect([status, body.error.code]).toEqual([429, 'BUSINESS_002']);
			expect(Number(headers.get('retry-after'))).toBeGreaterThan(800);
			expect((await get('/v3/me')).status).toBe(200);
		});

		it('answers unknown paths and methods in the envelope', async () => {
			expect((await get('/v3/nothing')).body).toMatchObject({ success: false });
			expect((await vendor.ask('DELETE', '/v3/me', key)).status).toBe(405);
		});
	});

	describe('limits', () => {
		beforeEach(() => vendor.reset());

		it('gives 200 requests a minute, and tells how many are left', async () => {
			for (let request = 1; request <= 199; request++) await get('/v3/channels/sms');
			const last = await get('/v3/me');
			expect(last.status).toBe(200);
			expect(last.headers.get('x-ratelimit-limit')).toBe('200');
			expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
			const now = Date.now() / 1000;
			const reset = Number(last.headers.get('x-ratelimit-reset'));
			expect(reset).toBeGreaterThan(now);
			expect(reset).toBeLessThan(now + 62);

			const refused = await get('/v3/me');
			expect([refused.status, refused.body.error.code]).toEqual([429, 'BUSINESS_002']);
			expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		});

		it('counts sends apart, 60 a minute, and lets the plan be changed', async () => {
			const send = () =>
				vendor.ask('POST', '/v3/messages', key, { to: ['+12025550110'], text: 'Hello' });
			const first = await send();
			expect(first.headers.get('x-ratelimit-limit')).toBe('60');
			for (let request = 2; request <= 60; request++) await send();
			expect((await send()).status).toBe(429);
			expect((await get('/v3/me')).headers.get('x-ratelimit-remaining')).toBe('199');
			await vendor.control('PUT', '/limits', { rule: 'send', requests: 300, perMs: 60_000 });
			expect((await send()).headers.get('x-ratelimit-limit')).toBe('300');
		});
	});

	describe('lists', () => {
		it.each(['/v3/templates', '/v3/contacts', '/v3/conversations', '/v3/webhooks'])(
			'takes page and page_size for %s, or does without them',
			async (path) => {
				for (const [query, page, page_size] of [
					['', 1, 20],
					['?page=2', 2, 20],
					['?page_size=10', 1, 10],
				] as const) {
					const { status, body } = await get(path + query);
					expect(status).toBe(200);
					expect(body.data.pagination).toMatchObject({ page, page_size });
				}
				for (const query of ['?page=0&page_size=10', '?page=1&page_size=101']) {
					const { status, body } = await get(path + query);
					expect([status, body.error.code]).toEqual([400, 'VALIDATION_005']);
				}
				expect((await get(`${path}?page=1&page_size=100`)).status).toBe(200);
			},
		);

		it.each([
			['templates', 130],
			['contacts', 232],
		])('pages through %s without gap or overlap', async (name, total) => {
			const ids = new Set<string>();
			let page = 0;
			let more = true;
			while (more) {
				const { data } = (await get(`/v3/${name}?page=${++page}&page_size=100`)).body;
				for (const { id } of data[name]) ids.add(id);
				expect(data.pagination).toEqual({
					page,
					page_size: 100,
					total_count: total,
					total_pages: Math.ceil(total / 100),
					has_more: page * 100 < total,
					cursors: null,
				});
				more = data.pagination.has_more;
			}
			expect(ids.size).toBe(total);
		});

		it('filters templates', async () => {
			const list = async (query: string) =>
				(await get(`/v3/templates?page=1&page_size=100&${query}`)).body.data.templates;
			expect(await list('search=LOGIN')).toMatchObject([
				{ name: 'login_code', category: 'AUTHENTICATION', variables: ['code'] },
			]);
			expect(await list('status=PENDING')).toMatchObject([{ name: 'pending_offer' }]);
			const [of, ignored] = [await list(''), await list('is_welcome_playground=true')];
			expect(ignored).toEqual(of);
			const { body } = await get('/v3/templates?page=1&page_size=100&status=approved');
			expect(body.error.code).toBe('VALIDATION_006');
		});

		it('filters contacts', async () => {
			const list = async (query: string) =>
				(await get(`/v3/contacts?page=1&page_size=100&${query}`)).body.data;
			expect((await list('phone=%2B12025550110')).contacts).toMatchObject([
				{
					id: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
					format_e164: '+12025550110',
					format_international: '+1 202 555 0110',
					country_code: '1',
					region_code: 'US',
				},
			]);
			expect((await list('search=5550110')).pagination.total_count).toBe(1);
			expect((await list('channel=whatsapp')).pagination.total_count).toBe(75);
		});

		it('finds single templates and contacts, and says which kind is missing', async () => {
			const template = (await get('/v3/templates/7ba7b820-9dad-11d1-80b4-00c04fd430c8')).body.data;
			expect(template.variables).toEqual(['name', 'order_id']);
			expect((await get(`/v3/contacts/${talkative}`)).body.data.id).toBe(talkative);
			expect((await get(`/v3/templates/${nobody}`)).body.error.code).toBe('RESOURCE_002');
			expect((await get(`/v3/contacts/${nobody}`)).body.error.code).toBe('RESOURCE_001');
			expect((await get('/v3/contacts/nobody')).body.error.code).toBe('VALIDATION_003');
		});

		it('lists a conversation by its contact, newest first', async () => {
			const path = `/v3/conversations/${talkative}`;
			const { data } = (await get(`${path}?page=1&page_size=100`)).body;
			expect(data.pagination).toMatchObject({ total_count: 130, has_more: true });
			expect(data.messages[0]).toMatchObject({
				contact_id: talkative,
				direction: 'INBOUND',
				status: 'RECEIVED',
				message_body: { content: 'Earlier message 130' },
			});
			expect(data.messages[0].created_at > data.messages[99].created_at).toBe(true);
			const missing = await get(`/v3/conversations/${nobody}?page=1&page_size=100`);
			expect(missing.body.error.code).toBe('RESOURCE_001');
		});
	});

	it('shows channels and senders', async () => {
		expect((await get('/v3/channels')).body.data).toMatchObject({
			customer_id: expect.any(String),
			sms: { configured: true },
			whatsapp: { business_name: expect.any(String) },
			rcs: {},
		});
		const { data } = (await get('/v3/channels/sms')).body;
		expect(data).toContainEqual({
			country: 'US',
			number_type: 'long_code',
			sender_value: '+12025550100',
			status: 'active',
			compliance: null,
		});
	});

	it('looks numbers up', async () => {
		const { data } = (await get('/v3/numbers/lookup/%2B12025550110')).body;
		expect(data).toMatchObject({
			phone_number: '+12025550110',
			is_valid: true,
			line_type: 'mobile',
		});
		expect((await get('/v3/numbers/lookup/+12025550199')).body.data.is_valid).toBe(false);
		expect((await get('/v3/numbers/lookup/0110')).body.error.code).toBe('VALIDATION_002');
	});
});
