import { AelystBench, list, WHATSAPP } from './support';

const aelyst = new AelystBench();
beforeAll(async () => await aelyst.load());
beforeEach(async () => await aelyst.open());
afterEach(async () => await aelyst.close());

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		json: { phone: `+6012400${String(index + 1).padStart(4, '0')}`, name: `Name ${index + 1}` },
	}));

it('sends one request to each contact, at the documented pace of each path', async () => {
	const items = people(60);
	const run = await aelyst.run('bulkSend', { text: 'Hi [[name]]' }, { items, trace: true });
	expect(run.error).toBeUndefined();
	const seen = await aelyst.seen();
	expect(seen).toHaveLength(60);
	for (const { json } of items) {
		expect(seen).toContainEqual({
			method: 'POST',
			path: `/contact/phone:${encodeURIComponent(json.phone)}/message`,
			query: {},
			body: { channelId: null, message: { type: 'text', text: `Hi ${json.name}` } },
		});
	}
	expect(run.origins[0]).toEqual(items.map((_, index) => index));
	expect(run.json[0][4]).toMatchObject({ recipient: '+60124000005', status: 'accepted' });
	expect(await aelyst.vendor.stats()).toMatchObject({ accepted: 60, rejected429: 0 });
});

it('sends a template with merge fields, and reads the templates once', async () => {
	const run = await aelyst.run(
		'bulkSend',
		{
			messageType: 'template',
			channelId: list(WHATSAPP),
			template: list('campaign_2:en'),
			variablesFrom: 'json',
			variablesJson: '{"body_1": "[[name]]"}',
			output: 'summary',
		},
		{ items: people(20) },
	);
	expect(run.json[0]).toEqual([expect.objectContaining({ total: 20, accepted: 20 })]);
	const seen = await aelyst.seen();
	expect(seen.filter(({ method }) => method === 'GET')).toHaveLength(1);
	expect(seen).toContainEqual(
		expect.objectContaining({
			body: {
				channelId: WHATSAPP,
				message: {
					type: 'whatsapp_template',
					template: {
						name: 'campaign_2',
						languageCode: 'en',
						components: [
							{
								type: 'body',
								text: 'Offer 2 for {{1}}',
								parameters: [{ type: 'text', text: 'Name 7' }],
							},
						],
					},
				},
			},
		}),
	);
});

it('takes recipients of any kind from a list', async () => {
	const run = await aelyst.run('bulkSend', {
		recipientsFrom: 'list',
		recipientList: 'id:123, phone:+60124000001, email:contact0002@example.com',
		recipientsAre: 'identifier',
		messageType: 'quick_reply',
		title: 'Which?',
		replies: 'a\nb',
	});
	expect(run.json[0].map(({ recipient }) => recipient)).toEqual([
		'123',
		'+60124000001',
		'contact0002@example.com',
	]);
	const messages = await aelyst.vendor.messages();
	expect(messages.map(({ recipient }) => recipient).sort()).toEqual([
		'id:1001',
		'id:1002',
		'id:123',
	]);
});

it('reports each recipient that cannot be reached and sends to the rest', async () => {
	const ids = [40300, 44999, 50000, 125, 999999, 'x', 123, 123];
	const run = await aelyst.run(
		'bulkSend',
		{
			recipientField: 'id',
			recipientsAre: 'id',
			text: 'Hi',
			sendThrough: 'channel',
			channelId: list(WHATSAPP),
			options: { maxWait: 5, checkChannel: true },
		},
		{ items: ids.map((id) => ({ json: { id } })) },
	);
	expect(run.json[0].map(({ error, status }) => status ?? error)).toEqual([
		expect.stringContaining('Aelyst refused the request: Forbidden'),
		expect.stringContaining('Aelyst asked to wait for 30 s'),
		expect.stringContaining('unknown whether the message was accepted'),
		expect.stringContaining('Channel 551174 is not a channel of id:125'),
		expect.stringContaining('Contact not found'),
		expect.stringContaining('Recipient "x" is not the ID of a contact'),
		'accepted',
		'accepted',
	]);
	expect(run.json[0][7]).toMatchObject({ duplicateOf: 6 });
	const outcomes = run.json[0]
		.slice(0, 6)
		.map(({ details }) => (details as { outcome: string }).outcome);
	expect(outcomes).toEqual(['rejected', 'not_sent', 'unknown', 'not_sent', 'not_sent', 'not_sent']);
	expect(await aelyst.vendor.messages()).toHaveLength(1);
});

it('loses nothing to 429 and 449', async () => {
	await aelyst.vendor.fault({ fault: '429', retryAfter: 0.1, everyNth: 5, count: 4 });
	await aelyst.vendor.fault({ fault: '449', retryAfter: 0.1, everyNth: 7, count: 4 });
	const items = people(40);
	const run = await aelyst.run('bulkSend', { text: 'Hi', output: 'summary' }, { items });
	expect(run.json[0][0]).toMatchObject({ total: 40, accepted: 40, unknown: 0 });
	expect(await aelyst.vendor.messages()).toHaveLength(40);
	expect(await aelyst.vendor.duplicates()).toEqual([]);
});

it('stops at once when the token is refused', async () => {
	const run = await aelyst.run(
		'bulkSend',
		{ text: 'Hi' },
		{
			items: people(40),
			credentials: aelyst.withToken('wrong'),
			onError: 'continueRegularOutput',
		},
	);
	expect(run.json[0]).toHaveLength(40);
	expect(run.json[0].at(-1)).toMatchObject({ details: { outcome: 'not_sent' } });
	expect((await aelyst.seen()).length).toBeLessThanOrEqual(16);
});
