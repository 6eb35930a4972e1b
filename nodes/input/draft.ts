import type { IDataObject } from 'n8n-workflow';

/**
 * What a user entered, by the name of the field. Besides that, `workflowTimezone`, which dates
 * without a time zone are meant in.
 */
export type Draft = IDataObject;
