import type { INodeProperties, INodePropertyModeValidation } from 'n8n-workflow';

import { UUID_IN_WORDS } from '../input/id';

interface IdShape {
	regex: string;
	errorMessage: string;
}

interface Picker {
	displayName: string;
	name: string;
	description: string;
	/** The node's listSearch method that fills the list. */
	searchMethod: string;
	searchable?: boolean;
	/** What the mode is called in which a value is entered by hand. */
	idName?: string;
	idPlaceholder: string;
	/** A shape that the ID must have, and what to say if it has not. */
	idShape?: IdShape;
	required?: boolean;
}

const UUID_PATTERN = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** The shape of IDs that are UUIDs. */
export const uuidShape = {
	regex: `^\\s*${UUID_PATTERN}\\s*$`,
	errorMessage: `Not a valid ID. ${UUID_IN_WORDS}`,
};

/** A resource locator: pick from a list, or enter the ID. */
export function picker({
	displayName,
	name,
	description,
	searchMethod,
	searchable = true,
	idName = 'By ID',
	idPlaceholder,
	idShape,
	required = true,
}: Picker): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: searchMethod, searchable },
			},
			{
				displayName: idName,
				name: 'id',
				type: 'string',
				placeholder: idPlaceholder,
				...(idShape ? { validation: [validation(idShape, required)] } : {}),
			},
		],
	};
}

/** What need not be chosen may also be left empty. */
function validation(
	{ regex, errorMessage }: IdShape,
	required: boolean,
): INodePropertyModeValidation {
	const properties = { regex: required ? regex : `^\\s*$|${regex}`, errorMessage };
	return { type: 'regex', properties };
}
