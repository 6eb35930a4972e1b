import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sign } from '../../../sandbox/vendors/aelyst/webhooks';
import { type Reply, openVendor } from './client';

const token = 'sandbox-aelyst-token';
const noRights = 'sandbox-aelyst-token-without-rights';
const whatsapp = 551174;
const facebook = 551175;
const telegram = 551176;
const mailbox = 551177;
const instagram = 551178;

const text = (words = 'There has been an update in your account...') => ({
	type: 'text',
	text: words,
});
const orderConfirmation = {
	name: 'order_confirmation',
	languageCode: 'en',
	components: [
		{
			type: 'header',
			format: 'image',
			parameters: [{ type: 'image', image: { link: 'https://example.com/a.jpg' } }],
		},
		{
			type: 'body',
			text: 'Your order {{1}} is confirmed',
			parameters: [{ type: 'text', text: '12345' }],
		},
		{ type: 'footer', text: 'Thank you for your order' },
		{
			type: 'buttons',
			buttons: [
				{
					type: 'url',
					text: 'Open',
					url: 'https://example.com/orders/{{1}}',
					parameters: [{ type: 'text', text: 'abc' }],
				},
				{ type: 'quick_reply', text: 'Yes' },
				{ type: 'phone_number', text: 'Call', phone_number: '+60121233112' },
			],
		},
	],
};

describe('the Aelyst sandbox', () => {
	let vendor: Awaited<ReturnType<typeof openVendor>>;
	const get = (path: string, as: string | undefined = token) => vendor.request(as, 'GET', path);
	const post = (path: string, body: unknown, as = token) => vendor.request(as, 'POST', path, body);
	const send = (identifier: string, message: unknown, channelId?: number | null) =>
		post(`/contact/${identifier}/message`, { channelId, message });
	const accepted = async () => (await vendor.control('GET', '/messages')).messages;
	const advance = (messageId: number, status?: string) =>
		vendor.control('POST', '/advance', { messageId: String(messageId), status });
	const statuses = async (identifier: string, messageId: number) => {
		const { body } = await get(`/contact/${identifier}/message/${messageId}`);
		return body.status.map(({ value }: { value: string }) => value);
	};

	beforeAll(async () => {
		vendor = await openVendor('aelyst', { autoAdvance: false });
	});
	beforeEach(async () => {
		await vendor.reset();
		await vendor.unlimited();
	});
	afterAll(() => vendor.close());

	describe('errors read as documented', () => {
		it.each([undefined, 'wrong'])('401 for the token %s', async (wrong) => {
			const reply = await vendor.request(wrong, 'GET', '/space/user?limit=1');
			expect(reply.status).toBe(401);
			expect(reply.body).toEqual({ code: 401, message: 'UN_AUTHORIZED' });
		});

		it('403 for a token without rights', async () => {
			expect(await get('/space/user', noRights)).toMatchObject({
				status: 403,
				body: { code: 403 },
			});
		});

		it('404 for an unknown contact', async () => {
			for (const identifier of ['id:999999', 'phone:+60129999999', 'email:nobody@example.com']) {
				expect(await send(identifier, text())).toMatchObject({
					status: 404,
					body: { code: 404, message: 'Contact not found' },
				});
			}
		});

		it('400 with the one documented text, and the reason in a header', async () => {
			const reply = await send('id:123', { type: 'text', text: 'Hi', messageTag: 'NEWS' });
			expect(reply.status).toBe(400);
			expect(reply.body).toEqual({ code: 400, message: 'Validation error.' });
			expect(reply.headers.get('x-sandbox-reason')).toContain('messageTag');
		});

		it.each([449, 500])('%s as a fault', async (status) => {
			await vendor.control('POST', '/faults', { fault: String(status) });
			const reply = await send('id:123', text());
			expect(reply.status).toBe(status);
			expect(reply.body).toEqual({
				code: status,
				message:
					status === 449
						? 'Your request cannot be processed at the moment as it is currently in queue. Please try again in a few minutes.'
						: 'Unexpected error occurred',
			});
		});
	});

	describe('the limit', () => {
		beforeEach(() => vendor.reset());
		const remaining = ({ headers }: Reply) => Number(headers.get('x-ratelimit-remaining'));

		it('is 5 a second for one method and path, with the documented headers', async () => {
			// All at once: on a busy machine, one after the other may take more than the second.
			const replies = await Promise.all(
				Array.from({ length: 6 }, (_, number) => send('id:123', text(`${number}`))),
			);
			replies.sort((a, b) => a.status - b.status || remaining(b) - remaining(a));
			expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
			expect(replies.map(remaining)).toEqual([4, 3, 2, 1, 0, 0]);
			expect(replies[0]?.headers.get('x-ratelimit-limit')).toBe('5');
			const { body, headers } = replies[5] ?? {};
			expect(body).toEqual({ code: 429, message: 'Too Many Requests' });
			expect(headers?.get('retry-after')).toBe('1');
			expect((await send('id:124', text())).status).toBe(200);
			expect((await get('/contact/id:123')).status).toBe(200);
		});

		it('does not grow by writing the path in another way', async () => {
			const ways = ['phone:+60121233112', 'phone:%2B60121233112', 'phone%3A%2B60121233112'];
			const all = await Promise.all([...ways, ...ways].map((way) => send(way, text())));
			expect(all.filter(({ status }) => status === 429)).toHaveLength(1);
		});
	});

	describe('contacts', () => {
		it.each([
			'id:123',
			'phone:+60121233112',
			'phone:%2B60121233112',
			'phone%3A%2B60121233112',
			'email:abdc@gmail.com',
			'email:abdc%40gmail.com',
			'email:ABDC@gmail.com',
		])('are found by %s', async (identifier) => {
			expect((await get(`/contact/${identifier}`)).body).toMatchObject({ id: 123 });
			expect((await send(identifier, text())).status).toBe(200);
		});

		it.each(['123', 'example', 'id:abc', 'phone:60121233112', 'phone:+0', 'email:nobody', 'x:1'])(
			'are not named by %s',
			async (identifier) => {
				expect((await get(`/contact/${identifier}`)).status).toBe(400);
			},
		);

		const list = (body: object, query = '') => post(`/contact/list?${query}`, body);
		const all = { timezone: 'Asia/Kuala_Lumpur', filter: { $and: [] } };
		const ids = (reply: { body: { items: Array<{ id: number }> } }) =>
			reply.body.items.map(({ id }) => id);

		it('are listed in pages whose address lacks the version prefix', async () => {
			const first = await list(all, 'limit=6');
			expect(ids(first)).toEqual([123, 124, 125, 126, 127, 128]);
			const { next, previous } = first.body.pagination;
			expect(previous).toBe('');
			const url = new URL(next);
			expect(url.pathname).toBe('/contact/list');
			expect((await fetch(url, { method: 'POST' })).status).toBe(404);
			expect(url.searchParams.get('limit')).toBe('6');
			const second = await list(all, `limit=6&cursorId=${url.searchParams.get('cursorId')}`);
			expect(ids(second)).toEqual([1001, 1002, 1003, 1004, 1005, 1006]);
			expect(new URL(second.body.pagination.previous).searchParams.has('cursorId')).toBe(false);
			expect((await list(all)).body.items).toHaveLength(10);
			expect((await list(all, 'limit=101')).status).toBe(400);
			expect((await list(all, 'cursorId=5')).status).toBe(400);
			expect((await list(all, 'cursorId=-1')).status).toBe(400);
			expect((await list(all, 'limit=6&cursorId=0')).body).toEqual(first.body);
		});

		const condition = (
			category: string,
			field: string | null,
			operator: string,
			value: unknown,
		) => ({
			...all,
			filter: { $and: [{ category, field, operator, value }] },
		});
		it.each<[string, object, number[]]>([
			['a name', { ...all, search: 'window CLOSED' }, [124]],
			['a phone', { ...all, search: '+6012123311' }, [123]],
			['an assignee', condition('contactField', 'assigneeUserId', 'isEqualTo', '701'), [123]],
			['a tag', condition('contactTag', null, 'hasAnyOf', ['vip', 'new']), [123]],
			['a lifecycle', condition('lifecycle', null, 'isEqualTo', 'Customer'), [123]],
			[
				'an id range',
				condition('contactField', 'id', 'isBetween', { from: '50000', to: '50001' }),
				[50000, 50001],
			],
			[
				'a date',
				condition('contactField', 'created_at', 'isTimestampBefore', String(1663274081 + 124)),
				[123],
			],
			[
				'no phone',
				{
					...all,
					filter: {
						$or: [
							{ category: 'contactField', field: 'phone', operator: 'doesNotExist', value: null },
						],
					},
				},
				[125, 128],
			],
		])('are searched by %s', async (_, body, found) => {
			expect(ids(await list(body, 'limit=100'))).toEqual(found);
		});

		it('are not listed without time zone or filter', async () => {
			expect((await list({ search: 'x' })).status).toBe(400);
			expect((await list({ ...all, filter: { $and: [], $or: [] } })).status).toBe(400);
		});

		it('have channels that tell when they last wrote', async () => {
			const { items } = (await get('/contact/id:124/channels')).body;
			const now = Date.now() / 1000;
			expect(items).toMatchObject([
				{ id: whatsapp, source: 'whatsapp_cloud' },
				{ id: mailbox, source: 'gmail' },
			]);
			expect(now - items[0].lastIncomingMessageTime).toBeGreaterThan(24 * 3600);
			const open = (await get('/contact/id:123/channels')).body;
			expect(now - open.items[0].lastIncomingMessageTime).toBeLessThan(24 * 3600);
			expect(open.pagination.next).toContain('cursorId=551183');
		});
	});

	describe('a message', () => {
		it('is answered with a number and nothing else', async () => {
			const first = await send('id:123', text(), null);
			expect(first.body).toEqual({ messageId: 1262965213 });
			expect((await send('id:123', text())).body).toEqual({ messageId: 1262965214 });
			expect(await accepted()).toMatchObject([
				{
					messageId: '1262965213',
					recipient: 'id:123',
					content: { channelId: whatsapp, message: text() },
					identical: 2,
				},
				{ messageId: '1262965214' },
			]);
		});

		it.each<[string, object, number | undefined]>([
			['text with a tag', { ...text(), messageTag: 'ACCOUNT_UPDATE' }, facebook],
			[
				'image',
				{ type: 'attachment', attachment: { type: 'image', url: 'https://e.com/a.jpg' } },
				undefined,
			],
			[
				'quick reply',
				{ type: 'quick_reply', title: 'How?', replies: ['Support', 'Sales'] },
				telegram,
			],
			['ten replies', { type: 'quick_reply', title: 'How?', replies: [...'abcdefghij'] }, telegram],
			['custom payload', { type: 'custom_payload', payload: { any: { thing: [1] } } }, telegram],
			['e-mail', { type: 'email', text: 'Hello' }, mailbox],
			[
				'e-mail with everything',
				{
					type: 'email',
					text: 'Hello',
					subject: 'S',
					cc: ['a@b.c'],
					bcc: [],
					replyToMessageId: 123,
					attachments: [{ type: 'file', url: 'https://e.com/doc.pdf', fileName: 'document.pdf' }],
				},
				551183,
			],
			['WhatsApp template', { type: 'whatsapp_template', template: orderConfirmation }, whatsapp],
			[
				'template listed as a string',
				{
					type: 'whatsapp_template',
					template: {
						name: 'appointment_reminder',
						languageCode: 'en',
						components: [
							{ type: 'header', format: 'text', parameters: [{ type: 'text', text: 'Alex' }] },
							{
								type: 'body',
								parameters: [
									{ type: 'text', text: 'Monday' },
									{ type: 'text', text: '3 PM' },
								],
							},
						],
					},
				},
				whatsapp,
			],
			[
				'template without parameters',
				{
					type: 'whatsapp_template',
					template: { name: 'conversation_follow_up', languageCode: 'en' },
				},
				undefined,
			],
			[
				'product list',
				{
					type: 'whatsapp_template',
					template: {
						name: 'picked_products',
						languageCode: 'en',
						components: [
							{
								type: 'buttons',
								buttons: [
									{
										type: 'mpm',
										text: 'View items',
										parameters: [{ type: 'action', action: { sections: [] } }],
									},
								],
							},
						],
					},
				},
				whatsapp,
			],
			[
				'Facebook template',
				{
					type: 'facebook_template',
					template: {
						name: 'order_update',
						languageCode: 'en',
						components: [
							{ type: 'body', parameters: [{ type: 'text', text: '7' }] },
							{
								type: 'buttons',
								buttons: [{ type: 'url', parameters: [{ type: 'text', text: '7' }] }],
							},
						],
					},
				},
				facebook,
			],
			[
				"Facebook template with image and words in the header, as the vendor's own n8n node sends it",
				{
					type: 'facebook_template',
					template: {
						name: 'order_confirmation',
						languageCode: 'en',
						components: [
							{
								type: 'header',
								format: 'image',
								text: 'Order {{1}}',
								parameters: [
									{
										type: 'image',
										image: { link: 'https://e.com/a.jpg', filename: 'a.jpg', caption: '' },
									},
									{ type: 'text', text: '1042' },
								],
							},
							{
								type: 'body',
								text: 'Thank you, {{1}}. We deliver on {{2}}.',
								parameters: [
									{ type: 'text', text: 'Alex' },
									{ type: 'text', text: 'Monday' },
								],
							},
							{
								type: 'buttons',
								buttons: [
									{
										type: 'url',
										text: 'Track',
										url: 'https://example.com/{{1}}',
										parameters: [{ type: 'text', text: '1042' }],
									},
								],
							},
							{ type: 'header', format: 'image', text: 'Order {{1}}', parameters: [] },
						],
					},
				},
				facebook,
			],
		])('may be: %s', async (_, message, channelId) => {
			const { status, body, headers } = await send('id:123', message, channelId);
			expect([status, headers.get('x-sandbox-reason')]).toEqual([200, null]);
			const stored = (await get(`/contact/id:123/message/${body.messageId}`)).body;
			expect(stored).toEqual({
				messageId: body.messageId,
				channelMessageId: expect.any(Number),
				contactId: 123,
				channelId: channelId ?? whatsapp,
				traffic: 'outgoing',
				message,
				status: [{ value: 'pending', timestamp: expect.any(Number) }],
				sender: { source: 'api', userId: null, teamId: null },
			});
		});

		const template = (changes: object, kind = 'whatsapp_template') => ({
			type: kind,
			template: { ...orderConfirmation, ...changes },
		});
		const [header, body, footer, buttons] = orderConfirmation.components;
		it.each<[string, unknown, number | undefined, string]>([
			['no text', { type: 'text' }, undefined, 'text'],
			['an unknown kind', { type: 'sms', text: 'Hi' }, undefined, 'type'],
			['an unknown key', { ...text(), body: 'Hi' }, undefined, 'body'],
			['an e-mail with `message`', { type: 'email', message: 'Hi' }, mailbox, 'message'],
			['an e-mail elsewhere', { type: 'email', text: 'Hi' }, whatsapp, 'no e-mail channel'],
			['a bad cc', { type: 'email', text: 'Hi', cc: ['nobody'] }, mailbox, 'cc.0'],
			[
				'an attachment that is no address',
				{ type: 'attachment', attachment: { type: 'image', url: 'a.jpg' } },
				undefined,
				'url',
			],
			[
				'an attachment of an unknown kind',
				{ type: 'attachment', attachment: { type: 'gif', url: 'https://e.com/a.gif' } },
				undefined,
				'type',
			],
			[
				'eleven replies',
				{ type: 'quick_reply', title: 'How?', replies: [...'abcdefghijk'] },
				telegram,
				'replies',
			],
			['no replies', { type: 'quick_reply', title: 'How?', replies: [] }, telegram, 'replies'],
			[
				'a custom payload without channel',
				{ type: 'custom_payload', payload: {} },
				undefined,
				'needs a channelId',
			],
			[
				'a custom payload on WhatsApp',
				{ type: 'custom_payload', payload: {} },
				whatsapp,
				'no custom payload',
			],
			['a channel that does not exist', text(), 1, 'does not exist'],
			['a template on Telegram', template({}), telegram, 'no WhatsApp channel'],
			['a WhatsApp template on Facebook', template({}), facebook, 'no WhatsApp channel'],
			[
				'a Facebook template on WhatsApp',
				template({}, 'facebook_template'),
				whatsapp,
				'no Facebook channel',
			],
			['an unknown template', template({ name: 'nope' }), whatsapp, 'has no template nope'],
			['an unknown language', template({ languageCode: 'fr' }), whatsapp, 'the language fr'],
			[
				'a template in review',
				template({ name: 'waiting_for_review', components: [] }),
				whatsapp,
				'is pending',
			],
			[
				'a rejected template',
				template({ name: 'refused_offer', components: [] }),
				whatsapp,
				'is rejected',
			],
			['no parameters', template({ components: [] }), whatsapp, 'takes 1 parameters and got 0'],
			[
				'no button parameters',
				template({ components: [header, body, footer] }),
				whatsapp,
				'button 1 takes 1',
			],
			[
				'too many parameters',
				template({
					components: [
						header,
						{ ...body, parameters: [1, 2].map(() => ({ type: 'text', text: 'x' })) },
						footer,
						buttons,
					],
				}),
				whatsapp,
				'the body takes 1 parameters and got 2',
			],
			[
				'a text as image',
				template({
					components: [
						{ type: 'header', parameters: [{ type: 'text', text: 'x' }] },
						body,
						footer,
						buttons,
					],
				}),
				whatsapp,
				'has to be image',
			],
			[
				'an image that is no address',
				template({
					components: [
						{ type: 'header', parameters: [{ type: 'image', image: { link: 'a.jpg' } }] },
						body,
						footer,
						buttons,
					],
				}),
				whatsapp,
				'link',
			],
			[
				'a changed text',
				template({ components: [header, { ...body, text: 'Your order' }, footer, buttons] }),
				whatsapp,
				"not the template's own",
			],
			[
				'a component that the template lacks',
				template({ name: 'shipping_update', components: [footer] }),
				whatsapp,
				'has no footer',
			],
			[
				'a header of Facebook without its image',
				{
					type: 'facebook_template',
					template: {
						name: 'order_confirmation',
						languageCode: 'en',
						components: [{ type: 'header', parameters: [{ type: 'text', text: '1042' }] }],
					},
				},
				facebook,
				'the header takes 2 parameters and got 1',
			],
			[
				'the same component twice',
				template({ components: [header, body, body] }),
				whatsapp,
				'twice',
			],
		])('is refused: %s', async (_, message, channelId, reason) => {
			const reply = await send('id:123', message, channelId);
			expect(reply.status).toBe(400);
			expect(reply.body).toEqual({ code: 400, message: 'Validation error.' });
			expect(reply.headers.get('x-sandbox-reason')).toContain(reason);
			expect(await accepted()).toEqual([]);
		});

		it('goes only through a channel that the contact has', async () => {
			const other = await send('id:125', text(), whatsapp);
			expect(other.status).toBe(400);
			expect(other.headers.get('x-sandbox-reason')).toContain('does not have channel 551174');
			const none = await send('id:126', text());
			expect(none.headers.get('x-sandbox-reason')).toContain('used no channel yet');
			expect((await send('id:125', text())).status).toBe(200);
			expect((await accepted())[0].content.channelId).toBe(mailbox);
		});

		it('is refused as a bare body or with a channel that is no number', async () => {
			expect((await post('/contact/id:123/message', text())).status).toBe(400);
			expect((await send('id:123', text(), '551174' as never)).status).toBe(400);
		});

		/** Word for word the vendor's example. */
		const example = {
			channelId: 0,
			message: { type: 'text', text: 'There has been an update in your account...' },
		};

		it('goes through channel 0 where the contact has it, as through any other', async () => {
			const { status, body } = await post('/contact/id:123/message', example);
			expect([status, body]).toEqual([200, { messageId: expect.any(Number) }]);
			expect(await accepted()).toMatchObject([
				{ request: example, content: { channelId: 0, message: example.message } },
			]);
			const stored = (await get(`/contact/id:123/message/${body.messageId}`)).body;
			expect(stored.channelId).toBe(0);
			const other = await post('/contact/id:124/message', example);
			expect(other.headers.get('x-sandbox-reason')).toContain('does not have channel 0');
			expect((await send('id:123', text(), null)).status).toBe(200);
			expect((await accepted())[1].content.channelId).toBe(whatsapp);
		});
	});

	describe('what becomes of it', () => {
		it('is sent, delivered and read', async () => {
			const { messageId } = (await send('id:123', text())).body;
			expect(await statuses('id:123', messageId)).toEqual(['pending']);
			for (let step = 0; step < 3; step++) await advance(messageId);
			expect(await statuses('id:123', messageId)).toEqual(['pending', 'sent', 'delivered', 'read']);
			expect((await get(`/contact/id:124/message/${messageId}`)).body).toEqual({
				code: 404,
				message: 'Message not found',
			});
		});

		it.each([
			['id:124', text(), undefined],
			['id:127', text(), whatsapp],
			['id:128', { type: 'quick_reply', title: 'T', replies: ['a'] }, facebook],
		])('fails outside the window: %s', async (identifier, message, channelId) => {
			const { status, body } = await send(identifier, message, channelId);
			expect(status).toBe(200);
			await advance(body.messageId);
			const stored = (await get(`/contact/${identifier}/message/${body.messageId}`)).body;
			expect(stored.status).toEqual([
				{ value: 'pending', timestamp: expect.any(Number) },
				{
					value: 'failed',
					timestamp: expect.any(Number),
					message: expect.stringContaining('24 hours'),
				},
			]);
		});

		it('does not fail for a template outside the window, nor once the contact wrote', async () => {
			const sent = await send('id:124', {
				type: 'whatsapp_template',
				template: { name: 'conversation_follow_up', languageCode: 'en' },
			});
			await advance(sent.body.messageId);
			expect(await statuses('id:124', sent.body.messageId)).toEqual(['pending', 'sent']);
			await vendor.control('POST', '/simulate', { what: 'incoming', contact: 'id:124' });
			const answer = (await send('id:124', text())).body.messageId;
			await advance(answer);
			expect(await statuses('id:124', answer)).toEqual(['pending', 'sent']);
		});

		describe('by the controls of the sandbox', () => {
			const simulate = (what: string, input: object) =>
				vendor.control('POST', '/simulate', { what, ...input });
			const ending = async (identifier: string, message: object = text()) => {
				const { status, body } = await send(identifier, message);
				if (status !== 200) return status;
				await advance(body.messageId);
				return (await statuses(identifier, body.messageId)).at(-1);
			};

			it.each([
				[23.5, 'sent'],
				[24, 'failed'],
				[null, 'failed'],
			])('somebody last wrote %p hours ago', async (hours, end) => {
				const told = await simulate('window', { contact: 'id:123', channelId: whatsapp, hours });
				const { items } = (await get('/contact/id:123/channels')).body;
				expect(items[0].lastIncomingMessageTime).toBe(told.lastIncomingMessageTime);
				expect(told.lastIncomingMessageTime === null).toBe(hours === null);
				expect(await ending('id:123')).toBe(end);
				const template = {
					type: 'whatsapp_template',
					template: { name: 'conversation_follow_up', languageCode: 'en' },
				};
				expect(await ending('id:123', template)).toBe('sent');
				await simulate('incoming', { contact: 'id:123', channelId: whatsapp });
				expect(await ending('id:123')).toBe('sent');
			});

			it('a message outside the window is refused at once, where that is the setting', async () => {
				await vendor.control('PUT', '/settings', { outsideWindow: '400' });
				const reply = await send('id:124', text());
				expect(reply.status).toBe(400);
				expect(reply.headers.get('x-sandbox-reason')).toContain('24 hours');
				expect(await accepted()).toEqual([]);
			});

			it.each([
				['failed', 'failed'],
				['400', 400],
				['taken', 'sent'],
			])('a message to somebody who opted out: %s', async (optedOut, end) => {
				await vendor.control('PUT', '/settings', { optedOut });
				const { messageId } = await simulate('opt-out', { contact: 'id:123' });
				const said = (await get(`/contact/id:123/message/${messageId}`)).body;
				expect(said).toMatchObject({ traffic: 'incoming', message: { text: 'STOP' } });
				expect(await ending('id:123')).toBe(end);
				expect(await ending('id:125')).toBe('sent');
				await simulate('opt-in', { contact: 'phone:+60121233112' });
				expect(await ending('id:123')).toBe('sent');
			});

			it('takes no hours that are none', async () => {
				await expect(simulate('window', { contact: 'id:123' })).rejects.toThrow(/hours: a number/);
			});

			it('statuses come as late as they are set to', async () => {
				await vendor.control('PUT', '/settings', { autoAdvance: true, stepMs: 5 });
				await vendor.control('PUT', '/delays', { delays: { delivered: null } });
				const { messageId } = (await send('id:123', text())).body;
				await new Promise((resolve) => setTimeout(resolve, 80));
				expect(await statuses('id:123', messageId)).toEqual(['pending', 'sent']);
			});
		});

		it.each([facebook, instagram])('needs a tag outside the window of %s', async (channelId) => {
			expect((await send('id:128', text(), channelId)).status).toBe(400);
			const tagged = { ...text(), messageTag: 'CONFIRMED_EVENT_UPDATE' };
			expect((await send('id:128', tagged, channelId)).status).toBe(200);
		});

		it('is told apart by magic contacts', async () => {
			const answers = async (identifier: string, times: number) => {
				const seen = [];
				for (let count = 0; count < times; count++) {
					seen.push((await send(identifier, text())).status);
				}
				return seen;
			};
			expect(await answers('id:44901', 3)).toEqual([449, 200, 200]);
			expect(await answers('phone:+60121944903', 4)).toEqual([449, 449, 449, 200]);
			expect(await answers('id:44999', 5)).toEqual(new Array(5).fill(449));
			expect(await answers('id:40300', 1)).toEqual([403]);
			expect(await answers('id:50000', 1)).toEqual([500]);
			const { messageId } = (await send('id:50001', text())).body;
			await advance(messageId);
			expect(await statuses('id:50001', messageId)).toEqual(['pending', 'failed']);
			expect(await accepted()).toHaveLength(4);
		});

		it('is listed, newest first, in pages of at most 50', async () => {
			const { messageId } = (await send('id:123', text())).body;
			const list = (query: string) => get(`/contact/id:123/message/list?${query}`);
			const first = (await list('limit=50')).body;
			expect(first.items).toHaveLength(50);
			expect(first.items[0].messageId).toBe(messageId);
			const cursorId = new URL(first.pagination.next).searchParams.get('cursorId');
			const second = (await list(`limit=50&cursorId=${cursorId}`)).body;
			expect(second.items).toHaveLength(16);
			expect(second.pagination.next).toBe('');
			const seen = [...first.items, ...second.items].map((one) => one.messageId);
			expect(new Set(seen).size).toBe(66);
			expect((await list('limit=51')).status).toBe(400);
			expect((await get('/contact/id:126/message/list')).body.items).toEqual([]);
		});
	});

	describe('the workspace', () => {
		it('lists channels, users and templates in pages', async () => {
			const next = async (path: string) => {
				const { items, pagination } = (await get(path)).body;
				return [items.length, new URL(pagination.next).searchParams.get('cursorId')];
			};
			expect(await next('/space/channel')).toEqual([10, '551183']);
			expect(await next('/space/user?limit=1')).toEqual([1, '701']);
			expect(await next(`/space/channel/${whatsapp}/template`)).toEqual([10, '12354']);
			expect((await get('/space/channel?cursorId=551183')).body.items).toHaveLength(2);
			expect((await get('/space/channel/1/template')).body.message).toBe('Channel not found');
			expect((await get(`/space/channel/${telegram}/template`)).body.items).toEqual([]);
		});

		it('gives components as an array or as a string', async () => {
			const { items } = (await get(`/space/channel/${whatsapp}/template?limit=100`)).body;
			const kinds = new Set(
				items.map(({ components }: { components: unknown }) =>
					Array.isArray(components) ? 'array' : typeof components,
				),
			);
			expect(kinds).toEqual(new Set(['array', 'string']));
			for (const { components } of items) {
				const parsed = typeof components === 'string' ? JSON.parse(components) : components;
				expect(parsed).toContainEqual(expect.objectContaining({ type: 'body' }));
			}
			expect(items.map(({ status }: { status: string }) => status)).toContain('rejected');
		});
	});

	describe('webhooks', () => {
		let server: Server;
		const received: Array<{ headers: IncomingHttpHeaders; body: string }> = [];
		const register = (details: object = {}) =>
			vendor.control('POST', '/webhooks', {
				url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
				secret: 'c2VjcmV0IGtleQ==',
				...details,
			});
		const arrived = async (count: number) => {
			const until = Date.now() + 5000;
			while (received.length < count && Date.now() < until) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			expect(received).toHaveLength(count);
			return received.map(({ body }) => JSON.parse(body));
		};

		beforeAll(async () => {
			server = createServer(async (request, response) => {
				const chunks: Buffer[] = [];
				for await (const chunk of request) chunks.push(chunk as Buffer);
				received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
				response.end('ok');
			}).listen(0, '127.0.0.1');
			await once(server, 'listening');
		});
		beforeEach(() => {
			received.length = 0;
		});
		afterAll(() => {
			server.closeAllConnections();
			server.close();
		});

		it('sign as the known test vector', () => {
			expect(sign('secret', '{"event":"message","data":"test"}')).toBe(
				'UtAE5LaeNjrL33PUEQfh69YKw7UhrrkOL9tQN0+xIrI=',
			);
		});

		it('tell of a message that was sent', async () => {
			await register();
			const { messageId } = (await send('id:123', text('Hi'))).body;
			expect(received).toEqual([]);
			await advance(messageId);
			const [event] = await arrived(1);
			expect(event).toMatchObject({
				event_type: 'message.sent',
				event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				contact: { id: 123, phone: '+60121233112' },
				message: {
					messageId,
					contactId: 123,
					channelId: whatsapp,
					traffic: 'outgoing',
					message: text('Hi'),
				},
				channel: { id: whatsapp, source: 'whatsapp_cloud' },
				sender: { source: 'api', userId: null, teamId: null },
			});
			expect(Object.keys(event.contact)).not.toContain('tags');
			const [{ headers, body } = { headers: {}, body: '' }] = received;
			expect(headers['x-webhook-signature']).toBe(
				createHmac('sha256', 'c2VjcmV0IGtleQ==').update(body).digest('base64'),
			);
			// There is no event for what follows.
			await advance(messageId);
			await advance(messageId);
			await vendor.control('POST', '/simulate', { what: 'incoming', contact: 'id:123' });
			expect((await arrived(2))[1].event_type).toBe('message.received');
		});

		it('tell of a message that came in', async () => {
			await register({ events: ['message.received'] });
			const { messageId: sent } = (await send('id:124', text())).body;
			await advance(sent, 'sent');
			const attachment = { type: 'image', url: 'https://example.com/a.jpg' };
			const { messageId } = await vendor.control('POST', '/simulate', {
				what: 'incoming',
				contact: 'phone:+60121233124',
				channelId: mailbox,
				message: { type: 'attachment', attachment },
			});
			const [event] = await arrived(1);
			expect(event).toMatchObject({
				event_type: 'message.received',
				message: { messageId, traffic: 'incoming', message: { type: 'attachment', attachment } },
				channel: { id: mailbox },
			});
			expect(event).not.toHaveProperty('sender');
			const stored = (await get(`/contact/id:124/message/${messageId}`)).body;
			expect(stored).toMatchObject({ traffic: 'incoming', sender: null });
			expect(stored).not.toHaveProperty('status');
			await expect(
				vendor.control('POST', '/simulate', { what: 'incoming', contact: 'id:125', channelId: 1 }),
			).rejects.toThrow('does not exist');
		});
	});
});
