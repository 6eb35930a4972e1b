import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

import Sent from '@sentdm/sentdm';

import { SandboxClient } from '../../../sandbox/client';
import { type Sandbox, startSandbox } from '../../../sandbox/server';
import { keys, magic, profileIds } from '../../../sandbox/vendors/sent/demo';
import { until } from '../sandbox/support';
import { Declarations } from './conforms';

const somebody = '+447700900170';
const orderTemplate = '7ba7b820-9dad-11d1-80b4-00c04fd430c8';
const contactId = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const nobody = '00000000-0000-4000-8000-000000000000';

/** Sent's own client, in the version that npm has, against the sandbox: each decides about the other. */
describe("Sent's own client", () => {
	let sandbox: Sandbox;
	let control: SandboxClient;
	let sent: Sent;
	let types: Declarations;

	const client = (more: ConstructorParameters<typeof Sent>[0] = {}) =>
		new Sent({ apiKey: keys.organization, baseURL: control.baseUrl, maxRetries: 0, ...more });
	/** Fails when the answer does not fit the client's type for it. */
	const fits = <T>(name: string, answer: T): T => {
		expect(types.breaches(name, answer)).toEqual([]);
		return answer;
	};
	const send = async (params: Partial<Sent.MessageSendParams> = {}): Promise<string> => {
		const answer = await sent.messages.send({ to: [somebody], text: 'Hello', ...params });
		return answer.data?.recipients?.[0]?.message_id ?? '';
	};
	const status = async (id: string) =>
		fits('MessageRetrieveStatusResponse', await sent.messages.retrieveStatus(id)).data;

	beforeAll(async () => {
		const resources = join(dirname(require.resolve('@sentdm/sentdm')), 'resources');
		const files = ['messages', 'templates', 'webhooks', 'contacts', 'me', 'numbers'];
		types = new Declarations(files.map((file) => join(resources, `${file}.d.ts`)));
		sandbox = await startSandbox({ vendors: ['sent'], settings: { autoAdvance: false } });
		control = new SandboxClient(sandbox.url, 'sent');
		sent = client();
	});
	beforeEach(async () => {
		await control.reset();
		await control.limit({ requests: null });
	});
	afterAll(() => sandbox.close());

	it('is told where an answer would not fit', () => {
		const answer = { success: true, data: { status: 'QUEUED', template_id: null, recipients: {} } };
		expect(types.breaches('MessageSendResponse', answer)).toEqual([
			'MessageSendResponse.data.template_id is null, not string',
			'MessageSendResponse.data.recipients is {}, not a list',
		]);
	});

	describe('sends', () => {
		it('a text, by the channel that Sent chooses', async () => {
			const answer = await sent.messages.send({ to: [somebody], text: 'Hello' });
			const { data } = fits('MessageSendResponse', answer);
			expect(data?.recipients).toMatchObject([{ to: somebody, channel: null }]);
			expect(await control.messages()).toMatchObject([
				{ recipient: somebody, content: { channel: 'sent', text: 'Hello' } },
			]);
		});

		it('a template, to several people on several channels', async () => {
			const to = [somebody, '+447700900171'];
			const answer = await sent.messages.send({
				to,
				channel: ['sms', 'whatsapp'],
				template: { id: orderTemplate, parameters: { name: 'John', order_id: '12345' } },
			});
			const { data } = fits('MessageSendResponse', answer);
			expect(data).toMatchObject({
				template_id: orderTemplate,
				template_name: 'order_confirmation',
			});
			expect(data?.recipients).toHaveLength(4);
			expect(await control.messages()).toHaveLength(4);
		});

		it('nothing for sandbox: true, and says so', async () => {
			const { data, response } = await sent.messages
				.send({ to: [somebody], text: 'Hello', sandbox: true })
				.withResponse();
			expect(response.headers.get('x-sandbox')).toBe('true');
			fits('MessageSendResponse', data);
			expect(await control.messages()).toEqual([]);
		});

		it('for a profile', async () => {
			const id = await send({ 'x-profile-id': profileIds.retail });
			const answer = await sent.messages.retrieveStatus(id, { 'x-profile-id': profileIds.retail });
			expect(answer.data?.customer_id).toBe(profileIds.retail);
		});
	});

	describe('reads', () => {
		it.each(['QUEUED', 'ROUTED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'FILTERED', 'BLOCKED'])(
			'a message that is %s',
			async (word) => {
				const id = await send();
				if (word !== 'QUEUED') await control.advance({ messageId: id, status: word });
				expect(await status(id)).toMatchObject({ id, status: word, direction: 'OUTBOUND' });
				const activities = await sent.messages.retrieveActivities(id);
				fits('MessageRetrieveActivitiesResponse', activities);
				expect(activities.data?.activities?.[0]).toMatchObject({ status: word });
			},
		);

		it('a template that was sent, a scheduled message and one that came in', async () => {
			const template = await send({ template: { name: 'plain_notice' } });
			expect(await status(template)).toMatchObject({ template_name: 'plain_notice' });
			// The client of npm has no field for the time yet.
			const scheduled = await send({
				...({ scheduled_at: new Date(Date.now() + 3_600_000).toISOString() } as object),
			});
			await control.advance({ messageId: scheduled });
			expect(await status(scheduled)).toMatchObject({ status: 'SCHEDULED', channel: 'sent' });
			const { messageId } = (await control.simulate('inbound', { from: somebody })) as {
				messageId: string;
			};
			expect(await status(messageId)).toMatchObject({ status: 'RECEIVED' });
		});

		it('templates, page by page and one by one', async () => {
			const params = { page: 1, page_size: 100, is_welcome_playground: false };
			const list = fits('TemplateListResponse', await sent.templates.list(params));
			expect(list.data?.templates).toHaveLength(100);
			expect(list.data?.pagination).toMatchObject({ total_count: 130, has_more: true });
			const one = fits('APIResponseTemplate', await sent.templates.retrieve(orderTemplate));
			expect(one.data).toMatchObject({ name: 'order_confirmation' });
			const found = await sent.templates.list({ page: 1, page_size: 5, status: 'PENDING' });
			expect(found.data?.templates).toMatchObject([{ name: 'pending_offer' }]);
		});

		it('contacts, numbers and the account', async () => {
			const list = fits(
				'ContactListResponse',
				await sent.contacts.list({ page: 3, page_size: 100 }),
			);
			expect(list.data?.contacts).toHaveLength(32);
			const one = fits('APIResponseOfContact', await sent.contacts.retrieve(contactId));
			expect(one.data).toMatchObject({ format_e164: '+12025550110', opt_out: false });
			for (const number of ['+12025550110', magic.invalid]) {
				fits('NumberLookupResponse', await sent.numbers.lookup(number));
			}
			const me = fits('MeRetrieveResponse', await sent.me.retrieve());
			expect(me.data).toMatchObject({ type: 'organization' });
			const profile = client({ apiKey: keys.profile });
			fits('MeRetrieveResponse', await profile.me.retrieve());
		});
	});

	describe('repeats a request', () => {
		const once = { to: [somebody], text: 'Hello', 'Idempotency-Key': 'run-1_item-1' };

		it('under its Idempotency-Key and gets the first answer', async () => {
			const first = await sent.messages.send(once).withResponse();
			const second = await sent.messages.send({ ...once, text: 'Other' }).withResponse();
			expect(second.data).toEqual(first.data);
			expect(second.response.headers.get('idempotent-replayed')).toBe('true');
			expect(second.response.headers.get('x-original-request-id')).toBe(
				first.data.meta?.request_id,
			);
			expect(await control.messages()).toMatchObject([{ idempotencyKey: 'run-1_item-1' }]);
		});

		it('by itself, and makes one message where the answer was lost', async () => {
			await control.fault({ fault: 'reset-after' });
			await client({ maxRetries: 2 }).messages.send(once);
			expect(await control.messages()).toHaveLength(1);
			expect(await control.requests()).toHaveLength(2);
		});

		it.each(['429', '500', '503'] as const)('by itself after %s', async (fault) => {
			await control.fault({ fault, count: 2 });
			fits('MessageSendResponse', await client({ maxRetries: 2 }).messages.send(once));
			expect(await control.messages()).toHaveLength(1);
		});
	});

	describe('knows an error by its class', () => {
		const struck = async (fault: '429' | '500' | '503') => {
			await control.fault({ fault });
			return await send();
		};
		const asks = (apiKey: string) => client({ apiKey }).me.retrieve();
		it.each([
			['BadRequestError', 400, 'VALIDATION_002', () => send({ to: ['0770'] })],
			['BadRequestError', 400, 'VALIDATION_007', () => send({ 'Idempotency-Key': 'a b' })],
			['AuthenticationError', 401, 'AUTH_002', () => asks('no')],
			['PermissionDeniedError', 403, 'AUTH_006', () => asks(keys.kyc)],
			['NotFoundError', 404, 'RESOURCE_003', () => sent.messages.retrieveStatus(nobody)],
			['UnprocessableEntityError', 422, 'BUSINESS_003', () => send({ to: [magic.noBalance] })],
			['RateLimitError', 429, 'BUSINESS_002', () => struck('429')],
			['InternalServerError', 500, 'INTERNAL_001', () => struck('500')],
			['InternalServerError', 503, 'INTERNAL_005', () => struck('503')],
		] as const)('%s for %d %s', async (name, http, code, ask) => {
			const error: unknown = await ask().then(
				() => undefined,
				(reason: unknown) => reason,
			);
			expect(error).toBeInstanceOf(Sent[name]);
			expect(error).toMatchObject({ status: http, error: { error: { code } } });
			fits('ErrorDetail', (error as { error: { error: unknown } }).error.error);
		});

		it('ConflictError for 409 CONFLICT_001, while the first request is in progress', async () => {
			await control.settings({ idempotencyBusyMs: 300 });
			const ask = () => send({ 'Idempotency-Key': 'same' });
			const answers = await Promise.allSettled([ask(), ask()]);
			const [refused] = answers.flatMap((one) =>
				one.status === 'rejected' ? [one.reason as unknown] : [],
			);
			expect(refused).toBeInstanceOf(Sent.ConflictError);
			expect(refused).toMatchObject({ error: { error: { code: 'CONFLICT_001' } } });
		});

		it('APIConnectionError for a connection that breaks', async () => {
			await control.fault({ fault: 'reset-before' });
			await expect(send()).rejects.toBeInstanceOf(Sent.APIConnectionError);
		});
	});

	describe('manages webhooks', () => {
		let server: Server;
		let endpoint: string;
		const received: Array<{ headers: IncomingHttpHeaders; raw: string }> = [];
		const create = async (more: Partial<Sent.WebhookCreateParams> = {}) => {
			const params = { display_name: 'n8n', endpoint_url: endpoint, event_types: ['message'] };
			const answer = await sent.webhooks.create({ ...params, ...more });
			return fits('APIResponseWebhook', answer).data as Sent.WebhookResponse & { id: string };
		};

		beforeAll(async () => {
			server = createServer(async (request, response) => {
				const chunks: Buffer[] = [];
				for await (const chunk of request) chunks.push(chunk as Buffer);
				received.push({ headers: request.headers, raw: Buffer.concat(chunks).toString() });
				response.end();
			}).listen(0, '127.0.0.1');
			await once(server, 'listening');
			endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
		});
		beforeEach(() => {
			received.length = 0;
		});
		afterAll(() => {
			server.closeAllConnections();
			server.close();
		});

		it('from registration to removal', async () => {
			const { id, signing_secret: secret } = await create({
				event_filters: { message: ['delivered'] },
			});
			expect(secret).toMatch(/^whsec_/);
			const shown = fits('APIResponseWebhook', await sent.webhooks.retrieve(id));
			expect(shown.data?.signing_secret).not.toBe(secret);

			const wanted = { display_name: 'other', endpoint_url: endpoint, event_types: ['contact'] };
			const updated = fits('APIResponseWebhook', await sent.webhooks.update(id, wanted));
			expect(updated.data).toMatchObject({ display_name: 'other', event_filters: null });
			const off = await sent.webhooks.toggleStatus(id, { is_active: false });
			expect(fits('APIResponseWebhook', off).data?.is_active).toBe(false);

			const params = { page: 1, page_size: 10, is_active: false, search: 'OTHER' };
			const list = fits('WebhookListResponse', await sent.webhooks.list(params));
			expect(list.data?.webhooks).toMatchObject([{ id }]);
			const names = fits('WebhookListEventTypesResponse', await sent.webhooks.listEventTypes());
			expect(names.data?.event_types?.map(({ name }) => name)).toContain('link');

			await sent.webhooks.delete(id);
			await expect(sent.webhooks.retrieve(id)).rejects.toBeInstanceOf(Sent.NotFoundError);
		});

		it('and tests one', async () => {
			const { id } = await create();
			const test = await sent.webhooks.test(id, { event_type: 'message' });
			expect(fits('WebhookTestResponse', test).data?.success).toBe(true);
			expect(received).toHaveLength(1);
			const params = { page: 1, page_size: 10 };
			const log = fits('WebhookListEventsResponse', await sent.webhooks.listEvents(id, params));
			expect(log.data?.events).toMatchObject([
				{ event_type: 'message.sent', delivery_status: 'DELIVERED' },
			]);
		});

		it('whose events are signed with the secret that it was last told', async () => {
			const { id } = await create({ event_filters: { message: ['queued'] } });
			const rotated = await sent.webhooks.rotateSecret(id, { sandbox: false });
			const secret = fits('WebhookRotateSecretResponse', rotated).data?.signing_secret ?? '';
			await send();
			const [{ headers, raw }] = (await until(async () =>
				received.length > 0 ? received : undefined,
			)) as [(typeof received)[number]];
			// The client of npm has nothing that verifies; this is the recipe of Sent's page.
			const signed = `${headers['x-webhook-id']}.${headers['x-webhook-timestamp']}.${raw}`;
			const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
			expect(headers['x-webhook-id']).toBe(id);
			expect(headers['x-webhook-signature']).toBe(
				`v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
			);
		});
	});

	it.each(['cancel', 'resend'])('reaches %s by its path only', async (what) => {
		expect(sent.messages).not.toHaveProperty(what);
		const path = `/v3/messages/${await send()}/${what}`;
		await expect(sent.post(path)).rejects.toBeInstanceOf(Sent.UnprocessableEntityError);
		await control.settings({ newestEndpoints: false });
		await expect(sent.post(path)).rejects.toBeInstanceOf(Sent.NotFoundError);
	});
});
