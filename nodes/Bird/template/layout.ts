import {
	type FieldType,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	NodeOperationError,
	type ResourceMapperField,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { chosen } from '../../fields/chosen';
import { listPage } from '../../delivery/http/listPage';
import { nothingChosen } from '../../fields/variables';
import { path } from '../../delivery/http/path';
import { isPlainObject } from '../../input/json';
import { birdApi, workspacePath } from '../api';
import { toFieldId } from './fieldId';
import { bodyOf, quoted } from './preview';

/** Source: docs.bird.com, touchpoints-api/api-reference/message-templates: limit of the list. */
const LARGEST_PAGE = 100;

const BY_HAND =
	'To enter the parameters yourself, set Specify Parameters to Using List or Using JSON.';

const FIELD_TYPES: Record<string, FieldType | undefined> = {
	string: 'string',
	number: 'number',
	// Not a switch, which is off before anybody has touched it.
	boolean: 'options',
};
const TRUE_OR_FALSE: INodePropertyOptions[] = [
	{ name: 'False', value: false },
	{ name: 'True', value: true },
];

/**
 * A field for each variable of the chosen template.
 * Source: docs.bird.com, touchpoints-api/api-reference/message-templates: variables.
 */
export async function getTemplateParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const projectId = chosen(this, 'projectId');
	if (projectId === undefined) return nothingChosen('a template', BY_HAND);
	const versions = await versionsOf(this, projectId).catch((error: unknown) => {
		throw new NodeOperationError(this.getNode(), messageOf(error), {
			description: BY_HAND,
		});
	});
	const version = pick(versions, chosen(this, 'templateVersion') ?? 'latest');
	if (version === undefined) {
		return {
			fields: [],
			emptyFieldsNotice: `Bird lists no such version of this template. ${BY_HAND}`,
		};
	}
	const text = bodyOf(version);
	const says = text === null ? '' : ` It says: ${quoted(text)}.`;
	const variables = Array.isArray(version.variables) ? version.variables : [];
	return {
		fields: variables.filter(isPlainObject).map(toField),
		emptyFieldsNotice: `This template has no parameters.${says}`,
	};
}

/**
 * The versions of a template.
 *
 * @throws NodeApiError where Bird refuses, as with a key that may not view projects
 */
async function versionsOf(
	context: ILoadOptionsFunctions,
	projectId: string,
): Promise<IDataObject[]> {
	const credentials = await context.getCredentials(birdApi.credential);
	const body = await listPage(context, birdApi, {
		method: 'GET',
		url: `${workspacePath(credentials)}${path`/projects/${projectId}/channel-templates`}`,
		qs: { limit: LARGEST_PAGE },
	});
	return Array.isArray(body.results) ? (body.results as IDataObject[]) : [];
}

/** What the latest version of a template says. @returns null where Bird does not tell */
export async function latestText(
	context: ILoadOptionsFunctions,
	projectId: string,
): Promise<string | null> {
	const versions = await versionsOf(context, projectId).catch(() => []);
	const latest = pick(versions, 'latest');
	return latest === undefined ? null : bodyOf(latest);
}

/** The version by its ID; for "latest" the active one, or else the first of the list. */
function pick(versions: IDataObject[], wanted: string): IDataObject | undefined {
	return wanted === 'latest'
		? (versions.find(({ status }) => status === 'active') ?? versions[0])
		: versions.find(({ id }) => id === wanted);
}

/** The field for a variable. Bird does not say which of them may be left out. */
export function toField(variable: IDataObject): ResourceMapperField {
	const key = String(variable.key);
	const type = String(variable.type ?? 'string');
	return {
		id: toFieldId(type, key),
		displayName: FIELD_TYPES[type] === undefined ? `${key} (${type})` : key,
		type: FIELD_TYPES[type] ?? 'object',
		...(type === 'boolean' ? { options: TRUE_OR_FALSE } : {}),
		required: true,
		defaultMatch: false,
		display: true,
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
