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

const EXAMPLE = join(__dirname, '../../examples/aelyst-text-or-template.json');

let client: N8nClient;
beforeAll(async () => void (client = await n8n()));
beforeEach(async () => void (await sandbox().post('/reset', { vendor: 'aelyst' })));

it('the credential is tested', async () => {
	const data = sandboxCredentialData('aelystApi');
	expect(await client.testCredential('aelystApi', data)).toMatchObject({ status: 'OK' });
	const wrong = { ...data, accessToken: 'wrong' };
	expect(await client.testCredential('aelystApi', wrong)).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('a token of respond.io needs https://api.respond.io/v2'),
	});
});

it('the example sends a text where the window is open, and a template elsewhere', async () => {
	const { id } = await importExample(EXAMPLE, client, connections().sandbox.vendors);
	try {
		const execution = await client.runWorkflow(id);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Send Text').map(({ json }) => json)).toEqual([
			expect.objectContaining({ recipient: '+60121233112', status: 'accepted' }),
			expect.objectContaining({
				recipient: '+60121233124',
				status: 'accepted',
				sentAs: 'template',
			}),
		]);
	} finally {
		await client.deleteWorkflow(id);
	}
	const { data } = await sandbox().get('/messages', { params: { vendor: 'aelyst' } });
	expect(data.messages.map(({ recipient }: { recipient: string }) => recipient)).toEqual([
		'id:123',
		'id:124',
	]);
});
