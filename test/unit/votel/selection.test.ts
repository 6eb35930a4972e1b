import type { IDataObject } from 'n8n-workflow';

import { buildSelection, meantCriteria } from '../../../nodes/Votel/leads/selection';

const id = '550e8400-e29b-41d4-a716-446655440001';
const json = (conditions: unknown) => ({
	filtersBy: 'json',
	filtersJson: { conditions } as IDataObject,
});
const city = { field: 'city', operator: 'contains', value: 'Berlin' };

describe('a selection of leads', () => {
	it.each<[string, IDataObject, IDataObject]>([
		[
			'takes a lead from its picker',
			{ leads: { entries: [{ leadId: { value: id } }] } },
			{ lead_ids: [id] },
		],
		[
			'takes a picked lead that an expression gave',
			{ leads: { entries: [{ leadId: id }] } },
			{ lead_ids: [id] },
		],
		['names a lead once', { leadIds: [id, id] }, { lead_ids: [id] }],
		['keeps a keyword as it is', { searchKeyword: 'a, b ' }, { search_keyword: 'a, b ' }],
		['takes assignees by lines', { assignees: 'u1\nu2' }, { assignees: ['u1', 'u2'] }],
		[
			'takes conditions without a group in raw filters',
			json([city]),
			{ filters: { conditions: [city] } },
		],
		[
			'keeps whatever else raw filters say',
			json([{ match: 'any', conditions: [city] }]),
			{ filters: { conditions: [{ match: 'any', conditions: [city] }] } },
		],
		[
			'leaves filters alone that are not chosen',
			{ searchKeyword: 'a', filtersBy: 'none', filterGroups: {}, filtersJson: '{' },
			{ search_keyword: 'a' },
		],
	])('%s', (_name, draft, selection) => {
		expect(buildSelection(draft)).toEqual(selection);
	});

	it.each<[string, IDataObject, string[]]>([
		['nothing at all', {}, []],
		['an empty list', { leadIds: [], searchKeyword: 'a' }, []],
		['a list of blanks', { assignees: [' ', ''], searchKeyword: 'a' }, []],
		['a criterion that was meant', { leadIds: '', searchKeyword: 'a' }, ['leadIds']],
		['one empty group among others', json([{ conditions: [city] }, { conditions: [] }]), []],
		['a condition without a field', json([{ conditions: [{ value: 'x' }] }]), []],
		['conditions that are none', json(['all']), []],
	])('is refused for %s', (_name, draft, meant) => {
		expect(() => buildSelection(draft, meant)).toThrow(/is empty|has no condition/);
	});

	it('knows which criteria were meant', () => {
		const parameters = {
			leadIds: '={{ [] }}',
			searchKeyword: 'a',
			assignees: '',
			text: '={{ 1 }}',
		};
		expect(meantCriteria(parameters)).toEqual(['leadIds']);
	});
});
