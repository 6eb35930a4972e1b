import { join } from 'node:path';
import { importExample } from '../../scripts/start/import.mjs';
import {
	connections,
	n8n,
	outputOf,
	sandbox,
	sandboxCredentialData,
	type N8nClient,
} from './support/n8n';

const EXAMPLE = join(__dirname, '../../examples/votel-filter-leads-send-branch.json');

let client: N8nClient;
beforeAll(async () => {
	client = await n8n();
	await sandbox().post('/reset', { vendor: 'votel' });
});

it('the credential is tested', async () => {
	const data = sandboxCredentialData('votelApi');
	expect(await client.testCredential('votelApi', data)).toMatchObject({ status: 'OK' });
	expect(await client.testCredential('votelApi', { ...data, apiKey: 'wrong' })).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('does not know this API key'),
	});
	// n8n itself answers every path with the page of its editor.
	expect(await client.testCredential('votelApi', { ...data, baseUrl: client.url })).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('not the Votel API'),
	});
});

it('the example writes to the filtered leads and takes the branch of success', async () => {
	const { id } = await importExample(EXAMPLE, client, connections().sandbox.vendors);
	try {
		const execution = await client.runWorkflow(id);
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Write to Leads').map(({ json }) => json)).toMatchObject([
			{ provider: 'votel', total: 12, accepted: 12, successRatePercent: 100 },
		]);
		expect(outputOf(execution, 'Done')[0].json.note).toBe('12 of 12 leads were written to.');
		expect(outputOf(execution, 'Look Into It')).toEqual([]);
		const { messages, duplicates } = (
			await sandbox().get('/messages', { params: { vendor: 'votel' } })
		).data;
		expect(messages).toHaveLength(12);
		expect(duplicates).toEqual([]);
		expect(messages[0].request.bulk_settings.filters.conditions[0].conditions).toHaveLength(2);
	} finally {
		await client.deleteWorkflow(id);
	}
});
