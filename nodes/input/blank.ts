import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from './json';

/** A character that somebody sees. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cf}]/u;

const SPACE = 0x20;
const DELETE = 0x7f;

/** Whether nothing was entered, or nothing that anybody sees. */
export function isBlank(value: unknown): boolean {
	if (typeof value !== 'string') return value === undefined || value === null;
	const first = value.charCodeAt(0);
	// Most texts begin with a letter or a digit, which takes no pattern to see.
	return !(first > SPACE && first < DELETE) && !VISIBLE.test(value);
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
