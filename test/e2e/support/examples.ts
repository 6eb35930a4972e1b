import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/root.mjs';
import { importExample } from '../../../scripts/start/import.mjs';
import { connections, type N8nClient } from './n8n';

const EXAMPLES = join(ROOT, 'examples');

/** The examples that somebody runs by hand. */
export const examples = readdirSync(EXAMPLES)
	.filter((file) => file.endsWith('.json'))
	.filter((file) => readFileSync(join(EXAMPLES, file), 'utf8').includes('.manualTrigger"'));

/** Imports an example, runs it to its end and expects that all went well. */
export async function expectToRun(file: string, client: N8nClient): Promise<void> {
	const { id } = await importExample(join(EXAMPLES, file), client, connections().sandbox.vendors);
	try {
		const execution = await client.runWorkflow(id);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
	} finally {
		await client.deleteWorkflow(id);
	}
}
