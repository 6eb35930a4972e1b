import type { IDataObject } from 'n8n-workflow';

import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { inWords } from './shown';

/**
 * Reads a JSON field, which n8n hands over as text or, from an expression, as an object.
 *
 * @throws InvalidInput when it is no valid JSON or not an object
 */
export function requireJsonObject(field: string, value: unknown): IDataObject {
	const cure = 'Enter a JSON object, which starts with { and ends with }.';
	const json = typeof value === 'string' ? parseJson(field, value, cure) : value;
	if (!isPlainObject(json)) throw new InvalidInput(field, 'is not a JSON object', cure);
	if (json !== value) return json;
	checkThatItIsJson(field, json, cure);
	return json;
}

/**
 * Reads any JSON, as text or as what an expression gave.
 *
 * @throws InvalidInput when it is empty or no valid JSON
 */
export function requireJson(field: string, value: unknown): IDataObject[string] {
	const cure = 'Enter JSON, such as { "name": "Ana" } or [1, 2].';
	if (isBlank(value)) throw new InvalidInput(field, 'is empty', cure);
	if (typeof value === 'string') return parseJson(field, value, cure) as IDataObject[string];
	checkThatItIsJson(field, value, cure);
	return value as IDataObject[string];
}

function parseJson(field: string, text: string, cure: string): unknown {
	const { json, reason } = parsed(text);
	if (reason === undefined) return json;
	throw new InvalidInput(field, `is not valid JSON (${inWords(reason)})`, `${hint(text)}${cure}`);
}

function parsed(text: string): { json?: unknown; reason?: string } {
	try {
		return { json: JSON.parse(text) };
	} catch (error) {
		return { reason: error instanceof Error ? error.message : String(error) };
	}
}

/** What people most often mean that JSON does not know. */
function hint(text: string): string {
	if (/[“”„‘’]/.test(text)) return 'Replace the curly quotation marks by straight ones. ';
	if (/,\s*[}\]]/.test(text)) return 'Take out the comma before the closing bracket. ';
	if (/[{[,:]\s*'/.test(text)) return 'Use double quotation marks. ';
	return '';
}

/** What an expression gave may hold what no JSON can: itself, functions, numbers without end. */
function checkThatItIsJson(field: string, value: unknown, cure: string): void {
	try {
		if (JSON.stringify(value) !== undefined) return;
	} catch {
		// Refused below: a circle, a BigInt, or a getter that throws.
	}
	throw new InvalidInput(field, 'holds something that cannot be written as JSON', cure);
}

/** Whether the value is an object with keys: no array, no null, no date. */
export function isPlainObject(value: unknown): value is IDataObject {
	return Object.prototype.toString.call(value) === '[object Object]';
}

/** Whether an object has only what was entered: no DateTime, which would lose what it can do. */
export function isBare(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
