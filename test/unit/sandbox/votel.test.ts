import { openVendor } from './client';

const key = { 'x-api-key': 'sandbox-votel-key' };
const exampleChannel = '825b8057-c85f-44a9-9e9f-6e7d7389ecfc';
const unavailableChannel = '7e9d0c00-0000-4000-8000-000000000004';
const firstLead = '550e8400-e29b-41d4-a716-446655440001';
const exampleContact = '11111111-0001-0001-0001-000000000001';

/** Word for word the owner's examples. */
const examples = {
	email: {
		message_data: {
			recipient: 'customer@example.com',
			subject: 'Welcome to our service!',
			content: 'Thank you for signing up.',
			html_content: '<h1>Welcome!</h1><p>Thank you for signing up.</p>',
			sender_name: 'Acme Support Team',
		},
		message_type: 'TRANSACTIONAL',
		priority: 'HIGH',
	},
	sms: {
		sender_type: 'sms',
		sender_identifier: '825b8057-c85f-44a9-9e9f-6e7d7389ecfc',
		message_data: {
			recipient: '+1234567890',
			content: 'Your appointment is confirmed for tomorrow at 3 PM.',
			contact_id: '11111111-0001-0001-0001-000000000001',
			metadata: {
				campaign_id: 'spring_promo',
				sent_by: 'SMS Test',
			},
		},
	},
	instagram: {
		sender_type: 'instagram_dm',
		sender_identifier: '825b8057-c85f-44a9-9e9f-6e7d7389ecfc',
		message_data: {
			recipient: '1234567890123456',
			content: "Thanks for reaching out! We'll get back to you soon.",
			image_url: 'https://example.com/promo.jpg',
			contact_id: '11111111-0001-0001-0001-000000000001',
		},
		message_type: 'TRANSACTIONAL',
	},
	leadIds: {
		bulk_settings: {
			lead_ids: [
				'550e8400-e29b-41d4-a716-446655440001',
				'550e8400-e29b-41d4-a716-446655440002',
				'550e8400-e29b-41d4-a716-446655440003',
			],
		},
		message_data: {
			recipient: 'placeholder@example.com',
			subject: 'Special Offer - 50% Off!',
			content: 'Limited time offer just for you!',
			sender_name: 'Marketing Team',
		},
		message_type: 'MARKETING',
		priority: 'NORMAL',
	},
	keyword: {
		bulk_settings: {
			search_keyword: 'enterprise customers',
		},
		message_data: {
			recipient: '+1234567890',
			content: 'Exclusive enterprise plan now available!',
		},
		message_type: 'MARKETING',
	},
	filters: {
		bulk_settings: {
			filters: {
				conditions: [
					{
						id: 'group-1',
						conditions: [
							{
								id: 'cond-1',
								field: 'first_name',
								operator: 'contains',
								value: 'st',
							},
							{
								id: '1759891068581-u3gsnk8f7',
								field: 'tags',
								operator: 'contains',
								value: ['Import 10/05/25'],
							},
						],
					},
				],
			},
		},
		message_data: {
			recipient: 'placeholder@example.com',
			subject: 'VIP Notification',
			content: 'Important update for VIP customers',
		},
		message_type: 'NOTIFICATION',
		priority: '3',
	},
	assignees: {
		bulk_settings: {
			assignees: ['user-uuid-1', 'user-uuid-2'],
		},
		message_data: {
			recipient: 'placeholder@example.com',
			subject: 'Team Update',
			content: 'Check your assigned leads',
		},
		message_type: 'NOTIFICATION',
	},
};

describe('the Votel sandbox', () => {
	let vendor: Awaited<ReturnType<typeof openVendor>>;
	const get = (path: string, headers: Record<string, string> = key) =>
		vendor.ask('GET', path, headers);
	const send = (body: unknown, query = '') =>
		vendor.ask('POST', `/api/messaging/send${query}`, key, body);
	const accepted = async () => (await vendor.control('GET', '/messages')).messages;

	beforeAll(async () => {
		vendor = await openVendor('votel');
	});
	beforeEach(() => vendor.reset());
	afterAll(() => vendor.close());

	describe('access', () => {
		it.each([{}, { 'x-api-key': 'wrong' }])('answers 401 to %p', async (headers) => {
			const { status, body } = await get('/api/agents', headers as Record<string, string>);
			expect(status).toBe(401);
			expect(body).toEqual({ detail: expect.any(String) });
		});

		it('lists agents, the first request of the vendor’s guide', async () => {
			const { status, body } = await get('/api/agents');
			expect(status).toBe(200);
			expect(body[0]).toEqual({ id: expect.any(String), name: 'Sales Assistant', enabled: true });
		});

		it('limits requests, and says for how long', async () => {
			await vendor.control('PUT', '/limits', { requests: 1, perMs: 60_000 });
			await get('/api/agents');
			const { status, headers, body } = await get('/api/agents');
			expect(status).toBe(429);
			expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
			expect(body).toEqual({ detail: expect.any(String) });
		});
	});

	describe('a single message', () => {
		it.each([
			['email', 'EMAIL', 'sendgrid'],
			['sms', 'SMS', 'twilio'],
			['instagram', 'INSTAGRAM_DM', 'instagram'],
		] as const)('takes the owner’s example for %s', async (name, channel, provider) => {
			const example = examples[name];
			const { status, body } = await send(example);
			expect(status).toBe(200);
			expect(body).toEqual({
				success: true,
				message_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				channel_used: channel,
				provider_used: provider,
				provider_message_id: expect.stringMatching(/^msg_/),
				status: 'SENT',
				cost: expect.any(Number),
				sent_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
			});
			expect(await accepted()).toMatchObject([
				{
					messageId: body.message_id,
					recipient: example.message_data.recipient,
					request: example,
				},
			]);
		});

		it('costs what the owner’s answer says', async () => {
			expect((await send(examples.email)).body.cost).toBe(0.001);
		});

		it.each(['refused@example.com', '+12025550144'])(
			'refuses %s inside a 200',
			async (recipient) => {
				const data = { recipient, subject: 'Hello', content: 'Hello' };
				const { status, body } = await send({ message_data: data });
				expect(status).toBe(200);
				expect(body).toMatchObject({ success: false, status: 'FAILED', error: expect.any(String) });
				expect(await accepted()).toEqual([]);
			},
		);

		it.each([
			['+12025550145', { detail: expect.any(String) }],
			['+12025550146', { detail: { code: 'RECIPIENT_SUPPRESSED', message: expect.any(String) } }],
			['+12025550147', { message: expect.any(String) }],
		])('refuses %s with another form of error', async (recipient, error) => {
			const { status, body } = await send({ message_data: { recipient, content: 'Hello' } });
			expect(status).toBe(400);
			expect(body).toEqual(error);
		});

		it.each([
			['no message_data', {}, ['body', 'message_data'], 'value_error.missing'],
			[
				'no recipient',
				{ message_data: { content: 'Hello' } },
				['body', 'message_data', 'recipient'],
				'value_error.missing',
			],
			[
				'an e-mail without subject',
				{ message_data: { recipient: 'a@example.com', content: 'Hello' } },
				['body', 'message_data', 'subject'],
				'value_error.missing',
			],
			[
				'a number that is not E.164',
				{ sender_type: 'sms', message_data: { recipient: '0123', content: 'Hello' } },
				['body', 'message_data', 'recipient'],
				'value_error',
			],
			[
				'a recipient that tells no kind',
				{ message_data: { recipient: '1234567890123456', content: 'Hello' } },
				['body', 'message_data', 'recipient'],
				'value_error',
			],
			[
				'an unknown message type',
				{ ...examples.email, message_type: 'SPAM' },
				['body', 'message_type'],
				'type_error.enum',
			],
			['a priority in words', { ...examples.email, priority: 'URGENT' }, ['body', 'priority'], ''],
			['a number as priority', { ...examples.email, priority: 3 }, ['body', 'priority'], ''],
			['WhatsApp', { ...examples.sms, sender_type: 'whatsapp' }, ['body', 'sender_type'], ''],
		])('refuses %s', async (_name, request, loc, type) => {
			const { status, body } = await send(request);
			expect(status).toBe(422);
			expect(body.detail[0]).toMatchObject({ loc, msg: expect.any(String) });
			expect(body.detail[0].type).toContain(type);
			expect(await accepted()).toEqual([]);
		});

		it('knows its channels, in the query before the body', async () => {
			const unknown = '00000000-0000-4000-8000-000000000000';
			expect((await send({ ...examples.sms, sender_identifier: unknown })).status).toBe(404);
			expect((await send(examples.sms, `?send_identifier=${unknown}`)).body).toEqual({
				detail: 'Channel not found',
			});
			const { status, body } = await send(examples.email, `?send_identifier=${unavailableChannel}`);
			expect(status).toBe(400);
			expect(body.detail).toEqual({ code: 'CHANNEL_UNAVAILABLE', message: expect.any(String) });
			expect((await send(examples.email, `?send_identifier=${exampleChannel}`)).status).toBe(200);
		});
	});

	describe('a bulk message', () => {
		it.each([
			['leadIds', { total_leads: 3, messages_sent: 3, messages_failed: 0, success_rate: 100 }],
			// The numbers of the owner's document.
			[
				'keyword',
				{ total_leads: 150, messages_sent: 148, messages_failed: 2, success_rate: 98.67 },
			],
			['assignees', { total_leads: 25, messages_sent: 25, messages_failed: 0, success_rate: 100 }],
		] as const)('takes the owner’s example with %s', async (name, answer) => {
			const { status, body } = await send(examples[name]);
			expect(status).toBe(200);
			expect(body).toEqual(answer);
			const messages = await accepted();
			expect(messages).toHaveLength(answer.messages_sent);
			expect(new Set(messages.map(({ batchId }: { batchId: string }) => batchId)).size).toBe(1);
		});

		it('takes the owner’s example with filters, and keeps to them', async () => {
			const { status, body } = await send(examples.filters);
			expect(status).toBe(200);
			const messages = await accepted();
			expect(messages).toHaveLength(body.messages_sent);
			expect(messages.length).toBeGreaterThan(3);
			for (const { recipient } of messages) {
				const [name] = recipient.split('.');
				expect(name).toContain('st');
				const { data } = (await get(`/api/leads?search=${recipient}`)).body;
				const { lead } = (await get(`/api/leads/${data[0].id}/view`)).body;
				expect(lead.tags).toContain('Import 10/05/25');
			}
		});

		it('lets criteria narrow each other', async () => {
			const bulk_settings = {
				...examples.leadIds.bulk_settings,
				search_keyword: 'noah',
			};
			expect((await send({ ...examples.leadIds, bulk_settings })).body.total_leads).toBe(1);
		});

		it('takes no criterion for everyone', async () => {
			const { body } = await send({ ...examples.leadIds, bulk_settings: {} });
			expect(body.total_leads).toBe((await get('/api/leads')).body.total);
		});

		it('counts nobody when nobody fits', async () => {
			const bulk_settings = { lead_ids: ['00000000-0000-4000-8000-000000000000'] };
			expect((await send({ ...examples.leadIds, bulk_settings })).body).toEqual({
				total_leads: 0,
				messages_sent: 0,
				messages_failed: 0,
				success_rate: 0,
			});
		});

		it('refuses unknown fields and operators', async () => {
			const condition = { field: 'shoe_size', operator: 'contains', value: '44' };
			const request = (one: object) => ({
				...examples.filters,
				bulk_settings: { filters: { conditions: [{ id: 'g', conditions: [one] }] } },
			});
			const { status, body } = await send(request(condition));
			expect([status, body]).toEqual([400, { detail: 'Unknown lead field: shoe_size' }]);
			const other = await send(request({ ...condition, field: 'city', operator: 'equals' }));
			expect(other.status).toBe(422);
			expect(other.body.detail[0].loc).toEqual([
				...['body', 'bulk_settings', 'filters', 'conditions', 0, 'conditions', 0, 'operator'],
			]);
		});
	});

	describe('its companions', () => {
		it('pages channels', async () => {
			const first = (await get('/api/channels')).body;
			expect(first).toMatchObject({ total: 25, page: 1, page_size: 20, total_pages: 2 });
			expect(first.channels).toHaveLength(20);
			const second = (await get('/api/channels?page=2')).body;
			expect(second.channels).toHaveLength(5);
			expect((await get('/api/channels?page=1&page_size=1')).body.channels).toHaveLength(1);
		});

		it('filters channels', async () => {
			const { channels } = (await get('/api/channels?channel_type=sms&status=available')).body;
			expect(channels).toMatchObject([{ id: exampleChannel, channel_type: 'sms' }]);
			expect((await get('/api/channels?search=SUPPORT')).body.total).toBe(1);
		});

		it('lists channels as options, the unavailable ones with a reason', async () => {
			const { options } = (await get('/api/channels?for_options=true')).body;
			expect(options).toHaveLength(25);
			expect(options[1]).toEqual({
				id: expect.any(String),
				name: 'Support Email (support@example.com)',
				identifier: 'support@example.com',
				category: 'email',
				status: 'available',
			});
			expect(options).toContainEqual(
				expect.objectContaining({
					id: unavailableChannel,
					status: 'unavailable',
					disabled_reason: expect.any(String),
				}),
			);
		});

		it('pages and searches leads', async () => {
			const pages = await Promise.all(
				[1, 2, 3].map(async (page) => (await get(`/api/leads?limit=100&page=${page}`)).body),
			);
			expect(pages.map(({ data }) => data.length)).toEqual([100, 100, 11]);
			const ids = pages.flatMap(({ data }) => data.map(({ id }: { id: string }) => id));
			expect(new Set(ids).size).toBe(pages[0].total);
			expect((await get('/api/leads?search=old%20mill')).body.total).toBe(20);
			const stages = (await get('/api/leads?lifecycle_stage=mql&limit=100')).body.data;
			expect(
				new Set(stages.map((lead: { lifecycle_stage: string }) => lead.lifecycle_stage)),
			).toEqual(new Set(['mql']));
			expect((await get('/api/leads?limit=101')).body.detail[0].loc).toEqual(['query', 'limit']);
		});

		it('shows a lead', async () => {
			const { lead } = (await get(`/api/leads/${firstLead}/view`)).body;
			expect(lead).toMatchObject({ id: firstLead, company: expect.any(String), tags: [] });
			const unknown = await get('/api/leads/00000000-0000-4000-8000-000000000000/view');
			expect([unknown.status, unknown.body]).toEqual([404, { detail: 'Lead not found' }]);
			const malformed = await get('/api/leads/nobody/view');
			expect(malformed.status).toBe(422);
			expect(malformed.body.detail[0]).toMatchObject({ loc: ['path', 'lead_id'] });
		});

		it('lists the fields that filters may name', async () => {
			const { categories } = (await get('/api/lead-fields/categories')).body;
			const names = categories.flatMap(({ fields }: { fields: Array<{ field_name: string }> }) =>
				fields.map(({ field_name: name }) => name),
			);
			expect(names).toEqual(expect.arrayContaining(['first_name', 'tags', 'lifecycle_stage']));
		});

		it('lists what happened with a lead, newest first', async () => {
			const path = `/api/activities/lead/${firstLead}`;
			const all = (await get(`${path}?limit=50`)).body;
			expect(all.activities).toHaveLength(50);
			expect(all.total).toBe(60);
			expect(all.activities[0].created_at > all.activities[1].created_at).toBe(true);
			const notes = (await get(`${path}?activity_type=note`)).body;
			expect(notes.activities[0]).toEqual({
				activity_type: 'note',
				description: expect.any(String),
				created_at: expect.any(String),
			});
		});

		it('puts messages among the activities of their lead', async () => {
			await send(examples.sms);
			await send(examples.email);
			const { activities } = (await get(`/api/activities/lead/${exampleContact}`)).body;
			expect(activities).toMatchObject([
				{ activity_type: 'email', content: 'Welcome to our service!: Thank you for signing up.' },
				{ activity_type: 'sms', content: examples.sms.message_data.content },
			]);
		});
	});
});
