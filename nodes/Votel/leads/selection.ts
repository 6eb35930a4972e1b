import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../input/draft';
import { picker, uuidShape } from '../../fields/picker';
import { InvalidInput } from '../../input/invalidInput';
import { isBlank } from '../../input/blank';
import { isPlainObject } from '../../input/json';
import { requireText } from '../../input/text';
import { requireId, requireUuid } from '../../input/id';
import { toList } from '../../input/list';
import { buildFilters, filterFields } from './filters';

/** Which leads get a bulk. Source: api/send-message-api-messaging-send-post, bulk_settings. */
export const selectionFields: INodeProperties[] = [
	{
		displayName:
			'Votel chooses the leads and sends all of them the same message. Criteria combine; at least one is needed. There is one request for each input item, and items that make the same request share one.',
		name: 'leadsNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Leads',
		name: 'leads',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Lead',
		options: [
			{
				displayName: 'Lead',
				name: 'entries',
				values: [
					picker({
						displayName: 'Lead',
						name: 'leadId',
						description: 'A lead that gets the message',
						searchMethod: 'searchLeads',
						idPlaceholder: 'e.g. 550e8400-e29b-41d4-a716-446655440001',
						idShape: uuidShape,
					}),
				],
			},
		],
	},
	{
		displayName: 'Lead IDs',
		name: 'leadIds',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440001',
		description:
			'IDs separated by commas or lines, or an expression that gives a list. To send to the leads of all input items at once, make one list of them with $input.all().',
	},
	{
		displayName: 'Search Keyword',
		name: 'searchKeyword',
		type: 'string',
		default: '',
		placeholder: 'e.g. enterprise customers',
		description: 'Votel looks for it in name, email, company and phone',
	},
	{
		displayName: 'Assignees',
		name: 'assignees',
		type: 'string',
		default: '',
		placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440007',
		description:
			'IDs of the users to whom the leads are assigned, separated by commas, or an expression that gives a list',
	},
	...filterFields,
];

/** The criteria by the parameter that holds them, and what the editor calls it. */
const CRITERIA: Record<string, string> = {
	leadIds: 'Lead IDs',
	searchKeyword: 'Search Keyword',
	assignees: 'Assignees',
};

/** The criteria that the user gave by an expression, so that they must not come out empty. */
export function meantCriteria(parameters: IDataObject): string[] {
	return Object.keys(CRITERIA).filter((name) => String(parameters[name] ?? '').startsWith('='));
}

/**
 * Which leads a draft selects. What is undocumented is taken for the worst: that a selection
 * without a criterion means everyone, and that dropping an empty one means more than was meant.
 *
 * @param meant parameters that the user has filled in, whatever they came to
 * @throws InvalidInput for a selection, or a criterion that was meant, without anything in it
 */
export function buildSelection(draft: Draft, meant: string[] = []): IDataObject {
	for (const [name, label] of Object.entries(CRITERIA)) {
		const value: unknown = draft[name];
		if (toList(value, label).length === 0 && (meant.includes(name) || !isBlank(value))) {
			throw new InvalidInput(
				label,
				'is empty',
				'Without it the message would go to more leads than you meant. Check the expression, or clear the field.',
			);
		}
	}
	const leadIds = [...new Set([...pickedLeads(draft.leads), ...listedLeads(draft.leadIds)])];
	const assignees = toList(draft.assignees, 'Assignees').map((id) => requireId('Assignees', id));
	const filters = buildFilters(draft);
	const selection: IDataObject = {
		...(leadIds.length > 0 ? { lead_ids: leadIds } : {}),
		...(isBlank(draft.searchKeyword)
			? {}
			: { search_keyword: requireText('Search Keyword', draft.searchKeyword) }),
		...(assignees.length > 0 ? { assignees } : {}),
		...(filters ? { filters } : {}),
	};
	if (Object.keys(selection).length > 0) return selection;
	throw new InvalidInput(
		'The selection of leads',
		'is empty',
		'Fill in Leads, Lead IDs, Search Keyword, Assignees or Filters. Without any of them Votel might send to everyone.',
	);
}

/**
 * The leads of a selection, one by one.
 *
 * @throws InvalidInput for a selection of which Votel alone knows whom it finds
 */
export function leadsOf({ lead_ids: ids, ...others }: IDataObject): string[][] {
	if (Object.keys(others).length === 0) return (ids as string[]).map((id) => [id]);
	throw new InvalidInput(
		'Suppression List',
		'cannot be held against leads that Votel chooses',
		'Nothing was sent. Choose them by Lead IDs alone, or send to input items.',
	);
}

/** A selection by IDs, without some of them. */
export function withoutLeads(
	{ lead_ids: ids }: IDataObject,
	left: ReadonlySet<string>,
): IDataObject {
	return { lead_ids: (ids as string[]).filter((id) => !left.has(id)) };
}

function pickedLeads(value: unknown): string[] {
	const entries = isPlainObject(value) && Array.isArray(value.entries) ? value.entries : [];
	return (entries as IDataObject[]).map(({ leadId }) =>
		// n8n takes the ID out of a resource locator only where it does not stand in a collection.
		requireUuid(
			'Leads',
			isPlainObject(leadId) ? leadId.value : leadId,
			'Pick a lead in every entry, or remove the entry.',
		),
	);
}

function listedLeads(value: unknown): string[] {
	return toList(value, 'Lead IDs').map((id) =>
		requireUuid('Lead IDs', id, 'Enter the IDs that Votel gives to leads, separated by commas.'),
	);
}
