import type { IDataObject } from 'n8n-workflow';
import { loadEngine, type Engine } from '../support/engine';
import { byId, byName, demo, minutesAhead, phone, withSent } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const variables = { name: 'John Doe', order_id: '12345' };
/** As the editor lays them out and stores them. */
const laidOut = (value: IDataObject) => ({
	mappingMode: 'defineBelow',
	value,
	schema: ['name', 'order_id'].map((id) => ({
		id,
		displayName: id,
		required: true,
		defaultMatch: false,
		display: true,
		type: 'string',
	})),
});
const template = byId(demo.exampleTemplateId);

describe('Send Template, API version v3', () => {
	const message = { recipients: phone(0), template, variables: laidOut(variables) };
	const scheduled = minutesAhead(60 * 24 * 29);

	const REQUESTS: Array<[string, IDataObject, IDataObject]> = [
		['a template by its ID', {}, {}],
		[
			'a template by its name',
			{ template: byName('order_confirmation') },
			{ template: { name: 'order_confirmation', parameters: variables } },
		],
		[
			'variables from expressions',
			{ variables: laidOut({ name: '={{ $json.name }}', order_id: '={{ $json.id }}' }) },
			{ template: { id: demo.exampleTemplateId, parameters: { name: 'Ana', order_id: '7' } } },
		],
		[
			'variables as JSON',
			{ variablesFrom: 'json', variablesJson: '={{ { name: $json.name, order_id: $json.id } }}' },
			{ template: { id: demo.exampleTemplateId, parameters: { name: 'Ana', order_id: '7' } } },
		],
		[
			'a template without variables',
			{ template: byName('plain_notice'), variablesFrom: 'json', variablesJson: '{}' },
			{ template: { name: 'plain_notice' } },
		],
		[
			'a media header',
			{
				template: byName('spring_offer'),
				channels: ['whatsapp'],
				variablesFrom: 'json',
				variablesJson: { header_image: 'https://example.com/a.jpg', first_name: 'Ana' },
			},
			{
				channel: ['whatsapp'],
				template: {
					name: 'spring_offer',
					parameters: { header_image: 'https://example.com/a.jpg', first_name: 'Ana' },
				},
			},
		],
		['a schedule', { options: { scheduledAt: scheduled } }, { scheduled_at: scheduled }],
	];

	it.each(REQUESTS)('sends %s', async (_, parameters, body) => {
		await withSent(engine, async (sent) => {
			const run = await sent.run(
				'sendTemplate',
				{ ...message, ...parameters },
				{ items: [{ name: 'Ana', id: 7 }] },
			);
			expect(run.error).toBeUndefined();
			expect(await sent.seen()).toEqual([
				{
					method: 'POST',
					path: '/v3/messages',
					query: {},
					body: {
						to: [phone(0)],
						channel: ['sent'],
						template: { id: demo.exampleTemplateId, parameters: variables },
						...body,
					},
				},
			]);
			expect(await sent.keys()).toHaveLength(1);
		});
	});

	it('goes to a contact by way of its number', async () => {
		await withSent(engine, async (sent) => {
			const contactId = byId(demo.exampleContactId);
			const run = await sent.run('sendTemplate', { ...message, recipientBy: 'contact', contactId });
			expect((await sent.seen()).map(({ method, path }) => `${method} ${path}`)).toEqual([
				`GET /v3/contacts/${demo.exampleContactId}`,
				'POST /v3/messages',
			]);
			expect(run.json[0]).toMatchObject([{ recipient: '+12025550110', status: 'queued' }]);
			expect(await sent.recipients()).toEqual(['+12025550110']);
		});
	});

	it('sends nothing while a contact cannot be looked up', async () => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault: '500', count: 10, operationId: 'getContact' });
			const contactId = byId(demo.exampleContactId);
			const run = await sent.run(
				'sendTemplate',
				{ ...message, recipientBy: 'contact', contactId, options: { maxWait: 0 } },
				{ onError: 'continueRegularOutput' },
			);
			expect(run.json[0]).toMatchObject([{ details: { httpCode: 500, outcome: 'not_sent' } }]);
			expect(await sent.messages()).toEqual([]);
		});
	});

	it('passes on what the vendor says of a missing variable and an unapproved template', async () => {
		await withSent(engine, async (sent) => {
			const onError = 'continueRegularOutput';
			const missing = { variablesFrom: 'json', variablesJson: { name: 'Ana' } };
			const unfilled = await sent.run('sendTemplate', { ...message, ...missing }, { onError });
			expect(unfilled.json[0]).toMatchObject([
				{
					details: {
						code: 'VALIDATION_001',
						vendor: { details: expect.stringContaining('template.parameters.order_id') },
					},
				},
			]);
			const pending = {
				template: byName('pending_offer'),
				channels: ['whatsapp'],
				variablesFrom: 'json',
				variablesJson: { first_name: 'Ana' },
			};
			const unapproved = await sent.run('sendTemplate', { ...message, ...pending }, { onError });
			expect(unapproved.json[0]).toMatchObject([
				{ details: { code: 'BUSINESS_005', outcome: 'rejected' } },
			]);
		});
	});
});

describe('Send Template, API version v1', () => {
	const owners = {
		recipientBy: 'contact',
		apiVersion: 'v1',
		contactId: byId('6ba7b810-9dad-11d1-80b4-00c04fd430c8'),
		template: byId('7ba7b820-9dad-11d1-80b4-00c04fd430c8'),
		variables: laidOut(variables),
		webhookUrl: 'https://example.com/webhook/message-status',
	};

	it("sends the request of the owner's document", async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('sendTemplate', owners);
			expect(run.error).toBeUndefined();
			expect(await sent.seen()).toEqual([
				{
					method: 'POST',
					path: '/v1/messages/contact',
					query: {},
					body: {
						contactId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
						templateId: '7ba7b820-9dad-11d1-80b4-00c04fd430c8',
						messageBody: { name: 'John Doe', order_id: '12345' },
						webhookUrl: 'https://example.com/webhook/message-status',
					},
				},
			]);
			expect(run.json[0]).toEqual([
				{
					messageId: null,
					provider: 'sent',
					channel: null,
					recipient: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
					status: 'accepted',
					providerStatus: null,
					sentAt: null,
					reference: null,
				},
			]);
			expect(run.origins[0]).toEqual([0]);
		});
	});

	it('sends its two headers, and none that only v3 knows', async () => {
		await withSent(engine, async (sent) => {
			const credential = { profileId: demo.profileIds.retail };
			await sent.run('sendTemplate', owners, { credential });
			const [{ headers }] = await sent.requests();
			expect(headers).toMatchObject({ 'x-api-key': '***', 'x-sender-id': '***' });
			expect(headers).not.toHaveProperty('x-profile-id');
			expect(headers).not.toHaveProperty('idempotency-key');
		});
	});

	it('leaves out what was not entered', async () => {
		await withSent(engine, async (sent) => {
			const plain = { template: byId('5e9d0d00-0000-4000-8000-000000000005'), webhookUrl: '' };
			const variablesFrom = { variablesFrom: 'json', variablesJson: '{}' };
			const run = await sent.run('sendTemplate', {
				...owners,
				...plain,
				...variablesFrom,
				simplify: false,
			});
			expect(await sent.bodies()).toEqual([
				{
					contactId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
					templateId: '5e9d0d00-0000-4000-8000-000000000005',
				},
			]);
			expect(run.json).toEqual([[{}]]);
		});
	});

	const anything = {
		name: 'John Doe',
		order_id: 12345,
		isPaid: true,
		note: '',
		coupon: null,
		items: [{ article: 'Shoes', count: 2 }, 'Boots', []],
		address: { city: 'Łódź', geo: { lat: 51.77 } },
	};

	it.each<[string, unknown]>([
		['an object', anything],
		['text', JSON.stringify(anything)],
		['an expression', '={{ $json.order }}'],
	])('passes variables as JSON on as they are: %s', async (_what, variablesJson) => {
		await withSent(engine, async (sent) => {
			const json = { variablesFrom: 'json', variablesJson: variablesJson as IDataObject };
			const items = [{ order: anything }];
			const run = await sent.run('sendTemplate', { ...owners, ...json }, { items });
			expect(run.error).toBeUndefined();
			expect(await sent.bodies()).toEqual([
				{
					contactId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
					templateId: '7ba7b820-9dad-11d1-80b4-00c04fd430c8',
					messageBody: anything,
					webhookUrl: owners.webhookUrl,
				},
			]);
		});
	});

	it.each(['[1, 2]', '"Ana"', '12345', '{ name: Ana }'])(
		'takes nothing but an object as variables: %s',
		async (variablesJson) => {
			await withSent(engine, async (sent) => {
				const json = { variablesFrom: 'json', variablesJson };
				const run = await sent.run('sendTemplate', { ...owners, ...json });
				expect(run.error?.message).toMatch(/^Variables \(JSON\) is not (a JSON object|valid JSON)/);
				expect(await sent.requests()).toEqual([]);
			});
		},
	);

	it('has the status reported to the webhook URL', async () => {
		await withSent(engine, async (sent) => {
			await sent.run('sendTemplate', owners);
			const { targets } = await sent.webhooks();
			expect(targets).toMatchObject([{ url: owners.webhookUrl }]);
		});
	});

	it('adds the token of the credential to the webhook URL where it shall', async () => {
		const webhookToken = ' webhook token of the test\n';
		await withSent(engine, async (sent) => {
			const credential = { webhookToken };
			const webhookUrl = `${owners.webhookUrl}?flow=1#`;
			for (const addWebhookToken of [true, false]) {
				const run = await sent.run(
					'sendTemplate',
					{ ...owners, webhookUrl, addWebhookToken },
					{ credential },
				);
				expect(run.error).toBeUndefined();
				expect(JSON.stringify(run.json)).not.toContain(webhookToken.trim());
			}
			expect(await sent.bodies()).toMatchObject([
				{ webhookUrl: `${owners.webhookUrl}?flow=1&token=webhook+token+of+the+test#` },
				{ webhookUrl },
			]);
		});
	});

	it('refuses to leave the token out where there is none, before anything is sent', async () => {
		await withSent(engine, async (sent) => {
			for (const webhookToken of ['', 'short']) {
				const run = await sent.run(
					'sendTemplate',
					{ ...owners, addWebhookToken: true },
					{ credential: { webhookToken } },
				);
				expect(run.error?.message).toBe(
					'Webhook Token of the credential is empty or shorter than 16 characters [item 0]',
				);
				expect(run.error?.description).toContain('switch Add Webhook Token off');
			}
			expect(await sent.requests()).toEqual([]);
		});
	});

	it('needs the sender id of the credential, and says so', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run('sendTemplate', owners, { credential: { senderId: ' ' } });
			expect(run.error?.message).toBe('Sender ID is empty in the credential [item 0]');
			expect(run.error?.description).toContain('choose API version v3');
			expect(await sent.requests()).toEqual([]);
		});
	});

	it("reports v1's errors in the vendor's words", async () => {
		await withSent(engine, async (sent) => {
			const contactId = byId('6ba7b810-9dad-11d1-80b4-00c04fd430c9');
			const onError = 'continueRegularOutput';
			const unknown = await sent.run('sendTemplate', { ...owners, contactId }, { onError });
			expect(unknown.json[0]).toMatchObject([
				{
					error: 'Sent refused the request: Contact not found [item 0]. HTTP 404.',
					details: { code: null, httpCode: 404, outcome: 'rejected' },
				},
			]);
			const stranger = { credential: { senderId: '5e9d0a10-0000-4000-8000-0000000000ff' } };
			const refused = await sent.run('sendTemplate', owners, { onError, ...stranger });
			expect(refused.json[0]).toMatchObject([
				{ error: expect.stringContaining('x-sender-id'), details: { httpCode: 401 } },
			]);
		});
	});

	it.each(['reset-after', 'garbage', '502'] as const)('is never sent twice: %s', async (fault) => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault, afterAccept: true });
			const run = await sent.run('sendTemplate', owners, {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1,
			});
			expect(run.error).toMatchObject({ context: { data: { outcome: 'unknown' } } });
			expect(await sent.messages()).toHaveLength(1);
		});
	});
});
