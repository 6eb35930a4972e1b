import type { INodeProperties } from 'n8n-workflow';

import { laidOutFor } from '../../fields/laidOut';
import { picker, uuidShape } from '../../fields/picker';
import { showFor } from '../../fields/show';
import { settingsField } from './settings';

/** The types of template parameters. Source: docs.bird.com, api-reference/messaging: template. */
export const PARAMETER_TYPES = [
	{ name: 'Boolean', value: 'boolean' },
	{ name: 'Line Item List', value: 'lineItemList' },
	{ name: 'Number', value: 'number' },
	{ name: 'Object', value: 'object' },
	{ name: 'Product List', value: 'productList' },
	{ name: 'Product Sections', value: 'productSections' },
	{ name: 'Section List', value: 'sectionList' },
	{ name: 'Shipping Method List', value: 'shippingMethodList' },
	{ name: 'String', value: 'string' },
	{ name: 'Timeslot List', value: 'timeslotList' },
	{ name: 'WhatsApp Product Items', value: 'whatsappProductItems' },
	{ name: 'WhatsApp Product Sections', value: 'whatsappProductSections' },
];

const STRUCTURED = PARAMETER_TYPES.map(({ value }) => value).filter(
	(type) => !['boolean', 'number', 'string'].includes(type),
);

/** Which template is sent, and with what. */
export const templateFields: INodeProperties[] = [
	picker({
		displayName: 'Template',
		name: 'projectId',
		description:
			'The project of the template in Bird Studio. The list needs a key that may view projects. Each entry shows how its text begins.',
		searchMethod: 'searchTemplates',
		idPlaceholder: 'e.g. ce6a2fd6-b2fa-4f5a-a2cd-f3bd15883318',
		idShape: uuidShape,
	}),
	{
		displayName: 'Specify Parameters',
		name: 'parametersFrom',
		type: 'options',
		options: [
			{
				name: 'Using Fields Below',
				value: 'template',
				description: 'One field for each parameter of the chosen template',
			},
			{
				name: 'Using JSON',
				value: 'json',
				description: 'An object of keys and values, or a list as Bird documents it',
			},
			{
				name: 'Using List',
				value: 'list',
				description: 'Keys, types and values one by one, for keys that may not view projects',
			},
		],
		default: 'template',
	},
	...showFor(
		{ parametersFrom: ['template'] },
		laidOutFor('projectId', {
			displayName: 'Parameters',
			name: 'parameterFields',
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			typeOptions: {
				loadOptionsDependsOn: ['projectId.value', 'templateVersion'],
				resourceMapper: {
					resourceMapperMethod: 'getTemplateParameters',
					mode: 'add',
					valuesLabel: 'Parameters',
					fieldWords: { singular: 'parameter', plural: 'parameters' },
					addAllFields: true,
					supportAutoMap: false,
					noFieldsError: 'This template has no parameters.',
					refreshStaleSchemaOnOpen: true,
				},
			},
		}),
	),
	...showFor({ parametersFrom: ['list'] }, [
		{
			displayName: 'Parameters',
			name: 'parameterList',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Parameter',
			default: {},
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{
							displayName: 'Key',
							name: 'key',
							type: 'string',
							default: '',
							required: true,
							placeholder: 'e.g. first_name',
							description: 'The name of the variable in the template',
						},
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: PARAMETER_TYPES,
							default: 'string',
						},
						...showFor({ type: ['number', 'string'] }, [
							{
								displayName: 'Value',
								name: 'value',
								type: 'string',
								default: '',
								required: true,
							},
						]),
						...showFor({ type: ['boolean'] }, [
							{
								displayName: 'Value',
								name: 'isTrue',
								type: 'boolean',
								default: true,
								description: 'Whether the parameter is true',
							},
						]),
						...showFor({ type: STRUCTURED }, [
							{
								displayName: 'Value (JSON)',
								name: 'json',
								type: 'json',
								default: '{}',
								placeholder: 'e.g. {"name": "Ana"}',
								description: 'The value as Bird documents it for the type',
							},
						]),
					],
				},
			],
		},
	]),
	...showFor({ parametersFrom: ['json'] }, [
		{
			displayName: 'Parameters (JSON)',
			name: 'parametersJson',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. {"first_name": "Ana"}',
			description:
				'An object of keys and values, or a list such as [{"type": "string", "key": "first_name", "value": "Ana"}]',
		},
	]),
	{
		displayName: 'Locale',
		name: 'templateLocale',
		type: 'string',
		default: 'en',
		required: true,
		placeholder: 'e.g. pt-BR',
		hint: 'The language of the template, such as en or pt-BR',
	},
	{
		displayName: 'Version',
		name: 'templateVersion',
		type: 'string',
		default: 'latest',
		required: true,
		placeholder: 'e.g. latest',
		hint: 'The ID of a version, or "latest"',
	},
	settingsField,
];
