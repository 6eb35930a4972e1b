import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from './json';

/**
 * What a user entered, by the name of the field. Besides that, `workflowTimezone`, which dates
 * without a time zone are meant in, and `byExpression`, the names of the pickers in which an
 * expression stands.
 */
export type Draft = IDataObject;

/** Whether a picker holds a value that was chosen in the editor, not an expression. */
export function isChosen({ byExpression }: Draft, name: string): boolean {
	return !(Array.isArray(byExpression) && (byExpression as unknown[]).includes(name));
}

/** What a user set under Options; nothing where nothing was. */
export function optionsOf({ options }: Draft): IDataObject {
	return isPlainObject(options) ? options : {};
}
