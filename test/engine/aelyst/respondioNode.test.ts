import { dirname } from 'node:path';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { type Engine, loadEngine } from '../support/engine';
import { nodeRequire, withoutNetwork } from '../support/n8n';
import { openSandbox, type VendorSandbox } from '../support/sandbox';
import { FACEBOOK, MAILBOX, TELEGRAM, WHATSAPP } from './support';

/**
 * The one client of respond.io that npm has, its own node for n8n, in n8n's engine against the
 * sandbox: what it sends must be taken, and what it is answered must be what it reads.
 */
const API = 'https://api.respond.io/v2';
const NODE = '@respond-io/n8n-nodes-respond-io';

let engine: Engine;
let sandbox: VendorSandbox;
let close: () => void;

const templates = async () =>
	(
		await ask<{ items: IDataObject[] }>({
			url: `${API}/space/channel/${WHATSAPP}/template?limit=100`,
		})
	).items;

/**
 * What goes to respond.io goes to the sandbox. That node asks for a template by its ID, at an address
 * that no page has.
 */
async function ask<T>({ url, method, headers, body }: IHttpRequestOptions): Promise<T> {
	const [, templateId] = /\/space\/mtm\/(\d+)$/.exec(url) ?? [];
	if (templateId !== undefined) {
		const found = (await templates()).find(({ id }) => String(id) === templateId);
		return { data: { catalogProducts: [], ...found } } as T;
	}
	const { accessToken } = sandbox.known;
	const answer = await fetch(url.replace(API, sandbox.vendor.baseUrl), {
		method: method ?? 'GET',
		headers: {
			Authorization: `Bearer ${accessToken}`,
			...(headers as Record<string, string>),
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const read = (await answer.json()) as T;
	if (answer.ok) return read;
	throw Object.assign(new Error(JSON.stringify(read)), { httpCode: String(answer.status) });
}

beforeAll(async () => {
	const packageDir = dirname(nodeRequire.resolve(`${NODE}/package.json`));
	engine = await loadEngine({ packageDir });
	sandbox = await openSandbox('aelyst', { autoAdvance: false });
	await sandbox.vendor.limit({ requests: null });
	close = withoutNetwork(ask);
});
afterAll(async () => {
	close();
	await sandbox.close();
});
beforeEach(async () => {
	await sandbox.vendor.reset();
	await sandbox.vendor.limit({ requests: null });
});

const credentials = () => ({ respondIoApi: { apiKey: sandbox.known.accessToken } });
const toContact123 = { identifierType: 'id', contactId: 123 };

const sending = { resource: 'MESSAGES', operation: 'SEND_MESSAGE', ...toContact123 };

async function run(resource: string, operation: string, parameters: IDataObject) {
	const { error, json } = await engine.run({
		node: {
			type: `${NODE}.respondio`,
			parameters: { resource, operation, ...toContact123, ...parameters },
		},
		credentials: credentials(),
	});
	if (error) throw new Error(error.message);
	return json[0];
}

const on = (channelId: number) => ({ channelType: 'specificChannel', channelId });
const last = { channelType: 'lastInteractedChannel' };

describe('respond.io’s own node for n8n', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['a text', { ...on(WHATSAPP), messageType: 'text', text: 'Hello' }, { type: 'text' }],
		['a text on the last channel', { ...last, messageType: 'text', text: 'Hello' }, {}],
		[
			'a text with a tag',
			{ ...on(FACEBOOK), messageType: 'text', text: 'Hello', messageTag: 'ACCOUNT_UPDATE' },
			{ messageTag: 'ACCOUNT_UPDATE' },
		],
		[
			'an attachment',
			{
				...on(WHATSAPP),
				messageType: 'attachment',
				attachmentType: 'image',
				attachmentUrl: 'https://example.com/a.png',
			},
			{ attachment: { type: 'image', url: 'https://example.com/a.png' } },
		],
		[
			'quick replies',
			{ ...last, messageType: 'quick_reply', title: 'Sure?', replies: ['Yes', 'No'] },
			{ title: 'Sure?', replies: ['Yes', 'No'] },
		],
		[
			'a custom payload',
			{ ...on(TELEGRAM), messageType: 'custom_payload', payload: '{"text":"Hello"}' },
			{ payload: { text: 'Hello' } },
		],
	])('sends %s', async (_what, parameters, message) => {
		const [{ messageId }] = await run('MESSAGES', 'SEND_MESSAGE', parameters);
		expect(messageId).toEqual(expect.any(Number));
		const [sent] = await sandbox.vendor.messages();
		expect(sent).toMatchObject({ content: { message } });
		const [found] = await run('MESSAGES', 'FIND_MESSAGE', { messageId });
		expect(found).toMatchObject({ messageId, traffic: 'outgoing', message });
	});

	it('calls the text of an email otherwise than the SDK, whose word is taken', async () => {
		const parameters = { ...on(MAILBOX), messageType: 'email', text: 'Hello', subject: 'Hi' };
		await expect(run('MESSAGES', 'SEND_MESSAGE', parameters)).rejects.toThrow('Validation error.');
		const [{ body }] = await sandbox.vendor.requests();
		expect(body).toMatchObject({ message: { type: 'email', message: 'Hello' } });
	});

	it.each<[string, Record<string, string>]>([
		['order_confirmation', { image: 'https://example.com/a.png', body_1: '1042', buttons_1: 'a' }],
		['appointment_reminder', { header_1: 'Ana', body_1: 'Monday', body_2: '10:00' }],
		['conversation_follow_up', {}],
		['invoice', { document: 'https://example.com/a.pdf', body_1: '1042' }],
		['product_tour', { video: 'https://example.com/a.mp4' }],
	])('sends the template %s, whose variables it finds', async (name, values) => {
		const templateId = (await templates()).find((one) => one.name === name)?.id;
		const parameters = { ...on(WHATSAPP), messageType: 'whatsapp_template', templateId };
		const { fields } = await engine.resourceMapping(
			`${NODE}.respondio`,
			'getWhatsappTemplateComponentFields',
			{ parameters: { ...sending, ...parameters }, credentials: credentials() },
		);
		const value = Object.fromEntries(
			Object.entries(values).map(([key, text]) => [`$input$_${key}`, text]),
		);
		expect(fields.map((field) => field.id).sort()).toEqual(Object.keys(value).sort());
		const [{ messageId }] = await run('MESSAGES', 'SEND_MESSAGE', {
			...parameters,
			templateLanguageCode: 'en',
			whatsappTemplateComponentFields: { mappingMode: 'defineBelow', value, schema: fields },
		});
		expect(messageId).toEqual(expect.any(Number));
	});

	it('reads channels, users, contacts and the channels of one', async () => {
		const channels = await run('CHANNELS', 'GET_ALL_CHANNELS', { limit: 100 });
		expect(channels).toHaveLength(12);
		expect(channels[0]).toMatchObject({ id: WHATSAPP, source: 'whatsapp_cloud' });
		const picked = await engine.loadOptions(`${NODE}.respondio`, 'getSpaceUsers', {
			credentials: credentials(),
		});
		expect(picked.length).toBeGreaterThan(0);
		expect(String(picked[0].name)).not.toContain('undefined');
		const [contact] = await run('CONTACTS', 'FIND_CONTACT', {});
		expect(contact).toMatchObject({ id: 123, phone: '+60121233112' });
		const linked = await run('CONTACTS', 'FIND_CONTACT_CHANNELS', {});
		expect(linked.length).toBeGreaterThan(10);
		const found = await run('CONTACTS', 'GET_MANY_CONTACTS', { search: 'mail.only', limit: 10 });
		expect(found).toMatchObject([{ id: 125 }]);
	});

	it.each([
		['email', 'mail.only@example.com', 125],
		['phone', '+60 121 233 112', 123],
	])('finds a contact by its %s', async (identifierType, contactIdentifier, id) => {
		const by = { identifierType, contactIdentifier };
		expect(await run('CONTACTS', 'FIND_CONTACT', by)).toMatchObject([{ id }]);
	});

	it.each([
		['449', 44999],
		['403', 40300],
		['500', 50000],
	])('is told of %s as it expects', async (code, contactId) => {
		const parameters = { contactId, ...on(WHATSAPP), messageType: 'text', text: 'Hello' };
		await expect(run('MESSAGES', 'SEND_MESSAGE', parameters)).rejects.toThrow(`"code":${code}`);
	});
});
