import type { IDataObject } from 'n8n-workflow';
import { loadEngine, type Engine } from '../support/engine';
import {
	byId,
	byName,
	demo,
	minutesAhead,
	people,
	phone,
	phones,
	retries,
	withSent,
} from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const text = { content: 'text', text: 'We are closed today.' };
const welcome = {
	content: 'template',
	template: byName('welcome'),
	variablesFrom: 'json',
	variablesJson: '{ "first_name": "[[name]]" }',
};

describe('Bulk Send', () => {
	it('sends a text to all in one request', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('bulkSend', text, { items: people(3) });
			expect(run.error).toBeUndefined();
			expect(await sent.seen()).toEqual([
				{
					method: 'POST',
					path: '/v3/messages',
					query: {},
					body: { to: phones(3), channel: ['sent'], text: 'We are closed today.' },
				},
			]);
			const ids = (await sent.messages()).map(({ messageId }) => messageId);
			expect(run.json[0]).toEqual(
				ids.map((messageId, index) => ({
					messageId,
					provider: 'sent',
					channel: null,
					recipient: phone(index),
					status: 'queued',
					providerStatus: 'QUEUED',
					sentAt: expect.any(String),
					reference: null,
				})),
			);
			expect(run.origins[0]).toEqual([0, 1, 2]);
		});
	});

	it('sends everything that a single message can have', async () => {
		await withSent(engine, async (sent) => {
			const scheduledAt = minutesAhead(120);
			await sent.run(
				'bulkSend',
				{
					...text,
					channels: ['mms'],
					options: {
						scheduledAt,
						mediaUrls: 'https://example.com/a.jpg',
						subject: 'Look',
						senders: { sender: [{ channel: 'mms', from: byId(demo.senders.mms) }] },
						sandbox: true,
					},
				},
				{ items: people(1) },
			);
			expect(await sent.bodies()).toEqual([
				{
					to: [phone(0)],
					channel: ['mms'],
					text: 'We are closed today.',
					channels: { mms: [{ from: [demo.senders.mms] }] },
					media_urls: ['https://example.com/a.jpg'],
					subject: 'Look',
					scheduled_at: scheduledAt,
					sandbox: true,
				},
			]);
		});
	});

	it('puts the same content together and keeps different content apart', async () => {
		await withSent(engine, async (sent) => {
			const items = phones(6).map((number, index) => ({
				phone: number,
				name: index % 2 === 0 ? 'Ana' : 'Ben',
			}));
			const run = await sent.run('bulkSend', welcome, { items });
			const bodies = (await sent.bodies()) as IDataObject[];
			expect(bodies.map(({ to, template }) => ({ to, template }))).toEqual([
				{
					to: [phone(0), phone(2), phone(4)],
					template: { name: 'welcome', parameters: { first_name: 'Ana' } },
				},
				{
					to: [phone(1), phone(3), phone(5)],
					template: { name: 'welcome', parameters: { first_name: 'Ben' } },
				},
			]);
			expect(run.json[0].map(({ recipient }) => recipient)).toEqual(phones(6));
			expect(await sent.duplicates()).toEqual([]);
		});
	});

	it('takes variables from fields and from expressions too', async () => {
		await withSent(engine, async (sent) => {
			const variables = {
				mappingMode: 'defineBelow',
				value: { name: '[[name]]', order_id: '={{ $json.order }}' },
				schema: [],
			};
			const fields = { content: 'template', template: byId(demo.exampleTemplateId), variables };
			await sent.run('bulkSend', fields, {
				items: [
					{ phone: phone(0), name: 'Ana', order: 7 },
					{ phone: phone(1), name: 'Ben', order: 8 },
				],
			});
			const bodies = (await sent.bodies()) as IDataObject[];
			expect(bodies.map(({ template }) => template)).toEqual([
				{ id: demo.exampleTemplateId, parameters: { name: 'Ana', order_id: '7' } },
				{ id: demo.exampleTemplateId, parameters: { name: 'Ben', order_id: '8' } },
			]);
		});
	});

	it('needs ten requests for 10,000 recipients of the same content', async () => {
		await withSent(engine, async (sent) => {
			const count = 10_000;
			const all = Array.from({ length: count }, (_, index) => `+4477${10_000_000 + index}`);
			const items = all.map((number) => ({ phone: number, name: 'you' }));
			const run = await sent.run('bulkSend', welcome, { items, trace: false });
			const bodies = (await sent.bodies()) as Array<{ to: string[] }>;
			expect(bodies.map(({ to }) => to.length)).toEqual(Array(10).fill(1000));
			expect(bodies.flatMap(({ to }) => to)).toEqual(all);
			expect(await sent.stats()).toMatchObject({ accepted: count });
			expect(run.json[0].map(({ recipient }) => recipient)).toEqual(all);
			expect(new Set(run.json[0].map(({ messageId }) => messageId)).size).toBe(count);
		});
	});

	it('gives a result for each channel of a broadcast', async () => {
		await withSent(engine, async (sent) => {
			const channels = ['sms', 'rcs'];
			const run = await sent.run('bulkSend', { ...text, channels }, { items: people(2) });
			expect(run.json[0].map(({ recipient, channel }) => [recipient, channel])).toEqual([
				[phone(0), 'sms'],
				[phone(0), 'rcs'],
				[phone(1), 'sms'],
				[phone(1), 'rcs'],
			]);
			expect(run.origins[0]).toEqual([0, 0, 1, 1]);
			expect(new Set(run.json[0].map(({ messageId }) => messageId)).size).toBe(4);
		});
	});

	it('reports bad recipients and sends to the others', async () => {
		await withSent(engine, async (sent) => {
			const items = [{ phone: phone(0) }, { phone: '07700 900' }, {}, { phone: phone(3) }];
			const run = await sent.run('bulkSend', text, { items });
			expect(run.json[0]).toMatchObject([
				{ recipient: phone(0) },
				{
					error: expect.stringMatching(
						/^Recipient "07700 900" needs \+ and the country code.*\[item 1\]/,
					),
					details: { code: 'invalid_input', outcome: 'not_sent', recipient: '07700 900' },
				},
				{ error: expect.stringContaining('[item 2]') },
				{ recipient: phone(3) },
			]);
			expect(await sent.recipients()).toEqual([phone(0), phone(3)]);
		});
	});

	it('reports those that a partial answer leaves out, and only those', async () => {
		await withSent(engine, async (sent) => {
			const items = [phone(0), demo.magic.leftOut, phone(1)].map((number) => ({ phone: number }));
			const run = await sent.run('bulkSend', text, { items });
			expect(run.json[0]).toMatchObject([
				{ recipient: phone(0), status: 'queued' },
				{
					error: expect.stringContaining(`leaves out ${demo.magic.leftOut}`),
					details: { outcome: 'unknown', recipient: demo.magic.leftOut },
				},
				{ recipient: phone(1), status: 'queued' },
			]);
			const summary = await sent.run('bulkSend', { ...text, output: 'summary' }, { items });
			expect(summary.json[0]).toMatchObject([{ total: 3, accepted: 2, unknown: 1 }]);
		});
	});

	it('reports a refused request for exactly the recipients in it', async () => {
		await withSent(engine, async (sent) => {
			const items = [
				{ phone: phone(0), name: 'Ana' },
				{ phone: demo.magic.noChannel, name: 'Ben' },
				{ phone: phone(2), name: 'Ben' },
			];
			const run = await sent.run('bulkSend', welcome, { items });
			expect(run.json[0]).toMatchObject([
				{ recipient: phone(0), status: 'queued' },
				{ details: { code: 'BUSINESS_007', outcome: 'rejected', recipient: demo.magic.noChannel } },
				{ details: { code: 'BUSINESS_007', outcome: 'rejected', recipient: phone(2) } },
			]);
			expect(await sent.recipients()).toEqual([phone(0)]);
		});
	});

	it('sends duplicates once, or each in a request of its own', async () => {
		await withSent(engine, async (sent) => {
			const items = [{ phone: phone(0) }, { phone: phone(0) }];
			const once = await sent.run('bulkSend', text, { items });
			expect(await sent.messages()).toHaveLength(1);
			expect(once.json[0][1]).toMatchObject({ duplicateOf: 0, recipient: phone(0) });

			const twice = await sent.run('bulkSend', { ...text, skipDuplicates: 'none' }, { items });
			expect((await sent.bodies()).slice(1)).toMatchObject([
				{ to: [phone(0)] },
				{ to: [phone(0)] },
			]);
			const ids = twice.json[0].map(({ messageId }) => messageId);
			expect(new Set(ids).size).toBe(2);
		});
	});

	describe('to contacts, through API v1', () => {
		const contacts = [demo.exampleContactId, demo.talkativeContactId];
		const toContacts = {
			recipientBy: 'contact',
			template: byId(demo.exampleTemplateId),
			variablesFrom: 'json',
			variablesJson: '{ "name": "[[name]]", "order_id": 1042, "items": [1, "two"] }',
			webhookUrl: 'https://example.com/webhook/message-status',
		};
		const items = contacts.map((contact_id, at) => ({ contact_id, name: `Person ${at}` }));

		it('sends the template with a request for each', async () => {
			await withSent(engine, async (sent) => {
				const run = await sent.run('bulkSend', toContacts, { items });
				expect(run.error).toBeUndefined();
				expect(await sent.seen()).toEqual(
					contacts.map((contactId, at) => ({
						method: 'POST',
						path: '/v1/messages/contact',
						query: {},
						body: {
							contactId,
							templateId: demo.exampleTemplateId,
							messageBody: { name: `Person ${at}`, order_id: 1042, items: [1, 'two'] },
							webhookUrl: toContacts.webhookUrl,
						},
					})),
				);
				expect(run.json[0]).toMatchObject(
					contacts.map((recipient) => ({ messageId: null, recipient, status: 'accepted' })),
				);
				expect(run.origins[0]).toEqual([0, 1]);
			});
		});

		it('reports who is no contact, and writes to nobody twice', async () => {
			await withSent(engine, async (sent) => {
				const stranger = '6ba7b810-9dad-11d1-80b4-00c04fd430c9';
				const others = [phone(0), stranger].map((contact_id) => ({ contact_id, name: 'Zoë' }));
				const given = [...items, items[0], ...others];
				const run = await sent.run('bulkSend', toContacts, { items: given });
				expect(run.json[0]).toMatchObject([
					{ recipient: contacts[0], status: 'accepted' },
					{ recipient: contacts[1], status: 'accepted' },
					{ recipient: contacts[0], duplicateOf: 0 },
					{
						error: expect.stringContaining(`Recipient "${phone(0)}"`),
						details: { outcome: 'not_sent' },
					},
					{ error: expect.stringContaining('Contact not found'), details: { httpCode: 404 } },
				]);
				const summary = await sent.run(
					'bulkSend',
					{ ...toContacts, output: 'summary' },
					{ items: given },
				);
				expect(summary.json[0]).toMatchObject([
					{ total: 5, accepted: 2, rejected: 1, notSent: 1, unknown: 0, duplicates: 1 },
				]);
			});
		});

		it('needs the sender id of the credential', async () => {
			await withSent(engine, async (sent) => {
				const run = await sent.run('bulkSend', toContacts, { items, credential: { senderId: '' } });
				expect(run.error?.message).toContain('Sender ID is empty in the credential');
				expect(await sent.requests()).toEqual([]);
			});
		});
	});

	it('sends once though the connection breaks after Sent took the message', async () => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault: 'reset-after' });
			const run = await sent.run('bulkSend', text, { items: people(3) });
			expect(await sent.recipients()).toEqual(phones(3));
			expect(run.json[0]).toMatchObject(
				phones(3).map((recipient) => ({ recipient, replayed: true })),
			);
			const [first, second] = await sent.keys();
			expect(first).toBe(second);
		});
	});

	it('sends nothing again when the node is run again', async () => {
		await withSent(engine, async (sent) => {
			// All fail, so that the node fails and n8n runs it again.
			await sent.fault({ fault: '400', count: 2 });
			const run = await sent.run(
				'bulkSend',
				{ ...welcome, options: { maxInFlight: 1 } },
				{ items: people(2), ...retries },
			);
			expect(run.json[0]).toMatchObject(phones(2).map((recipient) => ({ recipient })));
			expect(await sent.recipients()).toEqual(phones(2));
		});
	});

	it("recognises what it has sent in an earlier run by the user's own key", async () => {
		await withSent(engine, async (sent) => {
			const options = { idempotencyKey: 'closing-notice' };
			const first = await sent.run('bulkSend', { ...text, options }, { items: people(2) });
			const again = await sent.run('bulkSend', { ...text, options }, { items: people(2) });
			expect(await sent.messages()).toHaveLength(2);
			const ids = (json: IDataObject[]) => json.map(({ messageId }) => messageId);
			expect(ids(again.json[0])).toEqual(ids(first.json[0]));
			expect(again.json[0]).toMatchObject([{ replayed: true }, { replayed: true }]);
			const other = await sent.run(
				'bulkSend',
				{ ...text, text: 'Open again.', options },
				{ items: people(2) },
			);
			expect(other.json[0][0]).not.toHaveProperty('replayed');
			expect(await sent.messages()).toHaveLength(4);
		});
	});

	it.each(['order 1042', 'x'.repeat(250)])(
		'refuses a key that Sent would refuse',
		async (idempotencyKey) => {
			await withSent(engine, async (sent) => {
				const run = await sent.run(
					'bulkSend',
					{ ...text, options: { idempotencyKey } },
					{ items: people(1) },
				);
				expect(run.error?.message).toContain('Idempotency Key');
				expect(run.error?.description).toContain('letters, digits, - and _');
				expect(await sent.requests()).toEqual([]);
			});
		},
	);
});
