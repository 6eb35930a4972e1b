import type { IDataObject } from 'n8n-workflow';

import { isBlank } from '../../input/blank';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { ofFieldId } from './fieldId';

/**
 * The values that were entered in the fields that the editor laid out for a template.
 *
 * @param isOwn whether they are the fields of the template that is sent. Where the template is an
 *   expression, those of the one that was chosen before are still there.
 * @returns what was filled in, by the ID of its field
 * @throws InvalidInput for a parameter that is empty, or is none of the template's
 */
export function laidOutValues(
	parameterFields: unknown,
	isOwn: boolean,
): Array<{ id: string; value: unknown }> {
	const { values, fields } = entered(parameterFields);
	const shown = fields.filter(({ removed }) => removed !== true);
	const isEmpty = (id: string) => {
		const field = fields.find((one) => one.id === id);
		// A switch is off before anybody has touched it; older layouts had switches.
		return isBlank(values[id]) || (values[id] === false && field?.type === 'boolean');
	};
	const missing = shown.find(({ id, required }) => required === true && isEmpty(String(id)));
	if (isOwn && missing) throw emptyParameter(missing);
	const filled = Object.keys(values).filter(
		(id) => !isEmpty(id) && !fields.some((field) => field.id === id && field.removed === true),
	);
	const unknown = filled.find((id) => !shown.some((field) => field.id === id));
	if (isOwn && fields.length > 0 && unknown !== undefined) throw unknownParameter(unknown);
	return filled.map((id) => ({ id, value: values[id] }));
}

function entered(parameterFields: unknown): { values: IDataObject; fields: IDataObject[] } {
	const { value, schema } = isPlainObject(parameterFields) ? parameterFields : {};
	return {
		values: isPlainObject(value) ? value : {},
		fields: Array.isArray(schema) ? (schema as unknown[]).filter(isPlainObject) : [],
	};
}

function emptyParameter({ id }: IDataObject): InvalidInput {
	return new InvalidInput(
		`Parameter ${ofFieldId(String(id)).key}`,
		'is empty',
		'Enter a value: the template cannot be sent without it.',
	);
}

function unknownParameter(id: string): InvalidInput {
	return new InvalidInput(
		`Parameter ${ofFieldId(id).key}`,
		'is not part of the template',
		'Take it out, or close this node and open it again, which lays out the parameters anew.',
	);
}
