import type { IDataObject, INodeProperties, ResourceMapperFields } from 'n8n-workflow';

import { InvalidInput } from '../message/invalidInput';
import { isBlank } from '../message/recipient';
import { isPlainObject, requireJsonObject } from '../message/requireInput';
import { showFor } from './show';

interface VariableFields {
	/** The node's resourceMapping method that lays out the variables of the chosen template. */
	mappingMethod: string;
	/** The fields whose change lays them out anew. */
	dependsOn: string[];
	/** An example for the JSON form. */
	example: string;
}

/** The variables of a template: a field for each, or all as JSON, which needs no list to be read. */
export function variableFields({
	mappingMethod,
	dependsOn,
	example,
}: VariableFields): INodeProperties[] {
	return [
		{
			displayName: 'Variables From',
			name: 'variablesFrom',
			type: 'options',
			options: [
				{
					name: 'Fields',
					value: 'fields',
					description: 'One field for each variable of the chosen template',
				},
				{
					name: 'JSON',
					value: 'json',
					description: 'An object with a value for each variable, such as an expression gives',
				},
			],
			default: 'fields',
		},
		...showFor({ variablesFrom: ['fields'] }, [
			{
				displayName: 'Variables',
				name: 'variables',
				type: 'resourceMapper',
				noDataExpression: true,
				default: { mappingMode: 'defineBelow', value: null },
				typeOptions: {
					loadOptionsDependsOn: dependsOn,
					resourceMapper: {
						resourceMapperMethod: mappingMethod,
						mode: 'add',
						valuesLabel: 'Variables',
						fieldWords: { singular: 'variable', plural: 'variables' },
						addAllFields: true,
						supportAutoMap: false,
						noFieldsError: 'This template has no variables.',
						refreshStaleSchemaOnOpen: true,
					},
				},
			},
		]),
		...showFor({ variablesFrom: ['json'] }, [
			{
				displayName: 'Variables (JSON)',
				name: 'variablesJson',
				type: 'json',
				default: '{}',
				placeholder: `e.g. ${example}`,
				description: `A JSON object with a value for each variable of the template, such as <code>${example}</code>`,
			},
		]),
	];
}

/**
 * In place of the variables while nothing is chosen that has some. n8n's editor does not look again
 * after a choice when an expression stands in another field, but does when the node is opened.
 */
export function nothingChosen(
	what: string,
	otherwise = 'For a template by expression, set Variables From to JSON.',
): ResourceMapperFields {
	return {
		fields: [],
		emptyFieldsNotice: `Choose ${what} to see what it needs. If it is chosen already, close this node and open it again. ${otherwise}`,
	};
}

/**
 * The values that a user entered for a template's variables, by the names of the variables.
 *
 * @throws InvalidInput for a variable that is empty, or is none of the template's
 */
export function readVariables(draft: IDataObject): Record<string, string> {
	const { values, schema } = draft.variablesFrom === 'json' ? fromJson(draft) : fromFields(draft);
	for (const { id, required } of schema) {
		if (required === true && isBlank(values[String(id)])) throw missingVariable(String(id));
	}
	const known = new Set(schema.map(({ id }) => String(id)));
	const isLaidOut = known.size > 0;
	// What is laid out, not required and empty is left out; in JSON an empty value is a mistake.
	const entered = Object.entries(values).filter(([, value]) => !isLaidOut || !isBlank(value));
	for (const [name] of entered) if (isLaidOut && !known.has(name)) throw unknownVariable(name);
	return Object.fromEntries(entered.map(([name, value]) => [name, variableText(name, value)]));
}

export function missingVariable(name: string): InvalidInput {
	return new InvalidInput(
		`Variable ${name}`,
		'is empty',
		'Enter a value: the template cannot be sent without it.',
	);
}

export function unknownVariable(name: string): InvalidInput {
	return new InvalidInput(
		`Variable ${name}`,
		'is not part of the template',
		'Take it out, or close this node and open it again, which lays out the variables anew.',
	);
}

interface Entered {
	values: IDataObject;
	/** The template's variables as the editor laid them out; empty where it did not. */
	schema: IDataObject[];
}

function fromJson({ variablesJson }: IDataObject): Entered {
	const values = isBlank(variablesJson) ? {} : requireJsonObject('Variables (JSON)', variablesJson);
	return { values, schema: [] };
}

function fromFields({ variables }: IDataObject): Entered {
	if (!isPlainObject(variables)) return { values: {}, schema: [] };
	// Without the editor's wrapping it is the values themselves, as a program would give them.
	if (!('mappingMode' in variables)) return { values: variables, schema: [] };
	const schema = Array.isArray(variables.schema) ? (variables.schema as IDataObject[]) : [];
	return {
		values: isPlainObject(variables.value) ? variables.value : {},
		schema: schema.filter(({ removed }) => removed !== true),
	};
}

function variableText(name: string, value: unknown): string {
	if (isBlank(value)) throw missingVariable(name);
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new InvalidInput(`Variable ${name}`, 'is not text', 'Enter text or a number.');
}
