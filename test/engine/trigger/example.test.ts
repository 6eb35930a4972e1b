import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { type Engine, loadEngine, type WorkflowJson } from '../support/engine';

/** n8n's Remove Duplicates, which remembers values in n8n's database. */
function removeDuplicates(): INodeType {
	const seen = new Set<unknown>();
	return {
		description: {
			name: 'removeDuplicates',
			displayName: 'Remove Duplicates',
			group: ['transform'],
			version: 2,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			properties: [
				{ displayName: 'Value', name: 'dedupeValue', type: 'string', default: '' },
				{ displayName: 'Operation', name: 'operation', type: 'string', default: '' },
			],
		},
		async execute(this: IExecuteFunctions) {
			expect(this.getNodeParameter('operation', 0)).toBe('removeItemsSeenInPreviousExecutions');
			const isNew = (index: number) => {
				const value = this.getNodeParameter('dedupeValue', index);
				const known = seen.has(value);
				seen.add(value);
				return !known;
			};
			return [this.getInputData().filter((_, index) => isNew(index))];
		},
	};
}

let engine: Engine;
beforeAll(async () => {
	engine = await loadEngine({
		nodeTypes: { 'n8n-nodes-base.removeDuplicates': removeDuplicates() },
	});
});

const file = join(__dirname, '../../../examples/send-then-branch-on-status.json');
const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;

it('branches once for each event', async () => {
	const run = async (status: string) => {
		const event = {
			eventId: `m1:${status}`,
			status,
			reference: 'order-1042',
			recipient: '+31612345601',
		};
		return await engine.run({
			workflow,
			startNode: 'Message Ended',
			items: [
				{
					json: { ...event, occurredAt: '2026-01-01T10:00:00.000Z', reason: 'unknown subscriber' },
				},
			],
		});
	};
	const delivered = await run('delivered');
	expect(delivered.of('Close the Order')[0]).toMatchObject([
		{ json: { note: 'order-1042 reached +31612345601 at 2026-01-01T10:00:00.000Z.' } },
	]);
	expect(delivered.of('Call Instead')).toEqual([]);
	for (const status of ['failed', 'rejected']) {
		const failed = await run(status);
		expect(failed.of('Call Instead')[0]).toMatchObject([
			{ json: { note: 'order-1042 did not reach +31612345601: unknown subscriber' } },
		]);
		expect(failed.of('Close the Order')).toEqual([]);
	}
	const again = await run('delivered');
	expect(again.of('Close the Order')).toEqual([]);
});
