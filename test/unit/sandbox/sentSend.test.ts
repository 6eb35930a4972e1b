import { openVendor } from './client';
import { until } from './support';

const key = { 'x-api-key': 'sandbox-sent-key' };
const retail = '5e9d0a10-0000-4000-8000-0000000000a1';
const senderId = '5e9d0a10-0000-4000-8000-0000000000f1';
const orderTemplate = '7ba7b820-9dad-11d1-80b4-00c04fd430c8';
const pendingTemplate = '5e9d0d00-0000-4000-8000-000000000006';
const somebody = '+447700900150';

describe('the Sent sandbox: messages', () => {
	let vendor: Awaited<ReturnType<typeof openVendor>>;
	const send = (body: unknown, headers: Record<string, string> = {}) =>
		vendor.ask('POST', '/v3/messages', { ...key, ...headers }, body);
	const message = async (id: string) =>
		(await vendor.ask('GET', `/v3/messages/${id}`, key)).body.data;
	const accepted = async () => (await vendor.control('GET', '/messages')).messages;
	const advance = (messageId: string) => vendor.control('POST', '/advance', { messageId });
	/** Lets a message go on by hand until it stays where it is. */
	const journey = async (id: string): Promise<string[]> => {
		for (let step = 0; step < 8; step++) await advance(id);
		return (await message(id)).events.map(({ status }: { status: string }) => status);
	};
	const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

	beforeAll(async () => {
		vendor = await openVendor('sent', { autoAdvance: false });
	});
	beforeEach(async () => {
		await vendor.reset();
		await vendor.unlimited();
	});
	afterAll(() => vendor.close());

	describe('what is taken', () => {
		it('takes a text, chooses the channel later and reports every status', async () => {
			const { status, headers, body } = await send({ to: [somebody], text: 'Hello' });
			expect(status).toBe(202);
			expect(headers.get('x-sandbox')).toBeNull();
			expect(body.data).toEqual({
				status: 'QUEUED',
				recipients: [{ message_id: expect.any(String), to: somebody, channel: null, body: null }],
			});
			const [{ message_id: id }] = body.data.recipients;
			expect(await message(id)).toMatchObject({ status: 'QUEUED', channel: 'sent', price: null });
			await advance(id);
			expect(await message(id)).toMatchObject({ status: 'ROUTED', channel: 'whatsapp' });
			expect(await journey(id)).toEqual(['QUEUED', 'ROUTED', 'SENT', 'DELIVERED', 'READ']);
			const read = await message(id);
			expect(read).toMatchObject({
				phone: somebody,
				direction: 'OUTBOUND',
				message_body: { content: 'Hello' },
				price: expect.any(Number),
			});
			expect(read).not.toHaveProperty('scheduled_at');

			const { data } = (await vendor.ask('GET', `/v3/messages/${id}/activities`, key)).body;
			expect(data.message_id).toBe(id);
			expect(data.activities[0]).toMatchObject({ status: 'READ', price: '0.0079' });
			expect(data.activities).toHaveLength(5);
		});

		it('walks by itself when it may', async () => {
			await vendor.control('PUT', '/settings', { autoAdvance: true, stepMs: 5 });
			const { body } = await send({ to: ['+12025550111'], channel: ['sms'], text: 'Hello' });
			const [{ message_id: id }] = body.data.recipients;
			await until(async () => ((await message(id)).status === 'DELIVERED' ? true : undefined));
		});

		it('makes one message for each recipient on each channel', async () => {
			const to = [somebody, '+447700900151'];
			const { body } = await send({ to, channel: ['sms', 'whatsapp', 'sms'], text: 'Hello' });
			expect(body.data.recipients).toMatchObject([
				{ to: to[0], channel: 'sms' },
				{ to: to[0], channel: 'whatsapp' },
				{ to: to[1], channel: 'sms' },
				{ to: to[1], channel: 'whatsapp' },
			]);
			expect(body.data.recipients[0].body).toBe('Hello');
			const messages = await accepted();
			expect(messages).toHaveLength(4);
			expect(new Set(messages.map(({ batchId }: { batchId: string }) => batchId)).size).toBe(1);
		});

		it('takes 1,000 recipients', async () => {
			const to = Array.from({ length: 1000 }, (_, index) => `+4477009${10_000 + index}`);
			const { status, body } = await send({ to, text: 'Hello' });
			expect(status).toBe(202);
			expect(body.data.recipients).toHaveLength(1000);
			expect((await send({ to: [...to, somebody], text: 'Hello' })).body.error.code).toBe(
				'VALIDATION_005',
			);
		});

		it.each([{ id: orderTemplate }, { name: 'order_confirmation' }])(
			'takes a template by %p',
			async (reference) => {
				const parameters = { name: 'John', order_id: '12345', unknown: 'ignored' };
				const { body } = await send({
					to: [somebody],
					channel: ['sms'],
					template: { ...reference, parameters },
					text: 'the template wins',
				});
				expect(body.data).toMatchObject({
					template_id: orderTemplate,
					template_name: 'order_confirmation',
					recipients: [{ body: 'Hello John, your order 12345 is confirmed.' }],
				});
				const [{ message_id: id }] = body.data.recipients;
				expect(await message(id)).toMatchObject({
					template_id: orderTemplate,
					template_category: 'UTILITY',
				});
			},
		);

		it('sends media by MMS when it may choose', async () => {
			const { body } = await send({
				to: [somebody],
				text: 'Look',
				media_urls: ['https://example.com/a.jpg'],
				subject: 'A picture',
			});
			const [{ message_id: id }] = body.data.recipients;
			await advance(id);
			expect((await message(id)).channel).toBe('mms');
		});

		it('holds what is scheduled', async () => {
			const at = minutes(60).replace(/\.\d+Z$/, '+00:00');
			const { status, body } = await send({ to: [somebody], text: 'Later', scheduled_at: at });
			expect(status).toBe(202);
			expect(body.data.status).toBe('QUEUED');
			expect(Date.parse(body.data.scheduled_at)).toBe(Date.parse(at));
			const [{ message_id: id }] = body.data.recipients;
			await vendor.control('PUT', '/settings', { autoAdvance: true, stepMs: 5 });
			await advance(id);
			const held = await message(id);
			expect(held).toMatchObject({
				status: 'SCHEDULED',
				channel: 'sent',
				scheduled_at: body.data.scheduled_at,
			});
			const { data } = (await vendor.ask('GET', `/v3/messages/${id}/activities`, key)).body;
			expect(data.activities).toMatchObject([
				{ status: 'SCHEDULED', scheduled_at: body.data.scheduled_at },
				{ status: 'QUEUED' },
			]);
			expect(data.activities[1]).not.toHaveProperty('scheduled_at');
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect((await message(id)).status).toBe('SCHEDULED');
			await vendor.control('PUT', '/settings', { autoAdvance: false });
			await advance(id);
			expect((await message(id)).status).toBe('ROUTED');
		});

		it('only pretends for sandbox: true', async () => {
			const { status, headers, body } = await send({ to: [somebody], text: 'Hi', sandbox: true });
			expect([status, headers.get('x-sandbox')]).toEqual([202, 'true']);
			const [{ message_id: id }] = body.data.recipients;
			expect(id).toEqual(expect.any(String));
			expect(await message(id)).toBeNull();
			expect(await accepted()).toEqual([]);
			expect((await send({ to: ['nobody'], text: 'Hi', sandbox: true })).status).toBe(400);
		});

		it('shows a message to its profile and to the organization only', async () => {
			const { body } = await send({ to: [somebody], text: 'Hi' }, { 'x-profile-id': retail });
			const path = `/v3/messages/${body.data.recipients[0].message_id}`;
			const status = async (headers: Record<string, string>) =>
				(await vendor.ask('GET', path, headers)).status;
			expect(await status(key)).toBe(200);
			expect(await status({ 'x-api-key': 'sandbox-sent-profile-key' })).toBe(200);
			const other = '5e9d0a10-0000-4000-8000-0000000000a2';
			expect(await status({ ...key, 'x-profile-id': other })).toBe(404);
		});
	});

	describe('what is refused', () => {
		const text = { text: 'Hello' };
		const to = [somebody];
		it.each([
			['no recipient', { text: 'Hello' }, 'VALIDATION_004', 'to'],
			['an empty list', { to: [], ...text }, 'VALIDATION_005', 'to'],
			['a national number', { to: ['07700 900150'], ...text }, 'VALIDATION_002', 'to.0'],
			['neither text nor template', { to }, 'VALIDATION_004', 'text'],
			['a blank text', { to, text: ' \n' }, 'VALIDATION_004', 'text'],
			['an unknown channel', { to, ...text, channel: ['SMS'] }, 'VALIDATION_006', 'channel.0'],
			[
				'a template by id and name',
				{ to, template: { id: orderTemplate, name: 'order_confirmation' } },
				'VALIDATION_001',
				'template',
			],
			['a template by nothing', { to, template: {} }, 'VALIDATION_001', 'template'],
			[
				'a template id that is none',
				{ to, template: { id: 'order' } },
				'VALIDATION_003',
				'template.id',
			],
			[
				'a missing variable',
				{ to, template: { id: orderTemplate, parameters: { name: 'John' } } },
				'VALIDATION_001',
				'template.parameters.order_id',
			],
			[
				'a variable that is no text',
				{ to, template: { id: orderTemplate, parameters: { name: 'John', order_id: 1 } } },
				'VALIDATION_001',
				'template.parameters.order_id',
			],
			[
				'media over http',
				{ to, ...text, media_urls: ['http://example.com/a.jpg'] },
				'VALIDATION_001',
				'media_urls.0',
			],
			[
				'a time without offset',
				{ to, ...text, scheduled_at: '2030-01-01T10:00:00' },
				'VALIDATION_001',
				'scheduled_at',
			],
			[
				'a time that is too close',
				{ to, ...text, scheduled_at: minutes(0.5) },
				'VALIDATION_005',
				'scheduled_at',
			],
			[
				'a time that is too far',
				{ to, ...text, scheduled_at: minutes(31 * 24 * 60) },
				'VALIDATION_005',
				'scheduled_at',
			],
			[
				'line breaks on WhatsApp',
				{ to, text: 'a\nb', channel: ['whatsapp'] },
				'VALIDATION_008',
				'text',
			],
		])('%s', async (_name, request, code, field) => {
			const { status, body } = await send(request);
			expect(status).toBe(400);
			expect(body.error.code).toBe(code);
			expect(Object.keys(body.error.details)).toEqual([field]);
			expect(await accepted()).toEqual([]);
		});

		it('an unknown template', async () => {
			const { status, body } = await send({ to, template: { name: 'nothing' } });
			expect([status, body.error.code]).toEqual([404, 'RESOURCE_002']);
		});

		it('a template that WhatsApp has not approved, on WhatsApp only', async () => {
			const template = { id: pendingTemplate, parameters: { first_name: 'John' } };
			const { status, body } = await send({ to, template, channel: ['whatsapp'] });
			expect([status, body.error.code]).toEqual([422, 'BUSINESS_005']);
			expect((await send({ to, template, channel: ['sms'] })).status).toBe(202);
		});

		it('a body that is not there', async () => {
			const { status, body } = await send(undefined, { 'content-type': 'application/json' });
			expect([status, body.error.code]).toEqual([400, 'VALIDATION_004']);
			expect(Object.keys(body.error.details)).toEqual(['body']);
		});
	});

	describe('recipients with a fate of their own', () => {
		it('leaves one out of the answer', async () => {
			const { status, body } = await send({ to: ['+12025550130', somebody], text: 'Hello' });
			expect(status).toBe(202);
			expect(body.data.recipients).toMatchObject([{ to: somebody }]);
			const alone = await send({ to: ['+12025550130'], text: 'Hello' });
			expect([alone.status, alone.body.data.recipients]).toEqual([202, []]);
		});

		it.each([
			['+12025550131', 'BUSINESS_007'],
			['+12025550138', 'BUSINESS_003'],
		])('refuses a request with %s at once', async (phone, code) => {
			const { status, body } = await send({ to: [somebody, phone], text: 'Hello' });
			expect([status, body.error.code]).toEqual([422, code]);
			expect(await accepted()).toEqual([]);
		});

		it('refuses a request when all have opted out, and filters one later', async () => {
			const { status, body } = await send({ to: ['+12025550132'], text: 'Hello' });
			expect([status, body.error.code]).toEqual([422, 'BUSINESS_004']);
			const beside = await send({ to: ['+12025550132', somebody], text: 'Hello' });
			const [{ message_id: id }] = beside.body.data.recipients;
			expect(await journey(id)).toEqual(['QUEUED', 'FILTERED']);
		});

		it.each([
			['+12025550133', undefined, ['FILTERED'], 'ERR_CONSENT_BLOCKED'],
			['+12025550134', undefined, ['BLOCKED'], 'BUSINESS_003'],
			['+12025550135', undefined, ['ROUTED', 'FAILED'], 'ERR_ROUTE_DENIED'],
			['+12025550136', undefined, ['BLOCKED'], 'CONVERSATION_TEMPLATE_REQUIRED'],
			['+12025550136', 'whatsapp', ['ROUTED', 'FAILED'], 'WHATSAPP_TEMPLATE_REQUIRED'],
			['+12025550137', 'sms', ['ROUTED', 'QUEUED', 'ROUTED', 'SENT', 'DELIVERED'], null],
			['+12025550139', 'sms', ['ROUTED', 'SENT'], null],
		])('lets %s on %p end as it should', async (phone, channel, path, reason) => {
			const { status, body } = await send({
				to: [phone],
				text: 'Hello',
				...(channel && { channel: [channel] }),
			});
			expect(status).toBe(202);
			const [{ message_id: id }] = body.data.recipients;
			expect(await journey(id)).toEqual(['QUEUED', ...path]);
			const read = await message(id);
			const { description } = read.events.at(-1);
			const { data } = (await vendor.ask('GET', `/v3/messages/${id}/activities`, key)).body;
			if (reason) {
				expect(description).toContain(reason);
				const why = {
					reason: expect.any(String),
					reason_code: expect.stringMatching(/^[A-Z]+_\d{3}$/),
				};
				expect(read).toMatchObject(why);
				expect(data.activities[0]).toMatchObject(why);
			} else {
				expect(description).toBeNull();
				for (const shown of [read, data.activities[0]]) {
					expect(shown).not.toHaveProperty('reason');
					expect(shown).not.toHaveProperty('reason_code');
				}
			}
		});

		it('delivers a template to one who never wrote', async () => {
			const { body } = await send({ to: ['+12025550136'], template: { name: 'plain_notice' } });
			expect(await journey(body.data.recipients[0].message_id)).toContain('DELIVERED');
		});

		it('blocks what should leave by a foreign sender', async () => {
			const from = (sender: string) => ({ sms: [{ from: [sender], country: 'US' }] });
			const request = { to: [somebody], text: 'Hello', channel: ['sms'] };
			const foreign = await send({ ...request, channels: from('+12025550198') });
			const [{ message_id: id }] = foreign.body.data.recipients;
			expect(await journey(id)).toEqual(['QUEUED', 'BLOCKED']);
			expect((await message(id)).events.at(-1).description).toContain('BUSINESS_029');
			const own = await send({ ...request, channels: from('+12025550100') });
			expect(await journey(own.body.data.recipients[0].message_id)).toContain('DELIVERED');
		});
	});

	describe('Idempotency-Key', () => {
		const once = { 'idempotency-key': 'run-1_item-1' };

		it('repeats the first answer, whatever the second request says', async () => {
			const first = await send({ to: [somebody], text: 'Hello' }, once);
			expect(first.headers.get('idempotent-replayed')).toBeNull();
			const second = await send({ to: ['+447700900151'], text: 'Something else' }, once);
			expect(second.status).toBe(202);
			expect(second.body).toEqual(first.body);
			expect(second.headers.get('idempotent-replayed')).toBe('true');
			expect(second.headers.get('x-original-request-id')).toBe(first.body.meta.request_id);
			expect(await accepted()).toMatchObject([
				{ recipient: somebody, idempotencyKey: 'run-1_item-1' },
			]);
		});

		it('keeps nothing of a refusal', async () => {
			expect((await send({ to: ['+12025550131'], text: 'Hello' }, once)).status).toBe(422);
			expect((await send({ to: [somebody], text: 'Hello' }, once)).status).toBe(202);
			expect(await accepted()).toHaveLength(1);
		});

		it('answers 409 while the first request is in progress', async () => {
			await vendor.control('PUT', '/settings', { idempotencyBusyMs: 200 });
			const request = { to: [somebody], text: 'Hello' };
			const answers = await Promise.all([1, 2, 3].map(() => send(request, once)));
			expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
			const { body } = answers.find(({ status }) => status === 409) ?? { body: {} };
			expect(body.error.code).toBe('CONFLICT_001');
			expect((await send(request, once)).headers.get('idempotent-replayed')).toBe('true');
			expect(await accepted()).toHaveLength(1);
		});

		it('executes nothing while keys cannot be looked up', async () => {
			await vendor.control('PUT', '/settings', { idempotencyDown: true });
			const request = { to: [somebody], text: 'Hello' };
			const { status, body } = await send(request, once);
			expect([status, body.error.code]).toEqual([503, 'SERVICE_001']);
			expect((await send(request)).status).toBe(202);
			expect(await accepted()).toHaveLength(1);
		});

		it('is one message when the answer was lost', async () => {
			await vendor.control('POST', '/faults', { fault: 'reset-after' });
			const request = { to: [somebody], text: 'Hello' };
			await expect(send(request, once)).rejects.toThrow();
			expect((await send(request, once)).status).toBe(202);
			expect(await accepted()).toHaveLength(1);
		});

		it('belongs to an account', async () => {
			const request = { to: [somebody], text: 'Hello' };
			await send(request, once);
			await send(request, { ...once, 'x-api-key': 'sandbox-sent-profile-key' });
			expect(await accepted()).toHaveLength(2);
		});

		it('ends after a day', async () => {
			const request = { to: [somebody], text: 'Hello' };
			await send(request, once);
			const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 24 * 3600_000 + 1);
			try {
				await send(request, once);
			} finally {
				clock.mockRestore();
			}
			expect(await accepted()).toHaveLength(2);
		});

		it.each(['with space', 'dots.too', 'x'.repeat(256)])('refuses %p', async (bad) => {
			const { status, body } = await send(
				{ to: [somebody], text: 'Hello' },
				{ 'idempotency-key': bad },
			);
			expect([status, body.error.code]).toEqual([400, 'VALIDATION_007']);
		});
	});

	describe('API v1', () => {
		/** Word for word the owner's example. */
		const example = {
			contactId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			templateId: '7ba7b820-9dad-11d1-80b4-00c04fd430c8',
			messageBody: {
				name: 'John Doe',
				order_id: '12345',
			},
			webhookUrl: 'https://example.com/webhook/message-status',
		};
		const post = (body: unknown, headers: Record<string, string>) =>
			vendor.ask('POST', '/v1/messages/contact', headers, body);
		const both = { ...key, 'x-sender-id': senderId };

		it('takes the owner’s example and answers nothing', async () => {
			const { status, body } = await post(example, both);
			expect([status, body]).toEqual([200, '']);
			const [entry] = await accepted();
			expect(entry).toMatchObject({ recipient: '+12025550110', request: example });
			expect(await message(entry.messageId)).toMatchObject({
				message_body: { content: 'Hello John Doe, your order 12345 is confirmed.' },
			});
		});

		it.each(['John Doe', 12345, true, ['John Doe'], null])(
			'refuses %j as messageBody',
			async (messageBody) => {
				const { status, body } = await post({ ...example, messageBody }, both);
				expect([status, body.detail]).toEqual([400, 'messageBody must be object']);
				expect(await accepted()).toEqual([]);
			},
		);

		it('takes any JSON as the value of a variable, as it is', async () => {
			const messageBody = {
				name: { first: 'John', last: 'Doe' },
				order_id: 12345,
				more: [1, true, null, ''],
			};
			expect((await post({ ...example, messageBody }, both)).status).toBe(200);
			const [entry] = await accepted();
			expect(entry.request.messageBody).toEqual(messageBody);
			expect(await message(entry.messageId)).toMatchObject({
				message_body: {
					content: 'Hello {"first":"John","last":"Doe"}, your order 12345 is confirmed.',
				},
			});
		});

		it.each([
			['no key', example, { 'x-sender-id': senderId }, 401, 'Header x-api-key not found'],
			['no sender', example, key, 401, 'Header x-sender-id not found'],
			['a wrong sender', example, { ...key, 'x-sender-id': retail }, 401, expect.any(String)],
			[
				'a sender that is no GUID',
				example,
				{ ...key, 'x-sender-id': 'my-sender' },
				400,
				'x-sender-id is not a GUID',
			],
			['no contact', { templateId: example.templateId }, both, 400, 'contactId is required'],
			['no template', { contactId: example.contactId }, both, 400, 'templateId is required'],
			['an unknown contact', { ...example, contactId: retail }, both, 404, 'Contact not found'],
			[
				'a missing variable',
				{ ...example, messageBody: { name: 'John Doe' } },
				both,
				400,
				'messageBody.order_id is required',
			],
			[
				'a contactId that is no GUID',
				{ ...example, contactId: '1' },
				both,
				400,
				'contactId must match format "uuid"',
			],
			[
				'a templateId that is no GUID',
				{ ...example, templateId: 'order_confirmation' },
				both,
				400,
				'templateId must match format "uuid"',
			],
		])('refuses %s in its own words', async (_name, request, headers, status, detail) => {
			const answer = await post(request, headers as Record<string, string>);
			expect(answer.status).toBe(status);
			expect(answer.body).toEqual({ status, title: expect.any(String), detail });
		});
	});
});
