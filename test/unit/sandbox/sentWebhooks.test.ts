import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sign } from '../../../sandbox/vendors/sent/delivery';
import { openVendor } from './client';
import { until } from './support';

const key = { 'x-api-key': 'sandbox-sent-key' };
const somebody = '+447700900151';

describe('the signature of Sent', () => {
	it('is that of the vector that kestra-io/plugin-sent publishes', () => {
		const body = Buffer.from('{"field":"message","event":"message.delivered"}');
		const id = '1f2e3d4c-5b6a-7980-1234-567890abcdef';
		expect(sign('whsec_abcdef1234567890', id, 1750000000, body)).toBe(
			'v1,toBvqGNFsjQ5xSZO93Z3qiyVckIbArJtTaEPaUYZJGw=',
		);
	});

	it('is that of the test vector', () => {
		const body =
			'{"field":"message","event":"message.delivered","timestamp":"2026-05-28T20:26:40Z","payload":{"message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8","message_status":"DELIVERED"}}';
		expect(
			sign(
				'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
				'd290f1ee-6c54-4b01-90e6-d701748f0851',
				1780000000,
				Buffer.from(body),
			),
		).toBe('v1,O7s6B0wz2/zq699GLDXvONH+a+j5QorPWlf6lrjIKc0=');
	});
});

describe('the Sent sandbox: webhooks', () => {
	let vendor: Awaited<ReturnType<typeof openVendor>>;
	let server: Server;
	let endpoint: string;
	let received: Array<{ headers: IncomingHttpHeaders; raw: string }>;
	/** What the endpoint answers, one after the other; 200 when there are no more. */
	let answers: number[];

	const call = (method: string, path: string, body?: unknown) =>
		vendor.ask(method, `/v3/webhooks${path}`, key, body);
	const wanted = (more: object = {}) => ({
		display_name: 'n8n',
		endpoint_url: endpoint,
		event_types: ['message'],
		...more,
	});
	const create = async (more: object = {}) => (await call('POST', '', wanted(more))).body.data;
	const send = async (request: object = {}): Promise<string> => {
		const body = { to: [somebody], channel: ['sms'], text: 'Hello', ...request };
		const answer = await vendor.ask('POST', '/v3/messages', key, body);
		return answer.body.data.recipients[0].message_id;
	};
	const advance = (messageId: string) => vendor.control('POST', '/advance', { messageId });
	const arrived = (count: number) =>
		until(async () => (received.length >= count ? received : undefined));
	const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));
	const names = () => received.map(({ raw }) => JSON.parse(raw).event);

	beforeAll(async () => {
		vendor = await openVendor('sent', { autoAdvance: false, webhookRetryMs: 10 });
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				received.push({ headers: request.headers, raw: Buffer.concat(chunks).toString() });
				response.writeHead(answers.shift() ?? 200).end();
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	});
	beforeEach(async () => {
		received = [];
		answers = [];
		await vendor.reset();
		await vendor.unlimited();
	});
	afterAll(async () => {
		await vendor.close();
		server.closeAllConnections();
		server.close();
	});

	describe('registration', () => {
		it('shows the whole secret once', async () => {
			const { status, body } = await call('POST', '', wanted({ retry_count: 2 }));
			expect(status).toBe(201);
			expect(body.data).toEqual({
				id: expect.any(String),
				customer_id: expect.any(String),
				display_name: 'n8n',
				endpoint_url: endpoint,
				signing_secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
				is_active: true,
				event_types: ['message'],
				event_filters: null,
				retry_count: 2,
				timeout_seconds: 30,
				consecutive_failures: 0,
				last_delivery_attempt_at: null,
				last_successful_delivery_at: null,
				created_at: expect.any(String),
				updated_at: null,
			});
			const again = (await call('GET', `/${body.data.id}`)).body.data;
			expect(again).toEqual({ ...body.data, signing_secret: 'whsec_********' });
		});

		it('lists, replaces, switches and removes', async () => {
			const first = await create();
			const second = await create({ display_name: 'other' });
			const list = async (query = '') =>
				(await call('GET', `?page=1&page_size=10${query}`)).body.data;
			expect((await list()).pagination.total_count).toBe(2);
			expect((await list('&search=OTHER')).webhooks).toMatchObject([{ id: second.id }]);

			const event_filters = { message: ['delivered'] };
			const { body } = await call('PUT', `/${first.id}`, wanted({ event_filters }));
			expect(body.data).toMatchObject({ id: first.id, event_filters });
			await call('PATCH', `/${first.id}/toggle-status`, { is_active: false });
			expect((await list('&is_active=false')).webhooks).toMatchObject([{ id: first.id }]);

			const removed = await call('DELETE', `/${first.id}`);
			expect([removed.status, removed.body]).toEqual([204, '']);
			const missing = await call('DELETE', `/${first.id}`);
			expect([missing.status, missing.body.error.code]).toEqual([404, 'RESOURCE_008']);
			expect((await list()).webhooks).toMatchObject([{ id: second.id }]);
		});

		it.each([
			['display_name', { display_name: undefined }, 'VALIDATION_004'],
			['endpoint_url', { endpoint_url: 'ftp://example.com' }, 'VALIDATION_001'],
			['event_types.0', { event_types: ['messages'] }, 'VALIDATION_006'],
			['retry_count', { retry_count: 6 }, 'VALIDATION_005'],
			['timeout_seconds', { timeout_seconds: 4 }, 'VALIDATION_005'],
			['event_filters.message', { event_filters: { message: ['arrived'] } }, 'VALIDATION_006'],
			['event_filters.contact', { event_filters: { contact: ['help'] } }, 'VALIDATION_006'],
		])('refuses a wrong %s', async (field, more, code) => {
			const { status, body } = await call('POST', '', wanted(more));
			expect([status, body.error.code]).toEqual([400, code]);
			expect(Object.keys(body.error.details)).toEqual([field]);
		});

		it('repeats a registration with the same Idempotency-Key', async () => {
			const headers = { ...key, 'idempotency-key': 'register' };
			const post = () => vendor.ask('POST', '/v3/webhooks', headers, wanted());
			expect((await post()).body).toEqual((await post()).body);
			expect((await vendor.control('GET', '/webhooks')).targets).toHaveLength(1);
		});

		it('registers nothing for sandbox: true', async () => {
			const { status, headers } = await call('POST', '', wanted({ sandbox: true }));
			expect([status, headers.get('x-sandbox')]).toEqual([201, 'true']);
			expect((await vendor.control('GET', '/webhooks')).targets).toEqual([]);
		});

		it('lists what can be subscribed to', async () => {
			const { event_types: types } = (await call('GET', '/event-types')).body.data;
			expect(types.map(({ event_type: type }: { event_type: string }) => type)).toEqual(
				expect.arrayContaining(['message', 'templates', 'contact']),
			);
			expect(types[0].sub_types).toContainEqual(
				expect.objectContaining({ name: 'delivered', event_type: 'message.delivered' }),
			);
		});

		it('rotates the secret, ten times a minute', async () => {
			const { id, signing_secret: old } = await create();
			await vendor.reset();
			const hook = await create();
			expect((await call('POST', `/${id}/rotate-secret`, {})).status).toBe(404);
			const { body } = await call('POST', `/${hook.id}/rotate-secret`, {});
			expect(body.data).toEqual({ signing_secret: expect.stringMatching(/^whsec_/) });
			expect(body.data.signing_secret).not.toBe(old);
			for (let more = 3; more <= 10; more++) await call('POST', `/${hook.id}/rotate-secret`, {});
			expect((await call('POST', `/${hook.id}/rotate-secret`, {})).status).toBe(429);
		});
	});

	describe('delivery', () => {
		it('signs every event with the secret of the webhook', async () => {
			const { id, signing_secret: secret } = await create();
			const messageId = await send({ template: { name: 'plain_notice' } });
			await arrived(1);
			for (let step = 2; step <= 4; step++) {
				await advance(messageId);
				await arrived(step);
			}
			expect(names()).toEqual([
				'message.queued',
				'message.routed',
				'message.sent',
				'message.delivered',
			]);
			for (const { headers, raw } of received) {
				const timestamp = headers['x-webhook-timestamp'];
				const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'));
				hmac.update(`${id}.${timestamp}.${raw}`);
				expect(headers['x-webhook-signature']).toBe(`v1,${hmac.digest('base64')}`);
				expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(5);
				expect(headers['x-webhook-id']).toBe(id);
				expect(headers['x-webhook-event-type']).toBe(JSON.parse(raw).event);
			}
			const eventIds = received.map(({ headers }) => headers['x-webhook-event-id']);
			expect(new Set(eventIds).size).toBe(4);
			expect(JSON.parse(received[3]?.raw ?? '')).toEqual({
				field: 'message',
				event: 'message.delivered',
				timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
				payload: {
					account_id: expect.any(String),
					message_id: messageId,
					message_status: 'DELIVERED',
					channel: 'sms',
					outbound_number: somebody,
					template_id: expect.any(String),
					template_name: 'plain_notice',
					updated_at: expect.any(String),
					agent_id: null,
					body: 'We are closed on Monday.',
				},
			});
		});

		it.each([
			['FAILED', 'DELIVERY_007', 'The recipient is not registered on this channel'],
			['FILTERED', 'BUSINESS_004', 'The recipient has opted out'],
			['BLOCKED', 'BUSINESS_003', 'Insufficient balance'],
		])('says why a message is %s, and nothing of the kind otherwise', async (status, code, why) => {
			await create();
			const messageId = await send({ channel: undefined });
			await vendor.control('POST', '/advance', { messageId, status });
			const [queued, ended] = (await arrived(2)).map(({ raw }) => JSON.parse(raw).payload);
			expect(ended).toMatchObject({ message_status: status, reason_code: code, reason: why });
			expect(queued).toMatchObject({ message_status: 'QUEUED', channel: 'sent' });
			expect(queued).not.toHaveProperty('reason');
			expect(queued).not.toHaveProperty('reason_code');
		});

		it('keeps to the filters and to the switch', async () => {
			const { id } = await create({ event_filters: { message: ['sent'] } });
			await create({ event_types: ['contact'] });
			const messageId = await send();
			for (let step = 0; step < 3; step++) await advance(messageId);
			await arrived(1);
			await call('PATCH', `/${id}/toggle-status`, { is_active: false });
			const other = await send();
			for (let step = 0; step < 3; step++) await advance(other);
			await quiet();
			expect(names()).toEqual(['message.sent']);
		});

		it('tells when a scheduled message is held, and until when', async () => {
			await create({ event_filters: { message: ['scheduled'] } });
			const at = new Date(Date.now() + 3600_000).toISOString();
			await advance(await send({ scheduled_at: at }));
			const [{ raw } = { raw: '' }] = await arrived(1);
			expect(JSON.parse(raw).payload).toMatchObject({
				message_status: 'SCHEDULED',
				scheduled_at: at.replace(/\.\d+Z$/, 'Z'),
			});
		});

		it('tries again under the same event id until it is taken', async () => {
			answers = [500, 503];
			const { id } = await create({ event_filters: { message: ['queued'] } });
			await send();
			await arrived(3);
			await quiet();
			expect(received).toHaveLength(3);
			expect(new Set(received.map(({ headers }) => headers['x-webhook-event-id'])).size).toBe(1);
			expect(new Set(received.map(({ raw }) => raw)).size).toBe(1);
			const { events } = (await call('GET', `/${id}/events?page=1&page_size=10`)).body.data;
			expect(events).toMatchObject([
				{
					id: received[0]?.headers['x-webhook-event-id'],
					event_type: 'message.queued',
					delivery_status: 'DELIVERED',
					delivery_attempts: 3,
					http_status_code: 200,
				},
			]);
			expect((await call('GET', `/${id}`)).body.data).toMatchObject({
				consecutive_failures: 0,
				last_successful_delivery_at: expect.any(String),
			});
		});

		it('gives up after the retries, and switches off after ten failures in a row', async () => {
			answers = Array.from({ length: 20 }, () => 500);
			const { id } = await create({ retry_count: 1, event_filters: { message: ['queued'] } });
			const hook = async () => (await call('GET', `/${id}`)).body.data;
			for (let message = 1; message <= 5; message++) {
				expect((await hook()).is_active).toBe(true);
				await send();
				await arrived(message * 2);
				await until(async () =>
					(await hook()).consecutive_failures === message * 2 ? true : undefined,
				);
			}
			expect(await hook()).toMatchObject({ is_active: false, consecutive_failures: 10 });
			await send();
			await quiet();
			expect(received).toHaveLength(10);
			const { data } = (await call('PATCH', `/${id}/toggle-status`, { is_active: true })).body;
			expect(data).toMatchObject({ is_active: true, consecutive_failures: 0 });
		});

		it('delivers a test once and says what became of it', async () => {
			const { id } = await create({ event_filters: { message: ['delivered'] } });
			const test = () => call('POST', `/${id}/test`, { event_type: 'message' });
			expect((await test()).body.data).toEqual({ success: true, message: expect.any(String) });
			answers = [500];
			expect((await test()).body.data).toEqual({
				success: false,
				message: expect.stringContaining('500'),
			});
			await quiet();
			expect(names()).toEqual(['message.sent', 'message.sent']);
			const wrong = await call('POST', `/${id}/test`, { event_type: 'messages' });
			expect(wrong.body.error.code).toBe('VALIDATION_006');
		});

		it('signs for targets that were added by hand', async () => {
			const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
			const target = await vendor.control('POST', '/webhooks', { url: endpoint, secret });
			await send();
			const [{ headers, raw } = { headers: {}, raw: '' }] = await arrived(1);
			expect(headers['x-webhook-signature']).toBe(
				sign(secret, target.id, Number(headers['x-webhook-timestamp']), Buffer.from(raw)),
			);
		});
	});

	describe('what happens from outside', () => {
		const simulate = (what: string, input: object) =>
			vendor.control('POST', '/simulate', { what, ...input });
		const first = async () => JSON.parse((await arrived(1))[0]?.raw ?? '');

		it('brings messages in', async () => {
			await create();
			const { messageId } = await simulate('inbound', {
				from: somebody,
				text: 'Hi',
				channel: 'whatsapp',
			});
			expect(await first()).toMatchObject({
				event: 'message.received',
				payload: {
					message_id: messageId,
					channel: 'whatsapp',
					inbound_number: somebody,
					outbound_number: '+12025550101',
					text: 'Hi',
					media: [],
				},
			});
			const path = '/v3/conversations?page=1&page_size=1';
			const { messages } = (await vendor.ask('GET', path, key)).body.data;
			expect(messages).toMatchObject([{ id: messageId, direction: 'INBOUND' }]);
		});

		it('lets a contact opt out', async () => {
			await create({ event_types: ['contact'] });
			await simulate('opt-out', { phone: somebody });
			expect(await first()).toMatchObject({
				field: 'contact',
				event: 'contact.opt_out',
				payload: {
					opt_out: true,
					source: 'INBOUND_KEYWORD',
					from: somebody,
					to: '+12025550100',
					contact_id: expect.any(String),
					message_id: expect.any(String),
					template_id: expect.any(String),
					text: 'STOP',
				},
			});
			const { body } = await vendor.ask('POST', '/v3/messages', key, {
				to: [somebody],
				text: 'Hello',
			});
			expect(body.error.code).toBe('BUSINESS_004');
		});

		it('tells who opted out, by which message and how it was answered', async () => {
			await create({ event_types: ['contact', 'message'] });
			const others = ['+447700900152', '+447700900153'];
			for (const phone of others) await simulate('opt-out', { phone, text: 'Unsubscribe' });
			const events = (await arrived(4)).map(({ raw }) => JSON.parse(raw));
			const of = (name: string) =>
				events.filter(({ event }) => event === name).map(({ payload }) => payload);
			const [received, signals] = [of('message.received'), of('contact.opt_out')];
			expect(signals.map(({ message_id: id }) => id).sort()).toEqual(
				received.map(({ message_id: id }) => id).sort(),
			);
			expect(new Set(signals.map(({ contact_id: id }) => id)).size).toBe(2);
			// The template is that of the reply, and tells nobody apart.
			expect(new Set(signals.map(({ template_id: id }) => id)).size).toBe(1);
			expect(signals[0]).toMatchObject({ text: 'Unsubscribe' });
		});

		it('has no message where the network gave the signal', async () => {
			await create({ event_types: ['contact'] });
			await simulate('opt-out', { phone: somebody, source: 'PROVIDER_SIGNAL' });
			expect((await first()).payload).toMatchObject({
				source: 'PROVIDER_SIGNAL',
				from: somebody,
				to: null,
				message_id: null,
				template_id: null,
				text: null,
			});
		});

		it.each([
			['opt-in', 'contact.opt_in', false],
			['help', 'contact.help', true],
		])('knows %s, too', async (what, event, optOut) => {
			await simulate('opt-out', { phone: somebody });
			await create({ event_types: ['contact'] });
			await simulate(what, { phone: somebody });
			expect(await first()).toMatchObject({ event, payload: { opt_out: optOut } });
		});

		it.each([
			['clicked', { link_kind: 'url', status_code: 302 }],
			['downloaded', { link_kind: 'file', status_code: 200, bytes_served: 20480 }],
			['expired', { link_kind: 'url' }],
			['revoked', { link_kind: 'url' }],
		])('tells that a link was %s, and when', async (event, payload) => {
			const messageId = await send();
			await create({ event_types: ['link'], event_filters: { link: [event] } });
			await simulate('link', { event, messageId, occurredSecondsAgo: 90 });
			const told = await first();
			expect(told).toMatchObject({
				field: 'link',
				event: `link.${event}`,
				payload: { ...payload, message_id: messageId, record_id: expect.any(String) },
			});
			const delay = Date.parse(told.timestamp) - Date.parse(told.payload.occurred_at);
			expect(delay).toBeGreaterThanOrEqual(89_000);
			expect(told.payload).not.toHaveProperty('account_id');
			const ended = ['expired', 'revoked'].includes(event);
			expect('request_method' in told.payload).toBe(!ended);
		});

		it.each([
			['submitted', 'PENDING_REVIEW', null],
			['activated', 'ACTIVE', '+12025550100'],
		])('tells that a channel was %s', async (event, status, sender) => {
			await create({ event_types: ['channel'], event_filters: { channel: [event] } });
			await simulate('channel', { event: 'activated' === event ? 'submitted' : 'activated' });
			await simulate('channel', { event, status });
			expect(await first()).toMatchObject({
				event: `channel.${event}`,
				payload: { country: 'US', channel: 'sms', status, sender_value: sender },
			});
		});

		it('reviews a template on each channel of its own', async () => {
			await create({ event_types: ['templates'] });
			const id = '5e9d0d00-0000-4000-8000-000000000006';
			await simulate('template', { id, status: 'APPROVED' });
			await simulate('template', { id, status: 'REJECTED', channel: 'rcs', reason: 'Unclear' });
			const payloads = (await arrived(2)).map(({ raw }) => JSON.parse(raw).payload);
			payloads.sort((a, b) => b.channel.localeCompare(a.channel));
			expect(payloads).toMatchObject([
				{ channel: 'whatsapp', whatsapp_template_id: expect.stringMatching(/^\d+$/) },
				{ channel: 'rcs', reason: 'Unclear' },
			]);
			expect(payloads[1]).not.toHaveProperty('whatsapp_template_id');
		});

		it('lets a template be approved', async () => {
			await create({ event_types: ['templates'] });
			const id = '5e9d0d00-0000-4000-8000-000000000006';
			await simulate('template', { id, status: 'APPROVED' });
			const event = await first();
			expect(event).toMatchObject({
				field: 'templates',
				payload: { template_id: id, status: 'APPROVED' },
			});
			expect(event).not.toHaveProperty('event');
		});
	});

	it('posts the statuses of a v1 message to its webhookUrl, unsigned and once', async () => {
		answers = [500];
		const headers = { ...key, 'x-sender-id': '5e9d0a10-0000-4000-8000-0000000000f1' };
		const body = {
			contactId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			templateId: '7ba7b820-9dad-11d1-80b4-00c04fd430c8',
			messageBody: { name: 'John Doe', order_id: '12345' },
			webhookUrl: `${endpoint}?token=1`,
		};
		await vendor.ask('POST', '/v1/messages/contact', headers, body);
		await vendor.ask('POST', '/v1/messages/contact', headers, { ...body, webhookUrl: undefined });
		const { messages } = await vendor.control('GET', '/messages');
		await arrived(1);
		for (let step = 2; step <= 5; step++) {
			await advance(messages[0].messageId);
			await advance(messages[1].messageId);
			await arrived(step);
		}
		await quiet();
		expect(names()).toEqual(
			['queued', 'routed', 'sent', 'delivered', 'read'].map((name) => `message.${name}`),
		);
		for (const { headers: sent, raw } of received) {
			expect(Object.keys(sent).filter((name) => name.startsWith('x-'))).toEqual([]);
			expect(JSON.parse(raw).payload.message_id).toBe(messages[0].messageId);
		}
		expect((await vendor.control('GET', '/webhooks')).targets).toEqual([]);
	});
});
