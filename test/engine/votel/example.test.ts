import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Engine, loadEngine, type WorkflowJson } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';

const FILE = join(__dirname, '../../../examples/votel-filter-leads-send-branch.json');

let engine: Engine;
let sandbox: VendorSandbox;
let example: WorkflowJson;
beforeAll(async () => {
	engine = await loadEngine();
	sandbox = await openSandbox('votel');
});
beforeEach(async () => {
	await sandbox.vendor.reset();
	example = JSON.parse(await readFile(FILE, 'utf8'));
});
afterAll(async () => await sandbox.close());

const run = async () =>
	await engine.run({
		workflow: example,
		credentials: sandbox.credentials,
		watch: 'Write to Leads',
	});

it('writes to the leads that the filters find', async () => {
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(result.json[0]).toMatchObject([{ total: 12, accepted: 12, successRatePercent: 100 }]);
	expect(await sandbox.vendor.messages()).toHaveLength(12);
	expect(result.of('Done')[0].map(({ json }) => json)).toEqual([
		{ note: '12 of 12 leads were written to.' },
	]);
	expect(result.of('Look Into It')).toEqual([]);
});

it('takes the other branch when too few could be reached', async () => {
	const node = example.nodes.find(({ name }) => name === 'Write to Leads');
	Object.assign(node?.parameters ?? {}, { filtersBy: 'none', searchKeyword: 'refused@' });
	const result = await run();
	expect(result.json[0]).toMatchObject([{ total: 1, accepted: 0, successRatePercent: 0 }]);
	expect(result.of('Done')).toEqual([]);
	expect(result.of('Look Into It')[0][0].json.note).toContain('Only 0 of 1 leads');
});
