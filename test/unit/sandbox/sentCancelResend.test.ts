import { openVendor } from './client';

const key = { 'x-api-key': 'sandbox-sent-key' };
const somebody = '+447700900160';
const blocked = '+12025550134';
const filtered = '+12025550133';

describe('the Sent sandbox: cancel and resend', () => {
	let vendor: Awaited<ReturnType<typeof openVendor>>;
	const send = async (request: object = {}): Promise<string> => {
		const body = { to: [somebody], channel: ['sms'], text: 'Hello', ...request };
		const answer = await vendor.ask('POST', '/v3/messages', key, body);
		return answer.body.data.recipients[0].message_id;
	};
	const later = () => ({ scheduled_at: new Date(Date.now() + 3_600_000).toISOString() });
	const post = (id: string, what: string, headers: Record<string, string> = {}) =>
		vendor.ask('POST', `/v3/messages/${id}/${what}`, { ...key, ...headers });
	const message = async (id: string) =>
		(await vendor.ask('GET', `/v3/messages/${id}`, key)).body.data;
	const advance = (messageId: string, status?: string) =>
		vendor.control('POST', '/advance', { messageId, status });
	const history = async (id: string) =>
		(await message(id)).events.map(({ status }: { status: string }) => status);
	const accepted = async () => (await vendor.control('GET', '/messages')).messages;

	beforeAll(async () => {
		vendor = await openVendor('sent', { autoAdvance: false });
	});
	beforeEach(async () => {
		await vendor.reset();
		await vendor.unlimited();
	});
	afterAll(() => vendor.close());

	describe('cancel', () => {
		it.each([0, 1])('calls a scheduled message off, %d steps after it was sent', async (steps) => {
			const schedule = later();
			const id = await send(schedule);
			for (let step = 0; step < steps; step++) await advance(id);
			const { status, body } = await post(id, 'cancel');
			expect(status).toBe(200);
			expect(body.data).toMatchObject({
				id,
				status: 'CANCELLED',
				scheduled_at: schedule.scheduled_at.replace(/\.\d+Z$/, 'Z'),
				price: null,
			});
			await vendor.control('POST', '/advance', {});
			expect((await history(id)).at(-1)).toBe('CANCELLED');
		});

		it('fires message.cancelled', async () => {
			await vendor.control('POST', '/webhooks', { url: 'https://example.com/hook', secret: 'x' });
			const id = await send(later());
			await post(id, 'cancel');
			const { deliveries } = await vendor.control('GET', '/webhooks');
			expect(deliveries.map(({ event }: { event: string }) => event)).toEqual([
				'message.queued',
				'message.cancelled',
			]);
		});

		it.each(['QUEUED', 'ROUTED', 'SENT', 'DELIVERED', 'FAILED', 'CANCELLED'])(
			'does nothing to a message that is %s',
			async (status) => {
				const id = await send(status === 'CANCELLED' ? later() : {});
				if (status !== 'QUEUED') await advance(id, status);
				const { body } = await post(id, 'cancel');
				expect(body).toMatchObject({
					success: false,
					data: null,
					error: { code: 'BUSINESS_006', message: expect.stringContaining(status) },
				});
				expect((await post(id, 'cancel')).status).toBe(422);
				expect((await message(id)).status).toBe(status);
			},
		);

		it('comes too late once a message is released', async () => {
			const id = await send(later());
			await advance(id, 'ROUTED');
			expect((await post(id, 'cancel')).status).toBe(422);
		});
	});

	describe('resend', () => {
		it.each(['DELIVERED', 'READ', 'FAILED', 'BLOCKED'])(
			'sends a message that is %s once more, under its id',
			async (status) => {
				const id = await send();
				await advance(id, status);
				const { status: http, body } = await post(id, 'resend');
				expect(http).toBe(202);
				expect(body.data).toEqual({
					status: 'QUEUED',
					recipients: [{ message_id: id, to: somebody, channel: 'sms', body: 'Hello' }],
				});
				for (let step = 0; step < 3; step++) await advance(id);
				expect(await history(id)).toEqual([
					'QUEUED',
					status,
					'QUEUED',
					'ROUTED',
					'SENT',
					'DELIVERED',
				]);
				expect(await message(id)).not.toHaveProperty('reason_code');
			},
		);

		it('is billed again, and its webhooks fire again', async () => {
			await vendor.control('POST', '/webhooks', { url: 'https://example.com/hook', secret: 'x' });
			const id = await send({ template: { name: 'plain_notice' } });
			for (let step = 0; step < 3; step++) await advance(id);
			const { price } = await message(id);
			const { body } = await post(id, 'resend');
			expect(body.data).toMatchObject({ template_name: 'plain_notice' });
			for (let step = 0; step < 3; step++) await advance(id);
			expect((await message(id)).price).toBeCloseTo(2 * price);
			expect(await accepted()).toMatchObject([
				{ messageId: id, operationId: 'sendMessage' },
				{ messageId: id, operationId: 'resendMessage' },
			]);
			const { deliveries } = await vendor.control('GET', '/webhooks');
			expect(deliveries).toHaveLength(8);
		});

		it('brings what was blocked for want of balance', async () => {
			const id = await send({ to: [blocked] });
			await advance(id);
			expect((await message(id)).status).toBe('BLOCKED');
			await post(id, 'resend');
			for (let step = 0; step < 3; step++) await advance(id);
			expect((await message(id)).status).toBe('DELIVERED');
		});

		it('runs every policy again', async () => {
			const id = await send();
			await advance(id, 'FAILED');
			await vendor.control('POST', '/simulate', { what: 'opt-out', phone: somebody });
			expect((await post(id, 'resend')).status).toBe(202);
			await advance(id);
			expect((await message(id)).status).toBe('FILTERED');
		});

		it.each(['QUEUED', 'ROUTED', 'SCHEDULED', 'SENT', 'FILTERED', 'CANCELLED'])(
			'does nothing to a message that is %s',
			async (status) => {
				const id = await send(status === 'FILTERED' ? { to: [filtered] } : later());
				if (status !== 'QUEUED') await advance(id, status);
				const { status: http, body } = await post(id, 'resend');
				expect([http, body.error.code]).toEqual([422, 'BUSINESS_006']);
				expect(await accepted()).toHaveLength(1);
			},
		);

		it('sends nothing that came in', async () => {
			const { messageId } = await vendor.control('POST', '/simulate', {
				what: 'inbound',
				from: somebody,
			});
			expect((await post(messageId, 'resend')).body.error.code).toBe('BUSINESS_006');
		});

		it('happens once for one Idempotency-Key', async () => {
			const id = await send();
			await advance(id, 'FAILED');
			const once = { 'idempotency-key': 'resend-1' };
			const first = await post(id, 'resend', once);
			const second = await post(id, 'resend', once);
			expect(second.body).toEqual(first.body);
			expect(second.headers.get('idempotent-replayed')).toBe('true');
			expect(await accepted()).toHaveLength(2);
		});
	});

	describe.each(['cancel', 'resend'])('%s', (what) => {
		it('finds messages of the account only, by their ids', async () => {
			const nobody = '00000000-0000-4000-8000-000000000000';
			expect((await post(nobody, what)).body.error.code).toBe('RESOURCE_003');
			expect((await post('1', what)).body.error.code).toBe('VALIDATION_003');
			const id = await send();
			const profile = { 'x-profile-id': '5e9d0a10-0000-4000-8000-0000000000a1' };
			expect((await post(id, what, profile)).status).toBe(404);
			const viewer = { 'x-api-key': 'sandbox-sent-viewer-key' };
			expect((await post(id, what, viewer)).body.error.code).toBe('AUTH_004');
		});

		it('is not there for an account that lacks it', async () => {
			await vendor.control('PUT', '/settings', { newestEndpoints: false });
			const id = await send(later());
			const { status, body } = await post(id, what);
			expect([status, body.error.code]).toEqual([404, 'RESOURCE_003']);
			expect((await message(id)).status).toBe('QUEUED');
		});
	});
});
