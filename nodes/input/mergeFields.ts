import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isBlank } from './blank';
import { fieldOf } from './field';
import { InvalidInput } from './invalidInput';
import { isBare, isPlainObject } from './json';
import { pathsIn } from './paths';
import { optionalText } from './text';

/** [[name]], [[{name}]], or \[[ for brackets that are only that. */
const MERGE_FIELD = /\\\[\[|\[\[\s*([^[\]]+?)\s*\]\]/g;
const RAW = /^\{\s*(.*?)\s*\}$/;
const HTML_ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export interface MergeOptions {
	/** The name of the parameter that is merged. */
	name?: string;
	/** The names of the parameters, at any depth, that hold HTML. */
	html?: readonly string[];
}

/**
 * Fills in the merge fields of everything a user entered, however deep. What an expression took
 * from the item stays as it is: double brackets in somebody's data are only that.
 *
 * A value is escaped where it stands in JSON or in HTML. [[{name}]] puts it in as it is, and \[[
 * stands for two brackets.
 *
 * @param raw the same before its expressions, which start with =, were evaluated
 * @throws InvalidInput for a field that the item does not have, has empty, or that is no text
 */
export function merge(
	value: IDataObject[string],
	json: IDataObject,
	raw?: unknown,
	options: MergeOptions = {},
): IDataObject[string] {
	if (typeof raw === 'string' && raw.startsWith('=')) return value;
	if (typeof value === 'string') {
		return value.includes('[[') ? fill(value, json, escapeFor(value, options)) : value;
	}
	if (Array.isArray(value)) {
		const raws: unknown[] = Array.isArray(raw) ? raw : [];
		return value.map((entry, index) =>
			merge(entry as GenericValue, json, raws[index], options),
		) as IDataObject[];
	}
	if (!isPlainObject(value) || !isBare(value)) return value;
	const raws = isPlainObject(raw) ? raw : {};
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name,
			merge(entry, json, raws[name], { ...options, name }),
		]),
	);
}

type Escape = (text: string) => string;

function fill(text: string, json: IDataObject, escape: Escape): string {
	return text.replace(MERGE_FIELD, (whole, name: string | undefined) => {
		if (name === undefined) return '[[';
		const raw = RAW.exec(name)?.[1];
		const filled = valueOf(whole, json, raw ?? name);
		return raw === undefined ? escape(filled) : filled;
	});
}

function valueOf(whole: string, json: IDataObject, name: string): string {
	const label = `Merge field ${whole}`;
	const value = fieldOf(json, name);
	if (isBlank(value)) {
		throw new InvalidInput(
			label,
			'is empty for this item',
			'Give the item the field, or take it out of the message.',
		);
	}
	const paths = isPlainObject(value) || Array.isArray(value) ? pathsIn(value) : [];
	if (paths.length === 0) return optionalText(label, value) ?? '';
	throw new InvalidInput(
		label,
		Array.isArray(value) ? 'is not text but a list' : 'is not text but an object',
		`Use one of its values: ${paths.map((path) => `[[${name}.${path}]]`).join(', ')}.`,
	);
}

function escapeFor(text: string, { name, html = [] }: MergeOptions): Escape {
	if (name !== undefined && html.includes(name)) return escapeForHtml;
	return holdsJson(text) ? escapeForJson : (plain) => plain;
}

/** Whether a text is a JSON field's, where a quotation mark in a merged name would end the string. */
function holdsJson(text: string): boolean {
	if (!/^\s*[{[]/.test(text)) return false;
	try {
		JSON.parse(text.replaceAll('\\[[', '[['));
		return true;
	} catch {
		return false;
	}
}

function escapeForJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

function escapeForHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => HTML_ENTITIES[character]);
}
