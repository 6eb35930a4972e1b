import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from './json';

/**
 * What a user entered, by the name of the field. Besides that, `workflowTimezone`, which dates
 * without a time zone are meant in.
 */
export type Draft = IDataObject;

/** What a user set under Options; nothing where nothing was. */
export function optionsOf({ options }: Draft): IDataObject {
	return isPlainObject(options) ? options : {};
}
