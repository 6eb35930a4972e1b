import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from './json';

/** Whether nothing was entered. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
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
