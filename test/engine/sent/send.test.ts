import type { IDataObject } from 'n8n-workflow';
import { loadEngine, type Engine } from '../support/engine';
import { byId, demo, minutesAhead, phone, phones, withSent } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const [ana, ben] = phones(2);
const scheduled = minutesAhead(90);
const message = { recipients: ana, text: 'Hello' };
const senders = (...sender: IDataObject[]) => ({ senders: { sender } });

/** What the user enters, and the body that Sent gets for it. */
const REQUESTS: Array<[string, IDataObject, IDataObject]> = [
	['a text', {}, {}],
	['a number as people write it', { recipients: '+44 (7700) 900-400' }, {}],
	['several recipients, each once', { recipients: `${ana}, ${ben}\n${ana}` }, { to: [ana, ben] }],
	[
		'recipients from an expression',
		{ recipients: '={{ [$json.a, $json.b] }}' },
		{ to: [ana, ben] },
	],
	['a channel', { channels: ['sms'] }, { channel: ['sms'] }],
	['a broadcast', { channels: ['sms', 'whatsapp'] }, { channel: ['sms', 'whatsapp'] }],
	['channels from an expression', { channels: '={{ "sms, RCS" }}' }, { channel: ['sms', 'rcs'] }],
	[
		'media and a subject',
		{
			channels: ['mms'],
			options: {
				mediaUrls: 'https://example.com/a.jpg,\nhttps://example.com/b.jpg',
				subject: 'Look',
			},
		},
		{
			channel: ['mms'],
			media_urls: ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
			subject: 'Look',
		},
	],
	[
		'own senders',
		{
			options: senders(
				{ channel: 'sms', country: 'us', from: byId('+1 202 555 0100') },
				{ channel: 'sms', country: 'US', from: byId('+12025550101') },
				{ channel: 'sms', from: byId('SANDBOX') },
				{ channel: 'whatsapp', from: byId(demo.senders.whatsapp) },
			),
		},
		{
			channels: {
				sms: [{ from: ['+12025550100', '+12025550101'], country: 'US' }, { from: ['SANDBOX'] }],
				whatsapp: [{ from: [demo.senders.whatsapp] }],
			},
		},
	],
	['a schedule', { options: { scheduledAt: scheduled } }, { scheduled_at: scheduled }],
	['sandbox mode', { options: { sandbox: true } }, { sandbox: true }],
	['options that were added and left empty', { options: { mediaUrls: '', senders: {} } }, {}],
];

describe('Send Message', () => {
	it.each(REQUESTS)('sends %s', async (_, parameters, body) => {
		await withSent(engine, async (sent) => {
			const run = await sent.run(
				'send',
				{ ...message, ...parameters },
				{ items: [{ a: ana, b: ben }] },
			);
			expect(run.error).toBeUndefined();
			expect(await sent.seen()).toEqual([
				{
					method: 'POST',
					path: '/v3/messages',
					query: {},
					body: { to: [ana], channel: ['sent'], text: 'Hello', ...body },
				},
			]);
		});
	});

	it('looks up the number of a contact first', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('send', {
				...message,
				recipientBy: 'contact',
				contactId: byId(demo.exampleContactId),
			});
			const [lookUp, { body }] = await sent.seen();
			expect(lookUp).toEqual({
				method: 'GET',
				path: `/v3/contacts/${demo.exampleContactId}`,
				query: {},
			});
			expect(body).toMatchObject({ to: ['+12025550110'], text: 'Hello' });
			expect(run.json[0]).toMatchObject([{ recipient: '+12025550110' }]);
		});
	});

	it('sends nothing when the contact is unknown', async () => {
		await withSent(engine, async (sent) => {
			const contactId = byId('6ba7b810-9dad-11d1-80b4-00c04fd430c9');
			const run = await sent.run(
				'send',
				{ ...message, recipientBy: 'contact', contactId },
				{ onError: 'continueRegularOutput' },
			);
			expect(run.json[0]).toMatchObject([
				{
					error: expect.stringContaining('Contact not found'),
					details: { code: 'RESOURCE_001', httpCode: 404, outcome: 'not_sent' },
				},
			]);
			expect(await sent.messages()).toEqual([]);
		});
	});

	it('identifies itself, and the profile it acts for', async () => {
		await withSent(engine, async (sent) => {
			await sent.run('send', message);
			await sent.run('send', message, { credential: { profileId: demo.profileIds.retail } });
			const [{ headers: plain }, { headers: withProfile }] = await sent.requests();
			expect(plain).toMatchObject({ 'x-api-key': '***', accept: 'application/json' });
			expect(plain).not.toHaveProperty('x-profile-id');
			expect(plain).not.toHaveProperty('x-sender-id');
			expect(withProfile).toMatchObject({ 'x-profile-id': demo.profileIds.retail });
		});
	});

	it('gives a result for each message, paired with its item', async () => {
		await withSent(engine, async (sent) => {
			const channels = ['sms', 'whatsapp'];
			const run = await sent.run(
				'send',
				{ ...message, recipients: '={{ $json.to }}', channels },
				{ items: [{ to: ana }, { to: `${ben},${phone(2)}` }] },
			);
			const accepted = await sent.messages();
			expect(accepted).toHaveLength(6);
			const idOf = (recipient: string, channel: string) =>
				accepted.find(
					(one) => one.recipient === recipient && (one.content as IDataObject).channel === channel,
				)?.messageId;
			expect(run.json[0]).toEqual(
				[ana, ben, phone(2)].flatMap((recipient) =>
					channels.map((channel) => ({
						messageId: idOf(recipient, channel),
						provider: 'sent',
						channel,
						recipient,
						status: 'queued',
						providerStatus: 'QUEUED',
						sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
						reference: null,
						// Sent does not say how many SMS it is.
						...(channel === 'sms' ? { encoding: 'GSM-7', segments: 1 } : {}),
					})),
				),
			);
			expect(run.origins[0]).toEqual([0, 0, 1, 1, 1, 1]);
		});
	});

	it('says that a message is scheduled, and that it is not for real', async () => {
		await withSent(engine, async (sent) => {
			const later = await sent.run('send', { ...message, options: { scheduledAt: scheduled } });
			expect(later.json[0]).toMatchObject([
				{
					status: 'scheduled',
					providerStatus: 'QUEUED',
					sentAt: null,
					scheduledAt: scheduled.replace(/\.\d+/, ''),
				},
			]);
			const trial = await sent.run('send', { ...message, options: { sandbox: true } });
			expect(trial.json[0]).toMatchObject([{ status: 'queued', sandbox: true }]);
			expect(await sent.messages()).toHaveLength(1);
		});
	});

	it("gives the vendor's answer untouched", async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('send', { ...message, simplify: false });
			expect(run.json[0]).toMatchObject([
				{
					success: true,
					data: { status: 'QUEUED', recipients: [{ to: ana, channel: null }] },
					error: null,
					meta: { version: 'v3' },
				},
			]);
		});
	});

	it('reports the recipients that the answer leaves out', async () => {
		await withSent(engine, async (sent) => {
			const recipients = [ana, demo.magic.leftOut, ben].join();
			const run = await sent.run('send', { ...message, recipients });
			expect(run.json[0]).toMatchObject([
				{ recipient: ana, status: 'queued' },
				{ recipient: ben, status: 'queued' },
				{
					error: expect.stringContaining(`leaves out ${demo.magic.leftOut}`),
					details: { provider: 'sent', outcome: 'unknown', recipient: demo.magic.leftOut },
				},
			]);
			expect(await sent.recipients()).toEqual([ana, ben]);
		});
	});

	it('fails when the answer leaves out everybody, and is not sent again', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run(
				'send',
				{ ...message, recipients: demo.magic.leftOut },
				{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			);
			expect(run.error).toMatchObject({
				name: 'NodeApiError',
				message: expect.stringContaining(`leaves out ${demo.magic.leftOut}`),
				context: { data: { outcome: 'unknown' } },
			});
			expect(await sent.requests()).toHaveLength(1);
		});
	});

	it.each([
		['opted out', demo.magic.optedOut, 'BUSINESS_004', 422],
		['no balance', demo.magic.noBalance, 'BUSINESS_003', 422],
		['no channel', demo.magic.noChannel, 'BUSINESS_007', 422],
	])('reports a refusal at once: %s', async (_, recipients, code, httpCode) => {
		await withSent(engine, async (sent) => {
			const run = await sent.run(
				'send',
				{ ...message, recipients },
				{ onError: 'continueRegularOutput' },
			);
			expect(run.json[0]).toMatchObject([
				{
					details: {
						code,
						httpCode,
						outcome: 'rejected',
						vendor: { requestId: expect.any(String) },
					},
				},
			]);
			expect(await sent.requests()).toHaveLength(1);
		});
	});

	it('names the fields that the vendor complains about', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('send', {
				...message,
				text: 'two\nlines',
				channels: ['whatsapp'],
			});
			expect(run.error?.message).toBe(
				'Sent refused the request: WhatsApp text may not contain line breaks or tabs [item 0]',
			);
			expect(run.error?.description).toMatch(
				/HTTP 400, code VALIDATION_008\. text: Contains a line break or a tab\. Request ID req_/,
			);
		});
	});
});
