import { SandboxClient } from '../../sandbox/client';
import { until } from '../../scripts/run/until.mjs';
import { Editor } from './support/editor';
import { connections, n8n, type N8nClient, outputOf, sandboxCredentialData } from './support/n8n';
import { photograph } from './support/photograph';

jest.setTimeout(120_000);

let client: N8nClient;
let editor: Editor;
const workflows: string[] = [];

beforeAll(async () => {
	client = await n8n();
	for (const [name, type] of [
		['My Bird workspace', 'birdChannelsApi'],
		['My Sent account', 'sentDmApi'],
	]) {
		await client.importCredentials([{ name, type, data: sandboxCredentialData(type) }]);
	}
	editor = await Editor.open();
});
afterAll(async () => {
	await editor?.close();
	for (const id of workflows) await client.deleteWorkflow(id);
});

const vendor = (name: string) => new SandboxClient(connections().sandbox.url, name);

const START = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A message that somebody else's flow sends. @returns its id */
async function sendBySms(): Promise<string> {
	const { smsChannelId } = sandboxCredentialData('birdChannelsApi');
	const [{ id, name }] = await client.importCredentials([
		{
			name: 'Another flow',
			type: 'birdChannelsApi',
			data: sandboxCredentialData('birdChannelsApi'),
		},
	]);
	const execution = await client.runWorkflow({
		name: 'Another flow',
		nodes: [
			START,
			{
				id: 'send',
				name: 'Send',
				type: 'n8n-nodes-unified-messaging.bird',
				typeVersion: 1,
				position: [200, 0],
				credentials: { birdChannelsApi: { id, name } },
				parameters: {
					resource: 'message',
					operation: 'send',
					channelId: { __rl: true, mode: 'id', value: smsChannelId },
					recipient: '+31612345678',
					text: 'Your order 1042 has shipped.',
				},
			},
		],
		connections: { Start: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
	});
	return String(outputOf(execution, 'Send')[0].json.messageId);
}

/** A workflow to build on, open in the editor. */
async function begin(name: string, nodes: object[] = [START]): Promise<string> {
	const id = await client.importWorkflow({ name, nodes, connections: {} });
	workflows.push(id);
	await editor.openWorkflow(id);
	return id;
}

describe('the node panel', () => {
	beforeAll(async () => {
		await begin('Search');
		await editor.openNodePanel();
	});

	const MESSAGING = ['Aelyst', 'Bird Channels', 'Conduit', 'Sent'];
	const STATUS = 'Message Status Trigger';

	it.each([
		['bird', ['Bird Channels', STATUS]],
		['sent.dm', ['Sent', STATUS]],
		['conduit', ['Conduit', STATUS]],
		['aelyst', ['Aelyst', STATUS]],
		['respond.io', ['Aelyst', STATUS]],
		['votel', ['Votel', STATUS]],
		['whatsapp', MESSAGING],
		['bulk sms', ['Bird Channels', 'Conduit', 'Sent', 'Votel']],
		['delivery status', [STATUS]],
	])('finds by "%s"', async (words, expected) => {
		expect(await editor.search(words, expected)).toEqual(expect.arrayContaining(expected));
	});
});

describe('a first message through Bird', () => {
	const bird = vendor('bird');
	const output = () => editor.part('output-panel');

	beforeAll(async () => {
		await bird.reset();
		await begin('My first message');
	});

	it('the node is found, added and connected to an account', async () => {
		await editor.addNode('bird', 'Bird Channels', 'Send a message');
		await editor.chooseCredential('My Bird workspace');
	});

	it('its channels come from the account', async () => {
		expect(await editor.resourcesOf('channelId')).toEqual(
			expect.arrayContaining([
				expect.stringContaining('Demo SMS'),
				expect.stringContaining('Demo WhatsApp'),
			]),
		);
		await editor.chooseResource('Demo SMS');
	});

	it('a number without its country is refused with the cure, and nothing is sent', async () => {
		await editor.type('recipient', '0612345678');
		await editor.type('text', 'Your order 1042 has shipped.');
		await editor.executeStep();
		await output().getByTestId('node-error-message').waitFor();
		expect(await output().getByTestId('node-error-message').textContent()).toContain(
			'Recipient Phone Number "0612345678" needs + and the country code',
		);
		expect(await output().getByTestId('node-error-description').textContent()).toContain(
			'Write it with + and the country code, such as +14155550123, or choose the country under Default Country',
		);
		expect(await bird.messages()).toEqual([]);
	});

	it('with its country it is sent, and the output says how it stands', async () => {
		await editor.type('recipient', '+31612345678');
		await editor.executeStep();
		const row = await editor.outputRow();
		const [message] = await bird.messages();
		expect(row).toMatchObject({
			messageId: message.messageId,
			provider: 'bird',
			channel: 'sms-messagebird',
			recipient: '+31612345678',
			status: 'accepted',
		});
		expect(message.content).toEqual({
			type: 'text',
			text: { text: 'Your order 1042 has shipped.' },
		});
		await photograph(editor.part('ndv'), 'bird-send-message');
	});

	it('an answer that got lost is called unknown, with what to do about it', async () => {
		await bird.fault({ fault: 'reset-after', operationId: 'sendMessage' });
		await editor.executeStep();
		await output().getByText('unknown whether the message was accepted').first().waitFor();
		expect(await output().getByTestId('node-error-description').textContent()).toMatch(
			/before (you )?send/,
		);
		expect(await bird.messages()).toHaveLength(2);
		await photograph(output(), 'unknown-outcome');
	});
});

it('a credential is made, tested and used in the node that needs it', async () => {
	const sent = vendor('sent');
	await sent.reset();
	await begin('My first template');
	await editor.addNode('sent.dm', 'Sent', 'Send a template');
	await editor.part('node-credentials-select').click();
	await editor.page.getByText('Create new credential').click();
	const dialog = editor.part('editCredential-modal');
	const { apiKey, baseUrl } = sandboxCredentialData('sentDmApi');
	await editor.type('baseUrl', baseUrl);

	await editor.type('apiKey', 'a wrong key');
	await dialog.getByTestId('credential-save-button').click();
	// n8n draws the banner anew when it has tested once more, and closes what was opened.
	const reason = dialog.getByText(/does not know this API key/);
	await until(
		async () => {
			if (await reason.isVisible()) return true;
			await dialog
				.getByText('More details')
				.click({ timeout: 1000 })
				.catch(() => undefined);
			return undefined;
		},
		{ what: 'Why the key is refused', timeoutMs: 20_000 },
	);

	await editor.type('apiKey', apiKey);
	await dialog.getByTestId('credential-save-button').click();
	await dialog.waitFor({ state: 'hidden' });

	await editor.type('recipients', '+12025550111');
	expect(await editor.resourcesOf('template')).toContain(
		'order_confirmation (en_US): {{name}} {{order_id}}',
	);
	await editor.chooseResource('order_confirmation');
	// What the template asks for becomes fields.
	await editor.type('name', 'Ana');
	await editor.type('order_id', '1042');
	await photograph(editor.part('ndv'), 'sent-send-template');
	await editor.executeStep();
	expect(await editor.outputRow()).toMatchObject({ provider: 'sent', recipient: '+12025550111' });
	expect(await sent.messages()).toMatchObject([
		{
			recipient: '+12025550111',
			request: { template: { parameters: { name: 'Ana', order_id: '1042' } } },
		},
	]);
});

describe('the Message Status Trigger', () => {
	const bird = vendor('bird');

	beforeAll(async () => {
		await bird.reset();
		await bird.settings({ autoAdvance: false, allowInsecureWebhookUrls: true });
		await begin('What became of my message', []);
	});

	it('is added without deciding for a vendor, and knows what Bird reports', async () => {
		await editor.addNode('delivery status', 'Message Status Trigger');
		await editor.chooseCredential('My Bird workspace');
		expect(await editor.choicesOf('events')).toEqual(
			expect.arrayContaining([
				'SMS: Message Status Changed',
				'WhatsApp: Message Status Changed',
				'WhatsApp: Message Received',
			]),
		);
		await editor.page.keyboard.press('Escape');
	});

	it('listens for a test event of what is chosen from the start, and shows it', async () => {
		await editor.executeStep();
		await editor.page.getByText('Listening for test event').waitFor();
		const { targets } = await bird.webhooks();
		expect(targets.map(({ details }) => details.event).sort()).toEqual([
			'sms.outbound',
			'whatsapp.outbound',
		]);

		const messageId = await sendBySms();
		await bird.advance({ messageId, status: 'delivered' });
		expect(await editor.outputRow()).toMatchObject({
			type: 'message.status',
			provider: 'bird',
			messageId,
			recipient: '+31612345678',
			status: 'delivered',
		});
		await photograph(editor.part('ndv'), 'message-status-trigger');
	});
});
