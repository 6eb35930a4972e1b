import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from './invalidInput';
import { isPlainObject } from './json';
import { shown, withoutInvisible } from './shown';
import { requireText } from './text';

const MOST_NAMES = 10;

/**
 * A field of an item by its name, or by the way to it: address.city, tags.0, tags[0],
 * customer["First Name"]. The exact name goes
 * first; else capitals and blanks around do not matter, as long as only one field is meant.
 *
 * @returns undefined when there is none, or more than one could be meant
 */
export function fieldOf(json: IDataObject, name: string): unknown {
	for (const find of [exact, alike]) {
		const key = find(json, name);
		if (key !== undefined) return json[key];
		const value = walk(json, name, find);
		if (value !== undefined) return value;
	}
	return undefined;
}

/**
 * As fieldOf, for the name that somebody entered in a field of the node.
 *
 * @param field the label of the field that holds the name
 * @returns what the item has there, which may be empty
 * @throws InvalidInput listing the fields that the item has; or saying what to do, when a value of
 *   the item was dragged into the field instead of a name
 */
export function requireField(field: string, json: IDataObject, name: unknown): unknown {
	const text = requireText(field, name, 'Enter the name of a field of the item.');
	const key = exact(json, text) ?? alike(json, text);
	if (key !== undefined) return json[key];
	const value = fieldOf(json, text);
	if (value !== undefined) return value;
	const owner = Object.keys(json).find((one) => isSame(json[one], name));
	if (owner !== undefined) {
		throw new InvalidInput(
			field,
			`is ${shown(name)}, which is the value of the field "${owner}"`,
			`Enter the name ${owner} itself, without an expression.`,
		);
	}
	throw new InvalidInput(field, `${shown(text)} is no field of this item`, whatItHas(json, text));
}

function isSame(value: unknown, name: unknown): boolean {
	return value === name || (typeof value === 'number' && String(value) === name);
}

function whatItHas(json: IDataObject, name: string): string {
	const names = Object.keys(json);
	const meant = names.filter((one) => plain(one) === plain(name));
	if (meant.length > 1) return `Write exactly one of ${meant.map(shown).join(', ')}.`;
	if (names.length === 0) return 'The item has no fields.';
	const more = names.length > MOST_NAMES ? ' and more' : '';
	return `The item has ${names.slice(0, MOST_NAMES).map(shown).join(', ')}${more}.`;
}

type Find = (object: object, name: string) => string | undefined;

function walk(json: IDataObject, name: string, find: Find): unknown {
	return stepsOf(name).reduce<unknown>((value, part) => {
		if (!isPlainObject(value) && !Array.isArray(value)) return undefined;
		const key = find(value, part);
		return key === undefined ? undefined : (value as IDataObject)[key];
	}, json);
}

/** A step of a way: .name, ["Any Name"], ['Any Name'] or [0], the first without its dot. */
const STEP = /(?:^|\.)([^.[\]]+)|\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]/y;

/** The steps of a way as the editor writes it; split at the dots where it is written otherwise. */
function stepsOf(name: string): string[] {
	if (!name.includes('[')) return name.split('.');
	const way = name.trim();
	const steps: string[] = [];
	for (let at = 0; at < way.length; at = STEP.lastIndex) {
		STEP.lastIndex = at;
		const [, plainly, double, single, index] = STEP.exec(way) ?? [];
		const step = plainly ?? double ?? single ?? index;
		if (step === undefined) return name.split('.');
		steps.push(step);
	}
	return steps;
}

function exact(object: object, name: string): string | undefined {
	return Object.hasOwn(object, name) && !isLength(object, name) ? name : undefined;
}

function isLength(object: object, name: string): boolean {
	return Array.isArray(object) && name === 'length';
}

function alike(object: object, name: string): string | undefined {
	const wanted = plain(name);
	const keys = Object.keys(object).filter((key) => plain(key) === wanted);
	return keys.length === 1 ? keys[0] : undefined;
}

function plain(name: string): string {
	return withoutInvisible(name).replace(/\s+/g, ' ').trim().toLowerCase();
}
