import type { IDataObject } from 'n8n-workflow';
import { loadEngine } from '../support/engine';
import { singleExamples } from './ownersExamples';
import { byId, channelId, openBench, type VotelBench } from './support';

let bench: VotelBench;
let close: () => Promise<void>;
beforeAll(async () => void ({ bench, close } = await openBench(await loadEngine())));
beforeEach(async () => void (await bench.vendor.reset()));
afterAll(async () => await close());

const sms = { sendAs: 'sms', recipient: '+14155550123', text: 'Hello' };
const email = { sendAs: 'email', recipient: 'ana@example.com', subject: 'Hi', text: 'Hello' };
const instagram = { sendAs: 'instagramDm', recipient: '1234567890123456', text: 'Hello' };
const bodyOf = { recipient: '+14155550123', content: 'Hello' };

describe("the owner's examples", () => {
	it.each(singleExamples)('$name', async ({ parameters, json }) => {
		const run = await bench.run('send', parameters);
		expect(run.error).toBeUndefined();
		expect(await bench.seen()).toEqual([
			{ method: 'POST', path: '/api/messaging/send', query: {}, body: JSON.parse(json) },
		]);
	});
});

describe('a request', () => {
	it('goes by the channel of the body, of the query, or of both', async () => {
		for (const channelIn of ['body', 'query', 'both']) {
			await bench.run('send', { ...sms, channelId: byId(channelId), options: { channelIn } });
		}
		const seen = await bench.seen();
		expect(seen.map(({ query, body }) => [query, (body as IDataObject).sender_identifier])).toEqual(
			[
				[{}, channelId],
				[{ send_identifier: channelId }, undefined],
				[{ send_identifier: channelId }, channelId],
			],
		);
	});

	it.each<[string, IDataObject, object]>([
		['an SMS without a channel says what it is', sms, { sender_type: 'sms', message_data: bodyOf }],
		[
			'an SMS with media, whose addresses may have commas',
			{
				...sms,
				mediaUrls: 'https://a.example/w_1,h_2/a.jpg, https://b.example/b.jpg\nhttps://c.example',
			},
			{
				sender_type: 'sms',
				message_data: {
					...bodyOf,
					media_urls: [
						'https://a.example/w_1,h_2/a.jpg',
						'https://b.example/b.jpg',
						'https://c.example',
					],
				},
			},
		],
		[
			'a phone number loses its separators',
			{ ...sms, recipient: '+1 (415) 555-0123' },
			{ sender_type: 'sms', message_data: bodyOf },
		],
		[
			'an email needs no more than a subject and a text',
			email,
			{ message_data: { recipient: 'ana@example.com', subject: 'Hi', content: 'Hello' } },
		],
		[
			'an email keeps the kind of its channel to itself',
			{ ...email, channelId: byId(channelId) },
			{
				sender_identifier: channelId,
				message_data: { recipient: 'ana@example.com', subject: 'Hi', content: 'Hello' },
			},
		],
		[
			'an Instagram message needs no channel',
			instagram,
			{
				sender_type: 'instagram_dm',
				message_data: { recipient: '1234567890123456', content: 'Hello' },
			},
		],
		[
			'a priority of one’s own, from an expression',
			{ ...sms, priority: '={{ 2 + 1 }}' },
			{ sender_type: 'sms', message_data: bodyOf, priority: '3' },
		],
		[
			'the sender and keys without a field',
			{ ...sms, options: { sender: '+12025550100', moreData: '{ "ttl": 60, "recipient": "x" }' } },
			{ sender_type: 'sms', message_data: { ...bodyOf, sender: '+12025550100', ttl: 60 } },
		],
		[
			'a sender type of one’s own',
			{ ...email, options: { senderType: 'email' } },
			{
				sender_type: 'email',
				message_data: { recipient: 'ana@example.com', subject: 'Hi', content: 'Hello' },
			},
		],
	])('%s', async (_name, parameters, body) => {
		const run = await bench.run('send', parameters);
		expect(run.error).toBeUndefined();
		expect(await bench.bodies()).toEqual([body]);
	});

	it('carries the key', async () => {
		await bench.run('send', sms);
		const [{ headers }] = await bench.vendor.requests();
		expect(headers['x-api-key']).toBe('***');
	});

	it('leaves out what belongs to another kind', async () => {
		const { metadata } = singleExamples[1].parameters;
		await bench.run('send', {
			...instagram,
			metadata,
			subject: 'Hi',
			html: '<p>Hi</p>',
			mediaUrls: 'https://example.com/a.jpg',
			options: { sender: 'me' },
		});
		expect(await bench.bodies()).toEqual([
			{
				sender_type: 'instagram_dm',
				message_data: { recipient: '1234567890123456', content: 'Hello' },
			},
		]);
	});
});

describe('what the next node gets', () => {
	it('reads the same as from every vendor', async () => {
		const run = await bench.run(
			'send',
			{ ...sms, recipient: '={{ $json.to }}' },
			{
				items: [{ to: '+14155550123' }, { to: '+44 7700 900123' }],
			},
		);
		const messages = await bench.vendor.messages();
		const idOf = (to: string) => messages.find(({ recipient }) => recipient === to)?.messageId;
		expect(run.json[0]).toEqual(
			['+14155550123', '+447700900123'].map((recipient) => ({
				messageId: idOf(recipient),
				provider: 'votel',
				channel: 'sms',
				recipient,
				status: 'sent',
				providerStatus: 'SENT',
				sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
				reference: null,
				providerMessageId: expect.stringMatching(/^msg_/),
				providerUsed: 'twilio',
				cost: 0.0079,
				encoding: 'GSM-7',
				segments: 1,
			})),
		);
		expect(run.origins[0]).toEqual([0, 1]);
	});

	it('is the answer untouched without Simplify', async () => {
		const run = await bench.run('send', { ...email, simplify: false });
		const [{ messageId }] = await bench.vendor.messages();
		expect(run.json[0]).toEqual([
			{
				success: true,
				message_id: messageId,
				channel_used: 'EMAIL',
				provider_used: 'sendgrid',
				provider_message_id: expect.any(String),
				status: 'SENT',
				cost: 0.001,
				sent_at: expect.any(String),
			},
		]);
	});
});

describe('a refusal', () => {
	it.each<[string, string, IDataObject]>([
		[
			'within a 200',
			'+12025550144',
			{ code: null, httpCode: 200, vendor: { message: 'The provider rejected the recipient' } },
		],
		[
			'with a text',
			'+12025550145',
			{
				code: null,
				httpCode: 400,
				vendor: { message: 'The recipient is on the suppression list' },
			},
		],
		[
			'with an object',
			'+12025550146',
			{
				code: 'RECIPIENT_SUPPRESSED',
				httpCode: 400,
				vendor: { message: 'The recipient is suppressed' },
			},
		],
		[
			'with another key',
			'+12025550147',
			{ code: null, httpCode: 400, vendor: { message: 'The recipient is suppressed' } },
		],
	])('%s is told in the words of Votel', async (_name, recipient, details) => {
		const run = await bench.run(
			'send',
			{ ...sms, recipient },
			{ onError: 'continueRegularOutput' },
		);
		expect(run.json[0]).toMatchObject([
			{
				error: expect.stringContaining(
					`Votel refused the request: ${(details.vendor as IDataObject).message as string} [item 0]. HTTP `,
				),
				details: { provider: 'votel', outcome: 'rejected', ...details },
			},
		]);
		expect(await bench.vendor.messages()).toEqual([]);
		expect(await bench.seen()).toHaveLength(1);
	});

	it('of a field names it as the editor does', async () => {
		const run = await bench.run('send', { ...sms, messageType: '={{ "SPAM" }}' });
		expect(run.error).toMatchObject({ name: 'NodeApiError', httpCode: '422' });
		expect(run.error?.message).toContain('Message Type: value is not a valid enumeration member');
	});

	it('of the key says so', async () => {
		await bench.vendor.fault({ fault: 'unauthorized' });
		const run = await bench.run('send', sms);
		expect(run.error).toMatchObject({ httpCode: '401' });
		expect(run.error?.description).toContain('Check the credential');
	});
});

describe('faults', () => {
	it('waits when it is told to, then sends once', async () => {
		await bench.vendor.fault({ fault: '429', retryAfter: 0 });
		const run = await bench.run('send', sms);
		expect(run.json[0]).toMatchObject([{ status: 'sent' }]);
		expect(await bench.recipients()).toEqual(['+14155550123']);
		expect(await bench.seen()).toHaveLength(2);
	});

	it.each(['reset-after', '500', '504', 'garbage', 'empty'] as const)(
		'never sends again what may have been accepted: %s',
		async (fault) => {
			await bench.vendor.fault({ fault });
			const run = await bench.run('send', sms, { onError: 'continueRegularOutput' });
			expect(run.json[0]).toMatchObject([{ details: { outcome: 'unknown' } }]);
			expect(await bench.seen()).toHaveLength(1);
		},
	);

	it('says how to check', async () => {
		await bench.vendor.fault({ fault: 'reset-after' });
		const run = await bench.run('send', sms);
		expect(run.error?.description).toContain('Check with List Messages of the lead');
	});

	it('sends nothing again when n8n runs the node again', async () => {
		await bench.vendor.fault({ fault: '422', skip: 1 });
		const run = await bench.run(
			'send',
			{ ...sms, recipient: '={{ $json.to }}', options: { maxInFlight: 1 } },
			{
				items: [{ to: '+14155550101' }, { to: '+14155550102' }, { to: '+14155550103' }],
				retryOnFail: true,
				maxTries: 2,
				waitBetweenTries: 1,
			},
		);
		expect(run.json[0]).toHaveLength(3);
		expect(await bench.recipients()).toEqual(['+14155550101', '+14155550102', '+14155550103']);
	});
});

describe('bad input', () => {
	it.each<[string, IDataObject, string, string]>([
		[
			'no number',
			{ ...sms, recipient: '={{ "" }}' },
			'Recipient Phone Number is empty',
			'+14155550123',
		],
		['no email', { ...email, recipient: 'ana' }, 'Recipient Email "ana" is not', 'ana@example.com'],
		[
			'a username for an Instagram ID',
			{ ...instagram, recipient: '@ana' },
			'Recipient Instagram ID "@ana" is not an Instagram-scoped ID',
			'digits only',
		],
		[
			'an ID that has lost digits',
			{ ...instagram, recipient: '={{ 12345678901234567 }}' },
			'a number too long to be exact',
			'Give it as text',
		],
		['no subject', { ...email, subject: '={{ "" }}' }, 'Subject is empty', 'Enter the subject'],
		['no text', { ...sms, text: '={{ " " }}' }, 'Text is empty', 'Enter the text'],
		[
			'a relative media URL',
			{ ...sms, mediaUrls: '/a.jpg' },
			'Media URLs "/a.jpg" is not',
			'https://',
		],
		[
			'an image that is no URL',
			{ ...instagram, imageUrl: 'promo.jpg' },
			'Image URL "promo.jpg" is not',
			'https://',
		],
		[
			'a channel that is no ID',
			{ ...sms, channelId: byId('={{ "main" }}') },
			'Channel "main" is not a valid ID',
			'Pick a channel',
		],
		[
			'metadata without a name',
			{ ...sms, metadata: { entries: [{ name: '={{ "" }}', value: 'x' }] } },
			'Metadata Name is empty',
			'Give every entry a name',
		],
		[
			'metadata with a name twice',
			{
				...sms,
				metadata: {
					entries: [
						{ name: 'a', value: '1' },
						{ name: 'a', value: '2' },
					],
				},
			},
			'Metadata has "a" twice',
			'its own name',
		],
		[
			'an empty priority',
			{ ...sms, priority: 'other', priorityOther: '={{ "" }}' },
			'Priority Value is empty',
			'choose another',
		],
		[
			'data that is no JSON',
			{ ...sms, options: { moreData: '{' } },
			'More Message Data (JSON) is not valid JSON',
			'starts with {',
		],
	])('%s', async (_name, parameters, problem, cure) => {
		const run = await bench.run('send', parameters);
		expect(run.error?.message).toContain(problem);
		expect(run.error?.message).toContain('[item 0]');
		expect(run.error?.description).toContain(cure);
		expect(await bench.seen()).toEqual([]);
	});

	it('keeps back all other items too', async () => {
		const run = await bench.run(
			'send',
			{ ...sms, recipient: '={{ $json.to }}' },
			{
				items: [{ to: '+14155550101' }, { to: 'nobody' }],
			},
		);
		expect(run.error?.message).toContain('[item 1]');
		expect(await bench.seen()).toEqual([]);
	});
});
