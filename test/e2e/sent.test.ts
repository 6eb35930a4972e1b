import { join } from 'node:path';
import { SandboxClient } from '../../sandbox/client';
import { until } from '../../scripts/run/until.mjs';
import { importExample } from '../../scripts/start/import.mjs';
import {
	connections,
	n8n,
	outputOf,
	sandbox,
	sandboxCredentialData,
	type N8nClient,
} from './support/n8n';

const EXAMPLE = join(__dirname, '../../examples/sent-confirm-orders.json');

let client: N8nClient;
beforeAll(async () => {
	client = await n8n();
	await sandbox().post('/reset', { vendor: 'sent' });
});

const accepted = async () =>
	(await sandbox().get('/messages', { params: { vendor: 'sent' } })).data.messages;

it('the credential is tested', async () => {
	const data = sandboxCredentialData('sentDmApi');
	expect(await client.testCredential('sentDmApi', data)).toMatchObject({ status: 'OK' });
	const wrong = await client.testCredential('sentDmApi', { ...data, apiKey: 'wrong' });
	expect(wrong).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('does not know this API key'),
	});
});

it('the example sends each template once, however often it is run', async () => {
	const { id } = await importExample(EXAMPLE, client, connections().sandbox.vendors);
	try {
		const first = await client.runWorkflow(id);
		expect(first.status).toBe('success');
		const sent = outputOf(first, 'Confirm Order').map(({ json }) => json);
		expect(sent).toMatchObject([
			{ provider: 'sent', recipient: '+447700900101', status: 'queued' },
			{ provider: 'sent', recipient: '+447700900102', status: 'queued' },
		]);
		expect(outputOf(first, 'Look Up Status').map(({ json }) => json.text)).toEqual([
			'Hello Ana, your order 1042 is confirmed.',
			'Hello Ben, your order 1043 is confirmed.',
		]);

		const again = await client.runWorkflow(id);
		expect(outputOf(again, 'Confirm Order').map(({ json }) => json.messageId)).toEqual(
			sent.map(({ messageId }) => messageId),
		);
		expect(await accepted()).toHaveLength(2);
	} finally {
		await client.deleteWorkflow(id);
	}
});

it('stops waiting for a delivery when the execution is stopped, not when its time is over', async () => {
	const sent = new SandboxClient(connections().sandbox.url, 'sent');
	await sent.reset();
	await sent.delays({ ROUTED: null });
	const { id } = await importExample(
		EXAMPLE,
		client,
		connections().sandbox.vendors,
		({ name, parameters }) => {
			if (name === 'Confirm Order') parameters.options = { waitForDelivery: 120 };
		},
	);
	try {
		const executionId = await client.startWorkflow(id);
		await until(
			async () =>
				(await sent.requests()).some(({ operationId }) => operationId === 'listConversations')
					? true
					: undefined,
			{ what: 'The node looks at its messages', timeoutMs: 30_000 },
		);
		const before = performance.now();
		await client.stopExecution(executionId);
		const { status } = await client.finishedExecution(executionId);
		expect(status).toBe('canceled');
		expect(performance.now() - before).toBeLessThan(20_000);
		const looks = (await sent.requests()).length;
		await new Promise((resolve) => setTimeout(resolve, 2500));
		expect(await sent.requests()).toHaveLength(looks);
		expect(await sent.messages()).toHaveLength(2);
	} finally {
		await sent.reset();
		await client.deleteWorkflow(id);
	}
});
