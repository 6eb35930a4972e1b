import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from './invalidInput';
import { isBlank } from './recipient';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws InvalidInput when the field is empty or holds anything but text or a number */
export function requireText(field: string, value: unknown, cure = 'Enter a value.'): string {
	if (isBlank(value)) throw new InvalidInput(field, 'is empty', cure);
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	throw new InvalidInput(field, 'is not text', cure);
}

/** @throws InvalidInput when the field is not a UUID */
export function requireUuid(field: string, value: unknown, cure: string): string {
	const text = requireText(field, value, cure).trim();
	if (!UUID.test(text)) throw new InvalidInput(field, `"${text}" is not a valid ID`, cure);
	return text;
}

/** @throws InvalidInput when the field is not an absolute http or https URL */
export function requireUrl(field: string, value: unknown, protocols = ['https:', 'http:']): string {
	const text = requireText(field, value, 'Enter a full URL such as https://example.com/a.jpg.');
	let protocol = '';
	try {
		protocol = new URL(text).protocol;
	} catch {
		protocol = '';
	}
	if (protocols.includes(protocol)) return text;
	throw new InvalidInput(
		field,
		`"${text}" is not a valid URL`,
		`Enter a full URL that starts with ${protocols.map((name) => `${name}//`).join(' or ')}.`,
	);
}

/**
 * Reads a JSON field, which n8n hands over as text or, from an expression, as an object.
 *
 * @throws InvalidInput when it is no valid JSON or not an object
 */
export function requireJsonObject(field: string, value: unknown): IDataObject {
	const parsed = typeof value === 'string' ? parseJson(value) : { json: value };
	if (isPlainObject(parsed.json)) return parsed.json;
	throw new InvalidInput(
		field,
		parsed.reason === undefined ? 'is not a JSON object' : `is not valid JSON (${parsed.reason})`,
		'Enter a JSON object, which starts with { and ends with }.',
	);
}

function parseJson(text: string): { json?: unknown; reason?: string } {
	try {
		return { json: JSON.parse(text) };
	} catch (error) {
		return { reason: error instanceof Error ? error.message : String(error) };
	}
}

/** Whether the value is an object with keys, neither an array nor null. */
export function isPlainObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Splits what a user wrote as a list: an array as it is, text at its commas and line ends.
 *
 * @returns the entries trimmed, without the empty ones
 */
export function toList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : isBlank(value) ? [] : String(value).split(/[,\n]/);
	return parts.map((part) => String(part).trim()).filter((part) => part !== '');
}

/** Leaves out the keys that hold nothing, so that a vendor never sees an empty field. */
export function withoutBlanks(object: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(object).filter(
			([, value]) =>
				!isBlank(value) &&
				!(Array.isArray(value) && value.length === 0) &&
				!(isPlainObject(value) && Object.keys(value).length === 0),
		),
	);
}
