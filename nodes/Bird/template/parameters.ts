import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isBlank } from '../../input/blank';
import { requireChoice } from '../../input/choice';
import { requireId } from '../../input/id';
import { isPlainObject, requireJsonObject } from '../../input/json';
import { requireNumber } from '../../input/number';
import { shown } from '../../input/shown';
import { requireText } from '../../input/text';
import { PARAMETER_TYPES } from './fields';

const KNOWN_TYPES = PARAMETER_TYPES.map(({ value }) => value);

/**
 * The typed parameters that a user entered for a template.
 *
 * @throws InvalidInput naming the parameter that cannot be sent
 */
export function buildParameters(draft: IDataObject): IDataObject[] {
	switch (draft.parametersFrom) {
		case 'list':
			return listed(draft.parameterList);
		case 'json':
			return fromJson(draft.parametersJson);
		default:
			return laidOut(draft.parameterFields);
	}
}

function listed(collection: unknown): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.parameter : undefined;
	if (!Array.isArray(entries)) return [];
	return (entries as IDataObject[]).map((entry, index) => {
		const field = `Parameters ${index + 1}`;
		const key = requireId(`${field} Key`, entry.key, 'Enter the name of the variable.');
		const type = requireChoice(`${field} Type`, entry.type ?? 'string', KNOWN_TYPES);
		if (type === 'string' || type === 'number') return parameter(field, type, key, entry.value);
		return parameter(field, type, key, type === 'boolean' ? entry.isTrue : entry.json);
	});
}

/** An object of keys and values, or the list itself. */
function fromJson(json: unknown): IDataObject[] {
	if (isBlank(json)) return [];
	const field = 'Parameters (JSON)';
	const list = Array.isArray(json) ? json : parsedList(json);
	if (list === undefined) {
		return Object.entries(requireJsonObject(field, json)).map(([key, value]) =>
			parameter(`${field} ${key}`, typeOf(value), key, value),
		);
	}
	return list.map((entry: unknown, index) => {
		const place = `${field} ${index + 1}`;
		const { type, key, value } = requireJsonObject(place, entry);
		const name = requireId(`${place} key`, key, 'Give it the name of the variable.');
		const kind = requireChoice(`${place} Type`, type ?? typeOf(value), KNOWN_TYPES);
		return parameter(place, kind, name, value);
	});
}

function parsedList(json: unknown): unknown[] | undefined {
	if (typeof json !== 'string' || !json.trim().startsWith('[')) return undefined;
	try {
		const list: unknown = JSON.parse(json);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}

function typeOf(value: unknown): string {
	if (typeof value === 'number' || typeof value === 'boolean') return typeof value;
	return isPlainObject(value) ? 'object' : 'string';
}

/** The fields that the editor laid out. Their IDs carry the type, which n8n's own types do not. */
function laidOut(fields: unknown): IDataObject[] {
	const values = isPlainObject(fields) && isPlainObject(fields.value) ? fields.value : {};
	return Object.entries(values)
		.filter(([, value]) => !isBlank(value))
		.map(([id, value]) => {
			const { type, key } = ofFieldId(id);
			return parameter(`Parameters ${key}`, type, key, value);
		});
}

export function toFieldId(type: string, key: string): string {
	return `${type}:${key}`;
}

function ofFieldId(id: string): { type: string; key: string } {
	const [type, ...rest] = id.split(':');
	return rest.length > 0 && KNOWN_TYPES.includes(type)
		? { type, key: rest.join(':') }
		: { type: 'string', key: id };
}

function parameter(field: string, type: string, key: string, value: unknown): IDataObject {
	switch (type) {
		case 'string':
			return { type, key, value: requireText(`${field} Value`, value, 'Enter a value.') };
		case 'number':
			return {
				type,
				key,
				// Of a number that has lost digits there is no text.
				value: requireNumber(`${field} Value`, requireText(`${field} Value`, value)),
			};
		case 'boolean':
			return { type, key, value: requireBoolean(`${field} Value`, value) };
		default:
			if (KNOWN_TYPES.includes(type)) {
				return { type, key, value: requireJsonObject(`${field} Value (JSON)`, value) };
			}
			throw new InvalidInput(
				`${field} Type`,
				`"${type}" is unknown`,
				`Use ${KNOWN_TYPES.join(', ')}.`,
			);
	}
}

function requireBoolean(field: string, value: unknown): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InvalidInput(field, `${shown(value)} is not true or false`, 'Use either.');
}
