import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { isPlainObject } from '../input/json';

/**
 * What stands in another field, for a list that depends on it.
 *
 * @returns undefined where nothing was entered, and for an expression that the editor cannot resolve
 */
export function chosen(context: ILoadOptionsFunctions, name: string): string | undefined {
	const raw: unknown = context.getCurrentNodeParameter(name);
	const value = isPlainObject(raw) ? raw.value : raw;
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' || text.startsWith('=') ? undefined : text;
}

/** A list that says why it is empty, such as "Choose a Contact First". */
export function emptyList(reason: string): INodeListSearchResult {
	return { results: [{ name: reason, value: '' }] };
}

/** The entries whose names hold what the user typed. */
export function matching(
	filter: string | undefined,
	items: INodeListSearchItems[],
): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase() ?? '';
	return items.filter(({ name }) => name.toLowerCase().includes(wanted));
}
