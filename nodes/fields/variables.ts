import type { INodeProperties, ResourceMapperFields } from 'n8n-workflow';

import { laidOutFor } from './laidOut';
import { showFor } from './show';

interface VariableFields {
	/** The node's resourceMapping method that lays out the variables of the chosen template. */
	mappingMethod: string;
	/** The field in which the template is chosen. */
	chosenIn: string;
	/** The fields whose change lays them out anew. */
	dependsOn: string[];
	/** An example for the JSON form. */
	example: string;
}

/** The variables of a template: a field for each, or all as JSON, which needs no list to be read. */
export function variableFields({
	mappingMethod,
	chosenIn,
	dependsOn,
	example,
}: VariableFields): INodeProperties[] {
	return [
		{
			displayName: 'Specify Variables',
			name: 'variablesFrom',
			type: 'options',
			options: [
				{
					name: 'Using Fields Below',
					value: 'fields',
					description: 'One field for each variable of the chosen template',
				},
				{
					name: 'Using JSON',
					value: 'json',
					description: 'An object with a value for each variable, such as an expression gives',
				},
			],
			default: 'fields',
		},
		...showFor(
			{ variablesFrom: ['fields'] },
			laidOutFor(chosenIn, {
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
			}),
		),
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
	otherwise = 'For a template by expression, set Specify Variables to Using JSON.',
): ResourceMapperFields {
	return {
		fields: [],
		emptyFieldsNotice: `Choose ${what} to see what it needs. If it is chosen already, close this node and open it again. ${otherwise}`,
	};
}
