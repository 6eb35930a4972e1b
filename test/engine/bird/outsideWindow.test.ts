import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, byId, demo } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

/** Of the contacts that the sandbox knows. */
const KNOWN = '+31620011001';
const STRANGER = '+12025550123';

const template = {
	outsideWindow: 'template',
	projectId: byId(demo.orderTemplateId),
	templateLocale: 'en',
	templateVersion: 'latest',
	parametersFrom: 'json',
	parametersJson: '={{ { first_name: "José 👋" } }}',
};
const throughWhatsapp = { channelId: byId(demo.whatsappChannelId), text: 'Is somebody at home?' };

const send = async (parameters: IDataObject, node: IDataObject = {}) =>
	await bird.send({ ...throughWhatsapp, ...template, ...parameters }, node);
const lastWrote = async (from: string, hours: number | null) =>
	await bird.vendor.simulate('window', { channelId: demo.whatsappChannelId, from, hours });
const asked = async () =>
	(await bird.seen()).map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/g, '…')}`);
const kinds = async () =>
	(await bird.vendor.messages()).map(({ content }) =>
		(content as { type?: string }).type === 'text' ? 'text' : 'template',
	);

describe("a message through WhatsApp, by Bird's service window", () => {
	it('goes where the window is open', async () => {
		await lastWrote(KNOWN, 23);
		const run = await send({ recipient: KNOWN });
		expect(run.json[0][0]).not.toHaveProperty('sentAs');
		expect(await kinds()).toEqual(['text']);
		expect(await asked()).toEqual([
			'GET /channels/…',
			'POST /contacts/search',
			'GET /channels/…/contacts/…',
			'POST /channels/…/messages',
		]);
	});

	it.each<[string, string, number | null]>([
		['has ended', KNOWN, 25],
		['was never open', KNOWN, null],
	])('is a template where it %s, and the result says so', async (_what, recipient, hours) => {
		await lastWrote(recipient, hours);
		const run = await send({ recipient });
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toEqual([
			expect.objectContaining({ recipient, status: 'accepted', sentAs: 'template' }),
		]);
		const [, , question, message] = await bird.seen();
		expect(question.query).toEqual({ contactIdentifierValue: recipient });
		expect(message.body).toMatchObject({
			receiver: { contacts: [{ identifierKey: 'phonenumber', identifierValue: recipient }] },
			template: {
				projectId: demo.orderTemplateId,
				parameters: [{ type: 'string', key: 'first_name', value: 'José 👋' }],
			},
		});
		expect(message.body).not.toHaveProperty('body');
		expect(await kinds()).toEqual(['template']);
	});

	it('is a template for somebody who is no contact yet', async () => {
		const run = await send({ recipient: STRANGER });
		expect(run.json[0][0]).toMatchObject({ recipient: STRANGER, sentAs: 'template' });
	});

	it('asks for the channel once for many, and for each contact', async () => {
		const people = [1, 2, 3].map((number) => ({ json: { to: `+3162001100${number}` } }));
		await lastWrote('+31620011002', 30);
		const run = await send({ recipient: '={{ $json.to }}' }, { items: people });
		expect(run.json[0].map(({ sentAs = 'text' }) => sentAs)).toEqual(['text', 'template', 'text']);
		expect((await asked()).filter((one) => one === 'GET /channels/…')).toHaveLength(1);
	});

	it('knows a contact by its ID without looking for it', async () => {
		const contactId = byId('c0c00000-0000-4000-8000-000000000001');
		await lastWrote(KNOWN, 30);
		const run = await send({ recipientBy: 'contact', contactId });
		expect(run.json[0][0].sentAs).toBe('template');
		expect(await asked()).not.toContain('POST /contacts/search');
	});

	it('is held against the window of the time at which it is to leave', async () => {
		await lastWrote(KNOWN, 20);
		const scheduledFor = new Date(Date.now() + 8 * 3_600_000).toISOString();
		const run = await send({ recipient: KNOWN, options: { scheduledFor } });
		expect(run.json[0][0]).toMatchObject({ sentAs: 'template', status: 'scheduled' });
	});

	it('is skipped where its user wants that', async () => {
		await lastWrote(KNOWN, 30);
		const run = await send({ recipient: KNOWN, outsideWindow: 'skip' });
		expect(run.json[0][0].details).toMatchObject({ code: 'outside_window', outcome: 'not_sent' });
		expect(await bird.vendor.messages()).toEqual([]);
	});

	it('is taken and fails later where nothing else is chosen', async () => {
		await lastWrote(KNOWN, 30);
		const run = await bird.send({ ...throughWhatsapp, recipient: KNOWN });
		expect(run.json[0][0]).toMatchObject({ status: 'accepted' });
		expect(await asked()).toEqual(['POST /channels/…/messages']);
	});

	it.each([
		['whatsappusername', 'ana.example', 'template'],
		['', KNOWN, 'text'],
	])('to the identifier "%s" %s is a %s', async (identifierKey, identifierValue, kind) => {
		await lastWrote(KNOWN, 1);
		const run = await send({ recipientBy: 'identifier', identifierKey, identifierValue });
		expect(run.json[0][0].sentAs ?? 'text').toBe(kind);
	});

	it('to an identifier of which nobody knows what it is is not sent', async () => {
		const run = await send({ recipientBy: 'identifier', identifierValue: 'ana.example' });
		expect(run.error?.message).toContain('Identifier Key is empty, so Bird cannot tell');
		expect(await bird.vendor.messages()).toEqual([]);
	});

	it('is not sent with a key that may not ask', async () => {
		const [[type, fields]] = Object.entries(bird.credentials);
		const credentials = { [type]: { ...fields, accessKey: demo.sendOnlyKey } };
		const { channelId, text } = throughWhatsapp;
		const parameters = { resource: 'message', operation: 'send', channelId, text, ...template };
		const run = await bird.engine.run({
			node: { type: 'bird', parameters: { ...parameters, recipient: KNOWN } },
			credentials,
		});
		expect(run.error?.message).toContain('It could not be found out whether the message is within');
		expect(run.error).toMatchObject({ context: { data: { outcome: 'not_sent', httpCode: 403 } } });
		expect(await bird.vendor.messages()).toEqual([]);
	});
});

it('other channels have no window: one question for the run, and the message goes', async () => {
	const run = await send({ channelId: byId(demo.smsChannelId), recipient: STRANGER });
	expect(run.json[0][0]).not.toHaveProperty('sentAs');
	expect(await asked()).toEqual(['GET /channels/…', 'POST /channels/…/messages']);
});
