import type { IDataObject } from 'n8n-workflow';

import { isBlank } from '../../input/blank';
import { InvalidInput } from '../../input/invalidInput';
import { requireId } from '../../input/id';
import { isPlainObject, requireJsonObject } from '../../input/json';
import { requireNumber } from '../../input/number';
import { shown } from '../../input/shown';
import { requireText } from '../../input/text';
import { KNOWN_TYPES, ofFieldId } from './fieldId';
import { laidOutValues } from './laidOut';

const SIMPLE_TYPES = ['boolean', 'number', 'string'];

/**
 * The typed parameters that a user entered for a template.
 *
 * @param isChosen whether the fields that the editor laid out are those of the template that is sent
 * @throws InvalidInput naming the parameter that cannot be sent
 */
export function buildParameters(draft: IDataObject, isChosen: boolean): IDataObject[] {
	switch (draft.parametersFrom) {
		case 'list':
			return listed(draft.parameterList);
		case 'json':
			return fromJson(draft.parametersJson);
		default:
			return laidOutValues(draft.parameterFields, isChosen).map(({ id, value }) => {
				const { type, key } = ofFieldId(id);
				return parameter(named(key), type, key, value);
			});
	}
}

/** What the editor calls the parts of a parameter. */
interface Labels {
	value: string;
	type: string;
}

const numbered = (index: number, value = 'Value'): Labels => ({
	value: `Parameter ${index + 1}: ${value}`,
	type: `Parameter ${index + 1}: Type`,
});

const named = (key: string): Labels => ({
	value: `Parameter ${key}`,
	type: `Parameter ${key}: Type`,
});

function listed(collection: unknown): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.parameter : undefined;
	if (!Array.isArray(entries)) return [];
	return (entries as IDataObject[]).map((entry, index) => {
		const { key: name, isTrue, value, json } = entry;
		const key = requireId(`Parameter ${index + 1}: Key`, name, 'Enter the name of the variable.');
		const type = String(entry.type ?? 'string');
		if (!SIMPLE_TYPES.includes(type)) {
			return parameter(numbered(index, 'Value (JSON)'), type, key, json);
		}
		return parameter(numbered(index), type, key, type === 'boolean' ? isTrue : value);
	});
}

/** An object of keys and values, or the list itself. */
function fromJson(json: unknown): IDataObject[] {
	if (isBlank(json)) return [];
	const list = Array.isArray(json) ? (json as unknown[]) : parsedList(json);
	if (list === undefined) {
		return Object.entries(requireJsonObject('Parameters (JSON)', json)).map(([key, value]) =>
			parameter(named(key), typeOf(value), key, value),
		);
	}
	return list.map((entry, index) => {
		const at = `Parameter ${index + 1}`;
		const { type, key, value } = requireJsonObject(`${at} of Parameters (JSON)`, entry);
		const name = requireId(`${at}: key`, key, 'Give it the name of the variable.');
		return parameter(numbered(index, 'value'), String(type ?? typeOf(value)), name, value);
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

function parameter(labels: Labels, type: string, key: string, value: unknown): IDataObject {
	switch (type) {
		case 'string':
			return { type, key, value: requireText(labels.value, value, 'Enter a value.') };
		case 'number':
			return { type, key, value: requireExactNumber(labels.value, value) };
		case 'boolean':
			return { type, key, value: requireBoolean(labels.value, value) };
		default:
			if (KNOWN_TYPES.includes(type)) {
				return { type, key, value: requireJsonObject(labels.value, value) };
			}
			throw new InvalidInput(labels.type, `"${type}" is unknown`, `Use ${KNOWN_TYPES.join(', ')}.`);
	}
}

/** Longer numbers lose their last digits on the way. */
function requireExactNumber(field: string, value: unknown): number {
	const number = requireNumber(field, value);
	if (!Number.isInteger(number) || Number.isSafeInteger(number)) return number;
	throw new InvalidInput(
		field,
		`${shown(value)} is a number too long to be exact`,
		'Choose the type String for it, and give it as text where it comes from.',
	);
}

function requireBoolean(field: string, value: unknown): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InvalidInput(field, `${shown(value)} is not true or false`, 'Use either.');
}
