import { AelystBench, byId, IN_QUEUE, list, MAILBOX, TELEGRAM, WHATSAPP } from './support';

const aelyst = new AelystBench();
beforeAll(async () => await aelyst.load());
beforeEach(async () => await aelyst.open());
afterEach(async () => await aelyst.close());

const hi = { contactBy: 'id', contactId: list(123), messageType: 'text', text: 'Hi' };
const through = (channel: number) => ({ sendThrough: 'channel', channelId: list(channel) });

describe('requests and results', () => {
	it('text through the last channel, to a phone number', async () => {
		const run = await aelyst.run('send', { phone: '+60 12-123 3112', text: 'Hi' });
		expect(run.error).toBeUndefined();
		expect(await aelyst.seen()).toEqual([
			{
				method: 'POST',
				path: '/contact/phone:%2B60121233112/message',
				query: {},
				body: { channelId: null, message: { type: 'text', text: 'Hi' } },
			},
		]);
		expect(run.json).toEqual([
			[
				{
					messageId: '1262965213',
					provider: 'aelyst',
					channel: null,
					recipient: '+60121233112',
					status: 'accepted',
					providerStatus: null,
					sentAt: null,
					reference: null,
				},
			],
		]);
	});

	it.each([
		['an ID', { contactBy: 'id', contactId: byId(123) }, '/contact/id:123/message', '123'],
		['a plain ID', { contactBy: 'id', contactId: 123 }, '/contact/id:123/message', '123'],
		[
			'an email address',
			{ contactBy: 'email', email: 'abdc@gmail.com' },
			'/contact/email:abdc%40gmail.com/message',
			'abdc@gmail.com',
		],
		[
			'an identifier',
			{ contactBy: 'identifier', identifier: 'phone:+60121233112' },
			'/contact/phone:%2B60121233112/message',
			'+60121233112',
		],
	])('to a contact by %s', async (_by, contact, path, recipient) => {
		const run = await aelyst.run('send', { ...contact, text: 'Hi' });
		expect(run.error).toBeUndefined();
		expect((await aelyst.seen()).map((request) => request.path)).toEqual([path]);
		expect(run.json[0][0]).toMatchObject({ recipient, status: 'accepted' });
		expect(await aelyst.vendor.messages()).toEqual([
			expect.objectContaining({ recipient: 'id:123' }),
		]);
	});

	it.each([
		[
			'a tagged text',
			{ text: '={{ $json.words }}', messageTag: 'ACCOUNT_UPDATE', ...through(551175) },
			{
				channelId: 551175,
				message: { type: 'text', text: 'Hello', messageTag: 'ACCOUNT_UPDATE' },
			},
		],
		[
			'an attachment',
			{
				messageType: 'attachment',
				attachmentType: 'video',
				attachmentUrl: 'https://example.com/a.mp4',
			},
			{
				channelId: null,
				message: {
					type: 'attachment',
					attachment: { type: 'video', url: 'https://example.com/a.mp4' },
				},
			},
		],
		[
			'quick replies',
			{ messageType: 'quick_reply', title: 'How can we help?', replies: 'Support\nSales' },
			{
				channelId: null,
				message: { type: 'quick_reply', title: 'How can we help?', replies: ['Support', 'Sales'] },
			},
		],
		[
			'quick replies from an expression',
			{ messageType: 'quick_reply', title: 'Which?', replies: '={{ ["a", "b"] }}' },
			{ channelId: null, message: { type: 'quick_reply', title: 'Which?', replies: ['a', 'b'] } },
		],
		[
			'an email',
			{
				messageType: 'email',
				subject: 'S',
				text: 'body',
				cc: 'a@example.com',
				bcc: 'b@example.com, c@example.com',
				replyToMessageId: '1262965213',
				attachments: {
					attachment: [
						{ type: 'file', url: 'https://example.com/d.pdf', fileName: 'document.pdf' },
					],
				},
				...through(MAILBOX),
			},
			{
				channelId: MAILBOX,
				message: {
					type: 'email',
					text: 'body',
					subject: 'S',
					cc: ['a@example.com'],
					bcc: ['b@example.com', 'c@example.com'],
					replyToMessageId: 1262965213,
					attachments: [
						{ type: 'file', url: 'https://example.com/d.pdf', fileName: 'document.pdf' },
					],
				},
			},
		],
		[
			'a custom payload',
			{
				messageType: 'custom_payload',
				channelId: list(TELEGRAM),
				payload: '{"text": "Hi", "parse_mode": "HTML"}',
			},
			{
				channelId: TELEGRAM,
				message: { type: 'custom_payload', payload: { text: 'Hi', parse_mode: 'HTML' } },
			},
		],
	])('%s', async (_what, parameters, body) => {
		const items = [{ json: { words: 'Hello' } }];
		const run = await aelyst.run('send', { ...hi, ...parameters }, { items });
		expect(run.error).toBeUndefined();
		expect((await aelyst.seen()).at(-1)).toEqual({
			method: 'POST',
			path: '/contact/id:123/message',
			query: {},
			body,
		});
		expect(run.json[0][0]).toMatchObject({
			messageId: '1262965213',
			channel: body.channelId === null ? null : String(body.channelId),
		});
	});

	it("gives the vendor's answer untouched without Simplify", async () => {
		const run = await aelyst.run('send', { ...hi, simplify: false });
		expect(run.json[0]).toEqual([{ messageId: 1262965213 }]);
	});

	it('pairs several items', async () => {
		const items = ['a', 'b', 'c'].map((text) => ({ json: { text } }));
		const run = await aelyst.run(
			'send',
			{ ...hi, text: '={{ $json.text }}' },
			{ items, trace: true },
		);
		expect(run.origins[0]).toEqual([0, 1, 2]);
		expect(await aelyst.vendor.messages()).toHaveLength(3);
	});

	it('keeps to the limit of each contact, and lets others pass', async () => {
		const items = Array.from({ length: 8 }, (_, n) => ({ json: { n } }));
		const run = await aelyst.run('send', { ...hi, text: '={{ $json.n }}' }, { items });
		expect(run.error).toBeUndefined();
		expect(await aelyst.vendor.stats()).toMatchObject({ accepted: 8, rejected429: 0 });
	});
});

describe('faults', () => {
	it.each([
		['429', { fault: '429', retryAfter: 0.1, count: 2 }],
		['449', { fault: '449', retryAfter: 0.1, count: 2 }],
		['503 with Retry-After', { fault: '503-retry-after', retryAfter: 0.1, count: 2 }],
	] as const)('waits when told by %s, and sends once', async (_what, fault) => {
		await aelyst.vendor.fault(fault);
		const run = await aelyst.run('send', hi);
		expect(run.error).toBeUndefined();
		expect(await aelyst.seen()).toHaveLength(3);
		expect(await aelyst.vendor.messages()).toHaveLength(1);
	});

	it('says of a contact in queue that it is safe to send again, where it may not wait', async () => {
		const magic = { ...hi, contactId: byId(44999), options: { maxWait: 5 } };
		const run = await aelyst.run('send', magic, { onError: 'continueRegularOutput' });
		expect(run.json[0]).toEqual([
			{
				error: expect.stringContaining(
					`Aelyst asked to wait for 30 s: ${IN_QUEUE} [item 0]. It was not`,
				),
				details: {
					provider: 'aelyst',
					code: '449',
					httpCode: 449,
					outcome: 'not_sent',
					retryAfterMs: 30_000,
					vendor: { message: IN_QUEUE, details: null, requestId: null },
				},
			},
		]);
		expect(await aelyst.seen()).toHaveLength(1);
	});

	it('a contact in queue does not hold back the others', async () => {
		const run = await aelyst.run(
			'send',
			{ ...hi, contactId: byId('={{ $json.id }}'), options: { maxWait: 5 } },
			{
				items: [44999, 123, 44999, 124].map((id) => ({ json: { id } })),
				onError: 'continueRegularOutput',
			},
		);
		expect(run.json[0].map(({ status, details }) => status ?? details)).toEqual([
			expect.objectContaining({ httpCode: 449 }),
			'accepted',
			expect.objectContaining({ retryAfterMs: expect.any(Number) }),
			'accepted',
		]);
	});

	it.each([
		['500', { fault: '500' }, 0],
		['502 after it was taken', { fault: '502', afterAccept: true }, 1],
		['reset-after', { fault: 'reset-after' }, 1],
		['garbage', { fault: 'garbage' }, 1],
		['empty', { fault: 'empty' }, 1],
	] as const)('does not repeat what may have been sent: %s', async (_what, fault, accepted) => {
		await aelyst.vendor.fault(fault);
		const run = await aelyst.run('send', hi, { onError: 'continueRegularOutput' });
		expect(await aelyst.seen()).toHaveLength(1);
		expect(await aelyst.vendor.messages()).toHaveLength(accepted);
		expect(run.json[0][0]).toMatchObject({
			error: expect.stringContaining('unknown whether the message was accepted'),
			details: { provider: 'aelyst', outcome: 'unknown' },
		});
	});

	it('is not repeated by Retry On Fail either', async () => {
		await aelyst.vendor.fault({ fault: 'reset-after' });
		const run = await aelyst.engine.run({
			credentials: aelyst.credentials,
			node: {
				type: 'aelyst',
				parameters: { resource: 'message', operation: 'send', ...hi },
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1,
			},
		});
		expect(run.status).toBe('error');
		expect(run.error?.description).toContain('Check with List Messages of the contact');
		expect(await aelyst.vendor.messages()).toHaveLength(1);
	});

	it.each([
		['a wrong token', 'wrong', 401, 'UN_AUTHORIZED'],
		['a token without rights', 'sandbox-aelyst-token-without-rights', 403, 'Forbidden'],
	])('%s is refused in the vendor’s words', async (_what, token, httpCode, said) => {
		const credentials = aelyst.withToken(token);
		const run = await aelyst.run('send', hi, { credentials, onError: 'continueRegularOutput' });
		expect(run.json[0]).toEqual([
			{
				error: expect.stringContaining(`Aelyst refused the request: ${said} [item 0]. HTTP `),
				details: {
					provider: 'aelyst',
					code: String(httpCode),
					httpCode,
					outcome: 'rejected',
					vendor: { message: said, details: null, requestId: null },
				},
			},
		]);
	});
});

describe('bad input', () => {
	it('names the field, the item and the cure, and sends nothing', async () => {
		const run = await aelyst.run(
			'send',
			{ contactBy: 'identifier', identifier: '={{ $json.who }}', text: 'Hi' },
			{ items: [{ json: { who: 'id:123' } }, { json: { who: '+60121233112' } }] },
		);
		expect(run.error?.message).toBe('Identifier "+60121233112" has no prefix [item 1]');
		expect(run.error?.description).toContain('Write phone:+60121233112.');
		expect(await aelyst.seen()).toEqual([]);
	});

	it.each([
		[
			'a number that is not E.164',
			{ phone: '={{ "60121233112" }}', contactBy: 'phone' },
			'Phone Number "60121233112" needs + and the country code',
			'use +60121233112',
		],
		[
			'more than ten replies',
			{ messageType: 'quick_reply', title: 'Which?', replies: '={{ "a\\n".repeat(11) }}' },
			'Replies has 11 replies',
			'up to 10',
		],
		[
			'a custom payload without a channel',
			{ messageType: 'custom_payload', channelId: byId('={{ "" }}'), payload: '{"a":1}' },
			'Channel is empty, and a custom payload needs one',
			'Pick a channel',
		],
	])('%s', async (_what, wrong, problem, cure) => {
		const run = await aelyst.run('send', { ...hi, ...wrong });
		expect(run.error?.message).toContain(problem);
		expect(run.error?.message).toContain('[item 0]');
		expect(run.error?.description).toContain(cure);
		expect(await aelyst.seen()).toEqual([]);
	});

	it('a custom payload on a channel that cannot, which is looked up', async () => {
		const payload = { messageType: 'custom_payload', payload: '{"a":1}' };
		const run = await aelyst.run('send', { ...hi, ...payload, channelId: byId(WHATSAPP) });
		expect(run.error?.message).toBe(
			'Channel WhatsApp (whatsapp_cloud) does not take custom payloads [item 0]',
		);
		expect(run.error?.description).toContain('Telegram, Facebook, Viber or LINE');
		expect(await aelyst.vendor.messages()).toEqual([]);
	});

	it.each([
		[
			'a contact without the channel',
			{ contactId: byId(125), ...through(WHATSAPP) },
			'Channel 551174 is not a channel of id:125',
			'The contact has: Support Mailbox (gmail), 551177.',
		],
		[
			'a contact without any channel',
			{ contactId: byId(126) },
			'Channel cannot be chosen: id:126 has used none yet',
			'The contact has no channels.',
		],
		[
			'a closed window',
			{ contactId: byId(124), ...through(WHATSAPP) },
			'Channel WhatsApp (whatsapp_cloud) is outside the 24-hour window',
			'Send a template',
		],
		[
			'a closed window of Facebook',
			{ contactId: byId(128) },
			'Channel Facebook Page (facebook) is outside the 24-hour window',
			'Message Tag',
		],
	])('%s, where the channel is checked first', async (_what, contact, problem, cure) => {
		const options = { checkChannel: true };
		const run = await aelyst.run('send', { ...hi, ...contact, options });
		expect(run.error?.message).toContain(problem);
		expect(run.error?.description).toContain(cure);
		expect((await aelyst.seen()).map(({ method }) => method)).toEqual(['GET']);
	});

	it('sends what the check of the channel lets through', async () => {
		const checked = { ...hi, ...through(WHATSAPP), options: { checkChannel: true } };
		const run = await aelyst.run('send', checked);
		expect(run.error).toBeUndefined();
		expect(await aelyst.vendor.messages()).toHaveLength(1);
	});

	it.each([
		['without a tag on Facebook after 24 hours', { contactId: byId(128) }, 'needs a Message Tag'],
	])('a refusal that the vendor does not explain: %s', async (_what, wrong, advice) => {
		await aelyst.vendor.settings({ outsideWindow: '400' });
		const run = await aelyst.run('send', { ...hi, ...wrong });
		expect(run.error?.message).toBe('Aelyst refused the request: Validation error. [item 0]');
		expect(run.error?.description).toContain(advice);
	});

	it("sends the owner's example, whose channel is 0", async () => {
		const text = 'There has been an update in your account...';
		const run = await aelyst.run('send', { ...hi, text, ...through(0) });
		expect(run.error).toBeUndefined();
		expect((await aelyst.seen()).map(({ body }) => body)).toEqual([
			{ channelId: 0, message: { type: 'text', text } },
		]);
		expect(run.json[0][0]).toMatchObject({ messageId: expect.stringMatching(/^\d+$/) });
	});

	it.each([
		[
			'no channel of the contact',
			{ contactId: byId(125), ...through(WHATSAPP) },
			'Validation error.',
			'No reason is given. Check that the contact has the channel',
		],
		['no such contact', { contactId: byId(999999) }, 'Contact not found', 'its own workspace only'],
	])('what the vendor does not explain: %s', async (_what, wrong, said, advice) => {
		const run = await aelyst.run('send', { ...hi, ...wrong });
		expect(run.error?.message).toBe(`Aelyst refused the request: ${said} [item 0]`);
		expect(run.error?.description).toContain(advice);
		expect(run.error).toMatchObject({ context: { data: { outcome: 'rejected' } } });
	});
});
