import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEngine, type Engine, type RunResult } from '../support/engine';
import { withSent, type SentBench } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

async function runExample(sent: SentBench, name: string): Promise<RunResult> {
	const file = join(__dirname, `../../../examples/${name}.json`);
	const workflow = JSON.parse(await readFile(file, 'utf8'));
	return await engine.run({ workflow, credentials: sent.credentials() });
}

it('the example confirms orders, and does not confirm them again', async () => {
	await withSent(engine, async (sent) => {
		const run = await runExample(sent, 'sent-confirm-orders');
		expect(run.error).toBeUndefined();
		expect(await sent.messages()).toMatchObject([
			{
				recipient: '+447700900101',
				content: { template: 'order_confirmation', parameters: { name: 'Ana', order_id: '1042' } },
				idempotencyKey: 'confirm-order-1042',
			},
			{ recipient: '+447700900102', idempotencyKey: 'confirm-order-1043' },
		]);
		const [looked] = run.of('Look Up Status');
		expect(looked.map(({ json }) => json)).toMatchObject([
			{ recipient: '+447700900101', text: 'Hello Ana, your order 1042 is confirmed.' },
			{ recipient: '+447700900102', text: 'Hello Ben, your order 1043 is confirmed.' },
		]);
		await runExample(sent, 'sent-confirm-orders');
		expect(await sent.messages()).toHaveLength(2);
	});
});

it('the example announces to all, and reports who cannot be reached', async () => {
	await withSent(engine, async (sent) => {
		const run = await runExample(sent, 'sent-announce-to-all');
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject([
			{ recipient: '+447700900101', status: 'queued' },
			{ recipient: '+447700900102', status: 'queued' },
			{ error: expect.stringContaining('07700 900'), details: { outcome: 'not_sent' } },
		]);
		expect(await sent.recipients()).toEqual(['+447700900101', '+447700900102']);
	});
});
