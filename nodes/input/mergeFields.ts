import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { isPlainObject } from './json';

const MERGE_FIELD = /\[\[\s*([^[\]]+?)\s*\]\]/g;

/** A field of an item by its name, or by the way to it: address.city. */
export function fieldOf(json: IDataObject, name: string): unknown {
	if (Object.hasOwn(json, name)) return json[name];
	return name
		.split('.')
		.reduce<unknown>(
			(value, part) =>
				isPlainObject(value) && Object.hasOwn(value, part) ? value[part] : undefined,
			json,
		);
}

/**
 * Fills in the merge fields of everything a user entered, however deep. What an expression took
 * from the item stays as it is: double brackets in somebody's data are only that.
 *
 * @param raw the same before its expressions, which start with =, were evaluated
 * @throws InvalidInput for a field that the item does not have, or has empty
 */
export function merge(
	value: IDataObject[string],
	json: IDataObject,
	raw?: unknown,
): IDataObject[string] {
	if (typeof raw === 'string' && raw.startsWith('=')) return value;
	if (typeof value === 'string') {
		if (!value.includes('[[')) return value;
		const isJson = holdsJson(value);
		return value.replace(MERGE_FIELD, (_whole, name: string) => {
			const filled = fieldOf(json, name);
			if (!isBlank(filled)) return isJson ? escapeForJson(String(filled)) : String(filled);
			throw new InvalidInput(
				`Merge field [[${name}]]`,
				'is empty for this item',
				'Give the item the field, or take it out of the message.',
			);
		});
	}
	if (Array.isArray(value)) {
		const raws: unknown[] = Array.isArray(raw) ? raw : [];
		return value.map((entry, index) =>
			merge(entry as GenericValue, json, raws[index]),
		) as IDataObject[];
	}
	if (!isPlainObject(value)) return value;
	const raws = isPlainObject(raw) ? raw : {};
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, merge(entry, json, raws[key])]),
	);
}

/** Whether a text is a JSON field's, where a quotation mark in a merged name would end the string. */
function holdsJson(text: string): boolean {
	if (!/^\s*[{[]/.test(text)) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function escapeForJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}
