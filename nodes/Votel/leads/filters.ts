import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../input/draft';
import { showFor } from '../../fields/show';
import { isBlank } from '../../input/blank';
import { requireId } from '../../input/id';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject, requireJsonObject } from '../../input/json';
import { requireList } from '../../input/list';
import { requireText } from '../../input/text';

const conditionFields: INodeProperties[] = [
	{
		displayName: 'Field Name or ID',
		name: 'field',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getLeadFields' },
		default: '',
		description:
			'The field of the lead. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'string',
		default: 'contains',
		placeholder: 'e.g. contains',
		description:
			'The one that Votel documents is "contains". Whatever else you enter is passed on as it is.',
	},
	{
		displayName: 'Value Is',
		name: 'valueIs',
		type: 'options',
		options: [
			{ name: 'List', value: 'list', description: 'For fields that hold several, such as tags' },
			{ name: 'Text', value: 'text' },
		],
		default: 'text',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. VIP',
		description:
			'A list is separated by commas or lines, or comes from an expression that gives one',
	},
	{
		displayName: 'ID',
		name: 'id',
		type: 'string',
		default: '',
		placeholder: 'e.g. cond-1',
		description: 'A name of your own for the condition. Leave it empty to have one made.',
	},
];

/** Which leads, by their fields. Source: api/send-message-api-messaging-send-post. */
export const filterFields: INodeProperties[] = [
	{
		displayName: 'Filters',
		name: 'filtersBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Built Here', value: 'groups', description: 'Groups of conditions' },
			{ name: 'JSON', value: 'json', description: 'As Votel documents them' },
			{ name: 'None', value: 'none' },
		],
		default: 'none',
	},
	...showFor({ filtersBy: ['groups'] }, [
		{
			displayName: 'Filter Groups',
			name: 'filterGroups',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Group',
			description:
				'Votel does not document whether a lead must meet all of them, so try them on a few leads first',
			options: [
				{
					displayName: 'Group',
					name: 'groups',
					values: [
						{
							displayName: 'Conditions',
							name: 'conditions',
							type: 'fixedCollection',
							typeOptions: { multipleValues: true },
							default: {},
							placeholder: 'Add Condition',
							options: [{ displayName: 'Condition', name: 'conditions', values: conditionFields }],
						},
						{
							displayName: 'ID',
							name: 'id',
							type: 'string',
							default: '',
							placeholder: 'e.g. group-1',
							description: 'A name of your own for the group. Leave it empty to have one made.',
						},
					],
				},
			],
		},
	]),
	...showFor({ filtersBy: ['json'] }, [
		{
			displayName: 'Filters (JSON)',
			name: 'filtersJson',
			type: 'json',
			typeOptions: { rows: 6 },
			default:
				'{\n  "conditions": [\n    {\n      "id": "group-1",\n      "conditions": [\n        { "id": "cond-1", "field": "first_name", "operator": "contains", "value": "st" }\n      ]\n    }\n  ]\n}',
			required: true,
			description: 'Groups of conditions, which Votel takes as they are',
		},
	]),
];

/**
 * @returns undefined when no filters are wanted
 * @throws InvalidInput naming what is missing: an empty filter could mean everyone
 */
export function buildFilters(draft: Draft): IDataObject | undefined {
	switch (draft.filtersBy) {
		case 'groups':
			return fromGroups(draft.filterGroups);
		case 'json':
			return fromJson(draft.filtersJson);
		default:
			return undefined;
	}
}

function fromGroups(value: unknown): IDataObject {
	let made = 0;
	const groups = entriesOf(value, 'groups').map((group, index) => {
		const place = `Filter Groups group ${index + 1}`;
		const conditions = entriesOf(group.conditions, 'conditions');
		if (conditions.length === 0) {
			throw new InvalidInput(place, 'has no condition', 'Add a condition, or remove the group.');
		}
		return {
			id: ownOr(`${place} ID`, group.id, `group-${index + 1}`),
			conditions: conditions.map((condition, at) =>
				fromCondition(condition, `${place} condition ${at + 1}`, `cond-${++made}`),
			),
		};
	});
	if (groups.length > 0) return { conditions: groups };
	throw new InvalidInput('Filter Groups', 'is empty', 'Add a group, or set Filters to None.');
}

function fromCondition(condition: IDataObject, place: string, madeId: string): IDataObject {
	const { field, operator, value, valueIs, id } = condition;
	const list = valueIs === 'list' || Array.isArray(value);
	return {
		id: ownOr(`${place} ID`, id, madeId),
		field: requireId(`${place} Field`, field, 'Choose a field of the lead.'),
		operator: requireId(
			`${place} Operator`,
			operator === undefined ? 'contains' : operator,
			'Enter one, such as contains.',
		),
		value: list
			? requireList(`${place} Value`, value, 'Enter what to look for.')
			: requireText(`${place} Value`, value, 'Enter what to look for.'),
	};
}

function fromJson(value: unknown): IDataObject {
	const filters = requireJsonObject('Filters (JSON)', value);
	if (narrows(filters)) return filters;
	throw new InvalidInput(
		'Filters (JSON)',
		'has no condition, or a group without one',
		'Give it a list "conditions" of groups, each with a list "conditions" of its own.',
	);
}

/** Whether there is a condition in every list of conditions, however deep. */
function narrows({ conditions }: IDataObject): boolean {
	return (
		Array.isArray(conditions) &&
		conditions.length > 0 &&
		(conditions as unknown[]).every(
			(one) =>
				isPlainObject(one) && (one.conditions === undefined ? isCondition(one) : narrows(one)),
		)
	);
}

function isCondition({ field }: IDataObject): boolean {
	return !isBlank(field);
}

function entriesOf(value: unknown, name: string): IDataObject[] {
	const entries = isPlainObject(value) ? value[name] : undefined;
	return Array.isArray(entries) ? (entries as IDataObject[]) : [];
}

function ownOr(field: string, own: unknown, made: string): string {
	return isBlank(own) ? made : requireId(field, own);
}
