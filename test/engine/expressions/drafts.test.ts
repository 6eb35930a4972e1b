import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Drafts } from '../../../nodes/delivery/run/drafts';
import { parametersOfOneItem } from '../../../nodes/delivery/run/parameterSource';
import { stored } from '../support/n8n';
import { type Case, cases } from './cases';
import { Desk, outcomeOf } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});

/** As n8n keeps them: made by Node's realm. */
const asItems = (items: IDataObject[]): INodeExecutionData[] =>
	stored(items).map((json, item) => ({ json, pairedItem: { item } }));

/** The fields of an item as n8n itself gives them. */
function byN8n(context: IExecuteFunctions, fields: IDataObject, itemIndex: number) {
	return Object.fromEntries(
		Object.keys(fields).map((name) => [
			name,
			context.getNodeParameter(name, itemIndex, undefined, { extractValue: name === 'channel' }),
		]),
	);
}

function byDrafts(drafts: Drafts, itemIndex: number): IDataObject {
	const { workflowTimezone, ...fields } = drafts.draft(itemIndex, {});
	expect(workflowTimezone).toBe('Europe/Berlin');
	return fields;
}

function compare({ fields, items }: Case): void {
	const context = desk.items(stored(fields), asItems(items));
	const drafts = new Drafts(context, [], false);
	items.forEach((_, index) => {
		const theirs = outcomeOf(() => byN8n(context, fields, index));
		expect(outcomeOf(() => byDrafts(drafts, index))).toBe(theirs);
	});
}

describe("drafts beside n8n's evaluator", () => {
	it('nobody can tell them apart', () => {
		fc.assert(fc.property(cases, compare), { numRuns: 2500 });
	});

	it('nor with the engine that n8n isolates', async () => {
		await desk.withEngine('quickjs', () => {
			fc.assert(fc.property(cases, compare), { numRuns: 100 });
		});
	});
});
