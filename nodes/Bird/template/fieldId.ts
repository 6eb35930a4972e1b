import { PARAMETER_TYPES } from './fields';

/** The types that Bird documents. */
export const KNOWN_TYPES = PARAMETER_TYPES.map(({ value }) => value);

const TYPED_KEY = /^(.*) \((\w+)\)$/s;

/**
 * The ID of a field that the editor lays out. It carries the type, which n8n's own types do not, and
 * reads well, because n8n names the field by it when it is empty: total (number).
 */
export function toFieldId(type: string, key: string): string {
	return type === 'string' && !TYPED_KEY.test(key) ? key : `${key} (${type})`;
}

/** The key and the type of a field that the editor has laid out. */
export function ofFieldId(id: string): { type: string; key: string } {
	const [, key, type] = TYPED_KEY.exec(id) ?? [];
	return KNOWN_TYPES.includes(type) ? { type, key } : { type: 'string', key: id };
}
