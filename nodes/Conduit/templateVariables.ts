import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { chosen } from '../fields/chosen';
import { nothingChosen } from '../fields/variables';
import { isPlainObject } from '../input/json';
import { templatesOf, workspaceOf } from './pickers';

/** Lays out the variables of the chosen template, each with the example that Conduit gives for it. */
export async function mapTemplateVariables(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const contentSid = chosen(this, 'contentSid');
	if (contentSid === undefined) return nothingChosen('a template');
	const workspaceId = await workspaceOf(this);
	if (workspaceId === undefined) return none('Choose a workspace to see the variables.');
	const templates = await templatesOf(this, workspaceId);
	const template = templates.find(({ content_sid: sid }) => sid === contentSid);
	if (template === undefined) return none('The workspace has no such template.');
	const variables = isPlainObject(template.variables) ? template.variables : {};
	return {
		fields: Object.entries(variables).map(([id, example]) => ({
			id,
			displayName: typeof example === 'string' && example !== '' ? `${id} (e.g. ${example})` : id,
			required: true,
			defaultMatch: false,
			display: true,
			type: 'string',
		})),
		emptyFieldsNotice: 'This template has no variables.',
	};
}

function none(reason: string): ResourceMapperFields {
	return { fields: [], emptyFieldsNotice: reason };
}
