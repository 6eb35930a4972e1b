import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { BirdRoom, byId, contact, demo, told } from './support';

let bird: BirdRoom;
beforeEach(async () => (bird = await BirdRoom.open()));
afterEach(() => bird.close());

const phone = (index: number) => `+1415${5_550_000 + index}`;
const people = (count: number, more: IDataObject = {}): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({
		json: { phone: phone(index), name: `Person ${index}`, ...more },
	}));
const bulk = async (parameters: IDataObject, items: INodeExecutionData[], node: object = {}) =>
	await bird.run('bulkSend', parameters, { items, ...node });
const batches = async () =>
	(await bird.seen()).map(
		({ body }) => (body as { messageRequests: IDataObject[] }).messageRequests,
	);

describe('the content of each message', () => {
	it.each<[what: string, parameters: IDataObject, item: IDataObject, message: IDataObject]>([
		[
			'a text',
			{ text: 'Hello' },
			{ phone: ' +1 (415) 555-0123' },
			{ receiver: { contacts: [contact()] }, body: { type: 'text', text: { text: 'Hello' } } },
		],
		[
			'a text with merge fields',
			{
				text: 'Hello [[ name ]] from [[address.city]]',
				actions: { action: [{ type: 'postback', text: 'Yes', payload: 'yes-[[id]]' }] },
				options: { reference: 'order-[[id]]', tags: 'orders, [[tag]]' },
			},
			{ phone: '+14155550123', name: 'Ana', address: { city: 'Łódź' }, id: 7, tag: 'news' },
			{
				receiver: { contacts: [contact()] },
				body: {
					type: 'text',
					text: {
						text: 'Hello Ana from Łódź',
						actions: [{ type: 'postback', postback: { text: 'Yes', payload: 'yes-7' } }],
					},
				},
				reference: 'order-7',
				tags: ['orders', 'news'],
			},
		],
		[
			'a text by an expression',
			{ text: '=Hello {{ $json.name.toUpperCase() }}' },
			{ phone: '+14155550123', name: 'Ana' },
			{ receiver: { contacts: [contact()] }, body: { type: 'text', text: { text: 'Hello ANA' } } },
		],
		[
			'an image with short links and a schedule',
			{
				bodyType: 'image',
				media: { medium: [{ mediaUrl: 'https://example.com/[[name]].jpg' }] },
				options: { shortLinksDomain: 'default', validity: 60 },
			},
			{ phone: '+14155550123', name: 'ana' },
			{
				receiver: { contacts: [contact()] },
				body: { type: 'image', image: { images: [{ mediaUrl: 'https://example.com/ana.jpg' }] } },
				shortLinks: { domain: 'default' },
				validity: 60,
			},
		],
		[
			'raw JSON with a name that needs escaping',
			{ bodyType: 'json', bodyJson: '{"type": "text", "text": {"text": "Hi [[name]]"}}' },
			{ phone: '+14155550123', name: 'Ana "Ace"\n' },
			{
				receiver: { contacts: [contact()] },
				body: { type: 'text', text: { text: 'Hi Ana "Ace"\n' } },
			},
		],
		[
			'a template, without what only messages have',
			{
				content: 'template',
				projectId: byId(demo.orderTemplateId),
				parameterFields: {
					mappingMode: 'defineBelow',
					value: { first_name: '[[name]]', 'total (number)': '[[total]]' },
					schema: [],
				},
				options: { shortLinksDomain: 'default' },
			},
			{ phone: '+14155550123', name: 'Ana', total: 12.5 },
			{
				receiver: { contacts: [contact()] },
				template: {
					projectId: demo.orderTemplateId,
					version: 'latest',
					locale: 'en',
					parameters: [
						{ type: 'string', key: 'first_name', value: 'Ana' },
						{ type: 'number', key: 'total', value: 12.5 },
					],
				},
			},
		],
		[
			'an email',
			{
				channelId: byId(demo.emailChannelId),
				recipientBy: 'email',
				recipientField: 'customer.email',
				bodyType: 'html',
				subject: 'Hi [[customer.name]]',
				html: '<p>Hi</p>',
			},
			{ customer: { email: 'ana@example.com', name: 'Ana' } },
			{
				receiver: {
					contacts: [
						{ identifierKey: 'emailaddress', identifierValue: 'ana@example.com', type: 'to' },
					],
				},
				body: { type: 'html', html: { html: '<p>Hi</p>', metadata: { subject: 'Hi Ana' } } },
			},
		],
		[
			'to a contact',
			{ recipientBy: 'contact', recipientField: 'id', text: 'Hi' },
			{ id: demo.demoContacts()[0].id },
			{
				receiver: { contacts: [{ id: demo.demoContacts()[0].id }] },
				body: { type: 'text', text: { text: 'Hi' } },
			},
		],
		[
			'to an identifier',
			{
				channelId: byId(demo.whatsappChannelId),
				recipientBy: 'identifier',
				identifierKey: 'whatsappusername',
				recipientField: 'user',
				text: 'Hi',
			},
			{ user: 'ana.example' },
			{
				receiver: {
					contacts: [{ identifierKey: 'whatsappusername', identifierValue: 'ana.example' }],
				},
				body: { type: 'text', text: { text: 'Hi' } },
			},
		],
	])('%s', async (_what, parameters, item, message) => {
		const run = await bulk(parameters, [{ json: item }]);
		expect(run.error).toBeUndefined();
		expect(await batches()).toEqual([[message]]);
		expect(await bird.vendor.messages()).toHaveLength(1);
		const [{ batchId }] = await bird.vendor.messages();
		const [recipient] = (message.receiver as { contacts: IDataObject[] }).contacts;
		expect(run.json).toEqual([
			[
				{
					messageId: null,
					provider: 'bird',
					channel: null,
					recipient: recipient.identifierValue ?? recipient.id,
					status: 'accepted',
					providerStatus: null,
					sentAt: null,
					reference: message.reference ?? null,
					channelId: expect.stringMatching(/-0000-4000-8000-/),
					batchId,
				},
			],
		]);
		expect(run.origins).toEqual([[0]]);
	});
});

describe('the requests', () => {
	it('hold 100 messages each, in the order of the items', async () => {
		const run = await bulk({ text: 'Hello [[name]]' }, people(250));
		expect((await batches()).map(({ length }) => length).sort()).toEqual([100, 100, 50].sort());
		expect((await bird.seen()).map(({ method, path, query }) => [method, path, query])).toEqual(
			new Array(3).fill(['POST', `/channels/${demo.smsChannelId}/batch/messages`, {}]),
		);
		expect(run.json[0].map(({ recipient }) => recipient)).toEqual(
			people(250).map(({ json }) => json.phone),
		);
		expect(run.origins[0]).toEqual(people(250).map((_, index) => index));
		expect(await bird.vendor.duplicates()).toEqual([]);
	});

	it('stay below 200 KB, whatever the messages hold', async () => {
		const run = await bulk({ text: '[[text]]' }, people(30, { text: '€'.repeat(10_000) }));
		expect(run.error).toBeUndefined();
		const sizes = (await bird.vendor.requests()).map(({ headers }) =>
			Number(headers['content-length']),
		);
		expect(Math.max(...sizes)).toBeLessThan(200_000);
		expect(Math.max(...sizes)).toBeGreaterThan(160_000);
		expect(await bird.vendor.messages()).toHaveLength(30);
	});

	it('are apart for each channel', async () => {
		const items = people(4).map(({ json }, index) => ({
			json: { ...json, channel: index % 2 ? demo.smsChannelId : demo.whatsappChannelId },
		}));
		const run = await bulk({ channelId: byId('={{ $json.channel }}'), text: 'Hi' }, items);
		expect((await bird.seen()).map(({ path }) => path).sort()).toEqual(
			[demo.smsChannelId, demo.whatsappChannelId].map((id) => `/channels/${id}/batch/messages`),
		);
		expect(run.json[0].map(({ channelId }) => channelId)).toEqual(
			items.map(({ json }) => json.channel),
		);
	});

	it('come from a list as well', async () => {
		const run = await bulk(
			{
				recipientsFrom: 'list',
				recipientList: '={{ $json.people }}',
				text: 'Hi [[name]]',
			},
			[{ json: { people: people(3).map(({ json }) => json) } }],
		);
		expect(run.json[0]).toHaveLength(3);
		expect(run.origins).toEqual([[0, 0, 0]]);
		expect((await bird.vendor.messages()).map(({ content }) => content)).toContainEqual({
			type: 'text',
			text: { text: 'Hi Person 2' },
		});
	});
});

describe('what is bad', () => {
	it('ends on its own item, and the rest is sent', async () => {
		const items: INodeExecutionData[] = [
			{ json: { phone: '+14155550101', name: 'A' } },
			{ json: { phone: 'nobody', name: 'B' } },
			{ json: { name: 'C' } },
			{ json: { phone: '+14155550104' } },
			{ json: { phone: ['+14155550105', '+14155550106'], name: 'E' } },
			{ json: { phone: '+14155550107', name: 'x'.repeat(200_000) } },
			{ json: { phone: '+1 415 555 0101', name: 'A' } },
			{ json: { phone: '+14155550108', name: 'F' } },
		];
		const run = await bulk({ text: 'Hello [[name]]' }, items);
		expect(run.error).toBeUndefined();
		const failures = [
			/^Recipient "nobody" is not a phone number.* \[item 1\]/,
			/^Recipient Field "phone" is no field of this item \[item 2\]\. The item has "name"/,
			/^Merge field \[\[name\]\] is empty for this item \[item 3\]/,
			/^Recipient .* is not a phone number.* \[item 4\]/,
			/^The message has 201 KB \[item 5\]/,
		];
		expect(run.json[0].slice(1, 6).map(({ error }) => error)).toEqual(
			failures.map((text) => expect.stringMatching(text)),
		);
		expect(run.json[0][1].details).toMatchObject({
			code: 'invalid_input',
			outcome: 'not_sent',
			recipient: 'nobody',
		});
		expect(run.json[0][6]).toMatchObject({ recipient: '+14155550101', duplicateOf: 0 });
		expect(await bird.vendor.recipients()).toEqual(['+14155550101', '+14155550108']);
	});

	it.each<[what: string, parameters: IDataObject, message: string]>([
		['channel', { channelId: byId('={{ "sms" }}'), text: 'Hi' }, 'Channel "sms" is not a valid ID'],
		['text', { text: '={{ "" }}' }, 'Text is empty'],
		['template', { content: 'template', projectId: byId('={{ "" }}') }, 'Template is empty'],
		['option', { text: 'Hi', options: { tags: '!' } }, 'Tags holds "!"'],
	])('for every item, such as the %s, fails the node', async (_what, parameters, message) => {
		const run = await bulk(parameters, people(3));
		expect(run.status).toBe('error');
		expect(told(run).message).toContain(message);
		expect(told(run).description).toContain('Accepted before the stop: 0. Failed: 3.');
		expect(await bird.seen()).toEqual([]);
	});

	it('for Bird alone is found by the ID of the batch', async () => {
		const items = people(2).map(({ json }) => ({ json }));
		const meta = '{"unheard": "[[name]]"}';
		const run = await bulk({ text: 'Hi', options: { meta } }, items);
		const [{ batchId }] = run.json[0];
		expect(await bird.vendor.messages()).toEqual([]);
		await bird.vendor.advance({});
		const list = await bird.run('list', { filters: { batchId: String(batchId) } });
		expect(list.json[0]).toHaveLength(2);
		expect(list.json[0][0]).toMatchObject({
			status: 'rejected',
			errorCode: '11002',
			reason: expect.any(String),
		});
	});
});

describe('Look Up Message IDs', () => {
	const asked = { options: { lookUpMessageIds: true, reference: '[[name]]' } };

	it('gives every message the ID and the words that Send gives', async () => {
		const run = await bulk({ text: 'Hello [[name]]', ...asked }, people(120));
		const accepted = await bird.vendor.messages();
		const idOf = new Map(accepted.map(({ recipient, messageId }) => [recipient, messageId]));
		expect(run.json[0].map(({ messageId }) => messageId)).toEqual(
			people(120).map(({ json }) => idOf.get(String(json.phone))),
		);
		expect(run.json[0][119]).toMatchObject({
			channel: 'sms-messagebird',
			channelId: demo.smsChannelId,
			recipient: phone(119),
			reference: 'Person 119',
			batchId: expect.any(String),
		});
		expect(run.origins[0]).toEqual(people(120).map((_, index) => index));
	});

	it('that is refused leaves the messages accepted, without IDs', async () => {
		await bird.vendor.fault({ fault: '403', operationId: 'listChannelMessages', count: 9 });
		const run = await bulk({ text: 'Hello', ...asked }, people(2));
		expect(run.status).toBe('success');
		expect(run.json[0]).toEqual(
			[0, 1].map((index) =>
				expect.objectContaining({ messageId: null, recipient: phone(index), status: 'accepted' }),
			),
		);
	});
});

describe('faults', () => {
	const summary = { output: 'summary' };

	it.each(['garbage', 'empty'] as const)('an answer that is %s says nothing', async (fault) => {
		await bird.vendor.fault({ fault, operationId: 'sendBatch' });
		const onError = 'continueRegularOutput';
		const run = await bulk({ text: 'Hello', ...summary }, people(3), { onError });
		expect(run.json[0]).toEqual([expect.objectContaining({ total: 3, accepted: 0, unknown: 3 })]);
		expect(await bird.vendor.messages()).toHaveLength(3);
	});

	it('a batch that fails ends for exactly its 100 recipients; the other 9,900 arrive once', async () => {
		await bird.vendor.fault({ fault: '409', operationId: 'sendBatch', skip: 40 });
		const run = await bulk({ text: 'Hello [[name]]' }, people(10_000));
		expect(run.error).toBeUndefined();
		const failed = run.json[0].filter(({ error }) => error !== undefined);
		expect(failed).toHaveLength(100);
		expect(failed[0]).toMatchObject({
			error: expect.stringMatching(/^Bird refused the request: .* \[item \d+\]\. HTTP 409/),
			details: { provider: 'bird', httpCode: 409, outcome: 'rejected' },
		});
		const first = Number(/\[item (\d+)\]/.exec(String(failed[0].error))?.[1]);
		expect(first % 100).toBe(0);
		const expected = people(10_000).map(({ json }) => json.phone);
		expected.splice(first, 100);
		const arrived = await bird.vendor.recipients();
		expect(arrived.sort()).toEqual(expected.sort());
		expect(await bird.vendor.duplicates()).toEqual([]);
		expect(await bird.vendor.requests()).toHaveLength(100);
	});

	it('a batch whose end nobody knows is not sent again', async () => {
		await bird.vendor.fault({ fault: 'reset-after', operationId: 'sendBatch', skip: 1 });
		const run = await bulk({ text: 'Hello [[name]]', ...summary }, people(300));
		expect(run.json[0]).toEqual([
			expect.objectContaining({
				total: 300,
				accepted: 200,
				unknown: 100,
				rejected: 0,
				notSent: 0,
				successRatePercent: 66.67,
			}),
		]);
		expect(await bird.vendor.messages()).toHaveLength(300);
		expect(await bird.vendor.duplicates()).toEqual([]);
	});

	it('a batch that Bird did not process is sent again', async () => {
		await bird.vendor.fault({ fault: '429', retryAfter: 0, count: 3 });
		const run = await bulk({ text: 'Hello [[name]]', ...summary }, people(300));
		expect(run.json[0][0]).toMatchObject({ accepted: 300 });
		expect(await bird.vendor.duplicates()).toEqual([]);
		expect(await bird.vendor.requests()).toHaveLength(6);
	});

	it('a key that is refused is not tried for every batch', async () => {
		await bird.vendor.fault({ fault: 'unauthorized', count: 100 });
		const run = await bulk({ text: 'Hello [[name]]', options: { maxInFlight: 1 } }, people(500));
		expect(run.status).toBe('error');
		expect(told(run).message).toContain('The access key is missing or not valid');
		expect(await bird.vendor.requests()).toHaveLength(1);
	});

	it('n8n running the node again sends only what was not accepted', async () => {
		// Item 0 fails, and so n8n's Retry On Fail runs the node again with all of them.
		await bird.vendor.fault({ fault: '409', operationId: 'sendBatch', count: 1 });
		const items = people(200);
		const run = await bulk({ text: 'Hello [[name]]', options: { maxInFlight: 1 } }, items, {
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(run.status).toBe('success');
		expect(run.json[0].every(({ status }) => status === 'accepted')).toBe(true);
		expect(await bird.vendor.duplicates()).toEqual([]);
		expect(await bird.vendor.requests()).toHaveLength(3);
	});
});
