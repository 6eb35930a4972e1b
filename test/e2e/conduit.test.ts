import { join } from 'node:path';
import { importExample } from '../../scripts/start/import.mjs';
import {
	connections,
	n8n,
	type N8nClient,
	outputOf,
	sandbox,
	sandboxCredentialData,
} from './support/n8n';

/** The contact of the vendor's example. */
const ALEX = 'ph77c0dy0mgdpzmqz6tesry8w184002s';
const EXAMPLE = join(__dirname, '../../examples/conduit-remind-guests.json');

let client: N8nClient;
beforeAll(async () => void (client = await n8n()));
beforeEach(async () => void (await sandbox().post('/reset', { vendor: 'conduit' })));

it('the credential is tested', async () => {
	const data = sandboxCredentialData('conduitAiApi');
	expect(await client.testCredential('conduitAiApi', data)).toMatchObject({ status: 'OK' });
	const wrong = { ...data, apiToken: 'wrong' };
	expect(await client.testCredential('conduitAiApi', wrong)).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('Conduit does not know this API token'),
	});
});

it('the example reminds by WhatsApp, and by email whoever has none', async () => {
	const { id } = await importExample(EXAMPLE, client, connections().sandbox.vendors);
	try {
		const execution = await client.runWorkflow(id);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Send Template').map(({ json }) => json)).toEqual([
			expect.objectContaining({ channel: 'whatsapp', recipient: ALEX, status: 'sent' }),
		]);
		expect(outputOf(execution, 'Send Email').map(({ json }) => json)).toEqual([
			expect.objectContaining({ channel: 'email', status: 'sent' }),
		]);
	} finally {
		await client.deleteWorkflow(id);
	}
	const { data } = await sandbox().get('/messages', { params: { vendor: 'conduit' } });
	expect(data.messages.map(({ content }: { content: object }) => content)).toEqual([
		expect.objectContaining({ body: 'Hi Alex, your appointment is on May 15 at 3 PM.' }),
		expect.objectContaining({ body: 'Hi Mia, your appointment is on May 16 at 9 AM.' }),
	]);
});
