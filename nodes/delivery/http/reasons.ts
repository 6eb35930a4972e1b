import { isPlainObject } from '../../input/json';

/**
 * What a vendor has against single fields, in words: {field: [reason, …]} as "field: reason, reason".
 * Reasons that are no text stay as the JSON that they came in.
 *
 * @returns null where there is nothing of the kind
 */
export function reasonsInWords(details: unknown): string | null {
	if (!isPlainObject(details)) return null;
	const reasons = Object.entries(details).map(
		([field, said]) => `${field}: ${[said].flat().map(inWords).join(', ')}`,
	);
	return reasons.length > 0 ? reasons.join('; ') : null;
}

function inWords(reason: unknown): string {
	return typeof reason === 'string' ? reason : JSON.stringify(reason);
}
