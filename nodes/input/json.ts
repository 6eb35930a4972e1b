import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from './invalidInput';

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
