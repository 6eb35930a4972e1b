import { ALEX, ALEX_WHATSAPP, byId, ConduitBench, list, REMINDER, SEASIDE } from './support';

const conduit = new ConduitBench();
beforeAll(async () => await conduit.load());
beforeEach(async () => await conduit.open());
afterEach(async () => await conduit.close());

/** Items as a list of guests gives them, each with the WhatsApp channel of the contact. */
async function guests(count: number) {
	const rows = await conduit.ask<Array<{ id: string; last_name: string }>>(
		`/v1/contacts/search?workspace_id=${SEASIDE}&query=Guest%200&limit=${count}`,
	);
	return await Promise.all(
		rows.map(async ({ id, last_name: name }) => {
			const contact = await conduit.ask<{ channels: Array<{ id: string; type: string }> }>(
				`/v1/contacts/${id}`,
			);
			const node = contact.channels.find(({ type }) => type === 'whatsapp')?.id ?? '';
			return { json: { contact_id: id, channel_node_id: node, name } };
		}),
	);
}

const text = { messageType: 'text', body: 'Room [[name]] is ready' };
const fast = { options: { requestsPerSecond: 1000 } };

it('sends one request to each contact, through the channel that its item names', async () => {
	const items = await guests(30);
	const before = (await conduit.seen()).length;
	const run = await conduit.run('bulkSend', { ...text, ...fast }, { items, trace: true });
	expect(run.error).toBeUndefined();
	const seen = (await conduit.seen()).slice(before);
	expect(seen).toHaveLength(30);
	for (const { json } of items) {
		expect(seen).toContainEqual({
			method: 'POST',
			path: `/v1/contacts/${json.contact_id}/messages`,
			query: {},
			body: { channel_node_id: json.channel_node_id, body: `Room ${json.name} is ready` },
		});
	}
	expect(run.origins[0]).toEqual(items.map((_, index) => index));
	expect(run.json[0].map(({ recipient }) => recipient)).toEqual(
		items.map(({ json }) => json.contact_id),
	);
	expect(await conduit.vendor.duplicates()).toEqual([]);
});

it('looks the channel up by its type', async () => {
	const run = await conduit.run(
		'bulkSend',
		{ ...text, body: 'Hi', channelBy: 'type', channelType: 'whatsapp', ...fast },
		{ items: [{ json: { contact_id: ALEX } }] },
	);
	expect(run.json[0]).toEqual([expect.objectContaining({ channelNodeId: ALEX_WHATSAPP })]);
	expect((await conduit.seen()).map(({ method }) => method)).toEqual(['GET', 'POST']);
});

it('sends a template with variables from merge fields', async () => {
	const run = await conduit.run(
		'bulkSend',
		{
			workspaceId: list(SEASIDE),
			messageType: 'template',
			contentSid: list(REMINDER),
			variablesFrom: 'json',
			variablesJson: '{"1": "[[name]]", "2": "[[when]]"}',
			channelBy: 'type',
			senderId: byId('whatsapp_number:+14155550999'),
			...fast,
		},
		{ items: [{ json: { contact_id: ALEX, name: 'Alex', when: 'noon' } }] },
	);
	expect(run.error).toBeUndefined();
	expect((await conduit.seen()).at(-1)).toEqual({
		method: 'POST',
		path: `/v1/contacts/${ALEX}/messages`,
		query: { workspace_id: SEASIDE },
		body: {
			channel_node_id: ALEX_WHATSAPP,
			sender_id: 'whatsapp_number:+14155550999',
			whatsapp_template: { content_sid: REMINDER, variables: { '1': 'Alex', '2': 'noon' } },
		},
	});
});

it('reports each recipient that cannot be reached and sends to the rest', async () => {
	const [first] = await guests(1);
	const mailOnly = await conduit.contact('Mail Only');
	const run = await conduit.run(
		'bulkSend',
		{ ...text, body: 'Hi', channelBy: 'type', channelType: 'whatsapp', ...fast },
		{
			items: [
				{ json: { contact_id: '+14155550101' } },
				{ json: { contact_id: mailOnly.id } },
				{ json: { contact_id: 'ph7nobody' } },
				{ json: {} },
				first,
				first,
			],
		},
	);
	expect(run.json[0]).toEqual([
		{
			error: expect.stringContaining(
				'Recipient "+14155550101" is not the ID of a contact [item 0]',
			),
			details: expect.objectContaining({ code: 'invalid_input', outcome: 'not_sent' }),
		},
		{
			error: expect.stringContaining('Channel Type WhatsApp is not a channel of contact'),
			details: expect.objectContaining({ code: 'invalid_input', recipient: mailOnly.id }),
		},
		{
			error: expect.stringContaining('Contact not found'),
			// The look-up was refused, so the message never left.
			details: expect.objectContaining({ httpCode: 404, outcome: 'not_sent' }),
		},
		{
			error: expect.stringContaining('Recipient Field "contact_id" is no field of this item'),
			details: expect.objectContaining({ outcome: 'not_sent' }),
		},
		expect.objectContaining({ recipient: first.json.contact_id, status: 'sent' }),
		expect.objectContaining({ recipient: first.json.contact_id, duplicateOf: 4 }),
	]);
	expect(await conduit.vendor.messages()).toHaveLength(1);
});

it('goes on after contacts of a workspace that the token may not use', async () => {
	const { id } = await conduit.contact('Alex Morgan');
	await conduit.vendor.fault({ fault: '403', count: 2, operationId: 'sendContactMessage' });
	const run = await conduit.run(
		'bulkSend',
		{ ...text, body: 'Hi [[n]]', channelNodeId: ALEX_WHATSAPP, options: { maxInFlight: 1 } },
		{ items: [1, 2, 3].map((n) => ({ json: { contact_id: id, n } })) },
	);
	expect(run.json[0].map(({ status, details }) => status ?? details)).toEqual([
		expect.objectContaining({ httpCode: 403 }),
		expect.objectContaining({ httpCode: 403 }),
		'sent',
	]);
});

it('gives up when the token may send to nobody', async () => {
	const run = await conduit.run(
		'bulkSend',
		{ ...text, body: 'Hi [[n]]', channelNodeId: ALEX_WHATSAPP, ...fast },
		{
			items: Array.from({ length: 60 }, (_, n) => ({ json: { contact_id: ALEX, n } })),
			credentials: conduit.withToken('sandbox-conduit-read-only-token'),
			onError: 'continueRegularOutput',
		},
	);
	expect(run.json[0]).toHaveLength(60);
	expect(run.json[0].at(-1)).toMatchObject({
		error: expect.stringContaining('Not sent, because the run had to stop'),
		details: { outcome: 'not_sent' },
	});
	expect((await conduit.seen()).length).toBeLessThan(60);
});

it('is told to wait and loses nothing', async () => {
	const items = await guests(12);
	await conduit.vendor.fault({ fault: '429', retryAfter: 0.1, everyNth: 4, count: 3 });
	const run = await conduit.run(
		'bulkSend',
		{ ...text, output: 'summary', options: { requestsPerSecond: 1000, maxInFlight: 4 } },
		{ items },
	);
	expect(run.json[0]).toEqual([
		expect.objectContaining({ total: 12, accepted: 12, unknown: 0, successRatePercent: 100 }),
	]);
	expect(await conduit.vendor.messages()).toHaveLength(12);
	expect(await conduit.vendor.duplicates()).toEqual([]);
});

it('leaves what may have been sent as unknown', async () => {
	const items = await guests(4);
	await conduit.vendor.fault({ fault: 'reset-after', operationId: 'sendContactMessage' });
	const run = await conduit.run(
		'bulkSend',
		{ ...text, output: 'summary', options: { maxInFlight: 1 } },
		{ items },
	);
	expect(run.json[0][0]).toMatchObject({ total: 4, accepted: 3, unknown: 1 });
	expect(await conduit.vendor.messages()).toHaveLength(4);
});
