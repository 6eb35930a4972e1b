import type { INodeProperties } from 'n8n-workflow';

import { sorted } from '../fields/options';
import { showFor } from '../fields/show';
import { LANGUAGES, textsIn } from './languages';

/** What is asked, where it goes as a text. n8n's human-review tools bring a field of this name. */
export const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. May order 1042 be refunded?',
	description:
		'What you ask. The link to the page with the buttons stands where you write [[link]], or else below.',
};

/** The fields of a question that goes as a text, or as a template of the vendor's. */
export function askByFields(template: INodeProperties[]): INodeProperties[] {
	return [
		{
			displayName: 'Question Type',
			name: 'askBy',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Template',
					value: 'template',
					description: 'An approved template with a variable for the link',
				},
				{ name: 'Text', value: 'text', description: 'Free text' },
			],
			default: 'text',
		},
		...showFor({ askBy: ['text'] }, [messageField]),
		...showFor({ askBy: ['template'] }, [
			{
				displayName:
					'Write [[link]] into the variable that shows the link. For a button whose address ends with a variable write [[link_path]]: all links begin with the address of your n8n and /webhook-waiting/. [[message]] stands for the message below.',
				name: 'linkNotice',
				type: 'notice',
				default: '',
			},
			{
				...messageField,
				required: false,
				description: 'What you ask, for [[message]] in a variable and for the page',
			},
			...template,
		]),
	];
}

/** How the person answers: under n8n's own names, which its human-review tools depend on. */
export const answerFields: INodeProperties[] = [
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{
				name: 'Approval',
				value: 'approval',
				description: 'The page has a button to approve, and one to decline if you like',
			},
			{ name: 'Free Text', value: 'freeText', description: 'The page takes a text' },
		],
		default: 'approval',
	},
	...showFor({ responseType: ['approval'] }, [
		{
			displayName: 'Approval Options',
			name: 'approvalOptions',
			type: 'fixedCollection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Values',
					name: 'values',
					values: [
						{
							displayName: 'Type of Approval',
							name: 'approvalType',
							type: 'options',
							options: [
								{ name: 'Approve and Disapprove', value: 'double', description: 'Two buttons' },
								{ name: 'Approve Only', value: 'single', description: 'One button' },
							],
							default: 'single',
						},
						{
							displayName: 'Approve Button Label',
							name: 'approveLabel',
							type: 'string',
							default: '',
							placeholder: 'e.g. Approve',
						},
						...showFor({ approvalType: ['double'] }, [
							{
								displayName: 'Disapprove Button Label',
								name: 'disapproveLabel',
								type: 'string',
								default: '',
								placeholder: 'e.g. Decline',
							},
							{
								displayName: 'Ask for Comment',
								name: 'askForWords',
								type: 'boolean',
								default: true,
								description:
									'Whether the page takes a comment too, which the flow gets as data.chatInput',
							},
						]),
					],
				},
			],
		},
	]),
];

const limitWaitTimeOption: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	placeholder: 'Add Limit',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	description:
		'How long to wait for an answer. Afterwards the flow goes on with its input and data.timedOut.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{
							name: 'After Time Interval',
							value: 'afterTimeInterval',
							description: 'For a certain amount of time',
						},
						{
							name: 'At Specified Time',
							value: 'atSpecifiedTime',
							description: 'Until a certain date and time',
						},
					],
					default: 'afterTimeInterval',
				},
				...showFor({ limitType: ['afterTimeInterval'] }, [
					{
						displayName: 'Amount',
						name: 'resumeAmount',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 2 },
						default: 1,
						description: 'How many of the unit',
					},
					{
						displayName: 'Unit',
						name: 'resumeUnit',
						type: 'options',
						options: [
							{ name: 'Days', value: 'days' },
							{ name: 'Hours', value: 'hours' },
							{ name: 'Minutes', value: 'minutes' },
						],
						default: 'hours',
						description: 'Of the amount',
					},
				]),
				...showFor({ limitType: ['atSpecifiedTime'] }, [
					{
						displayName: 'Max Date and Time',
						name: 'maxDateAndTime',
						type: 'dateTime',
						default: '',
						description:
							'Until when. A time without an offset such as +01:00 is in the time zone of the workflow.',
					},
				]),
			],
		},
	],
};

/** What a question can have besides, for the Options collection. */
export const answerOptions: INodeProperties[] = [
	limitWaitTimeOption,
	{
		displayName: 'Page Language',
		name: 'pageLanguage',
		type: 'options',
		options: sorted(LANGUAGES.map((value) => ({ name: textsIn(value).name, value }))),
		default: 'en',
		description: 'The language of what the page says besides your own texts',
	},
	{
		displayName: 'Page Title',
		name: 'responseFormTitle',
		type: 'string',
		default: '',
		placeholder: 'e.g. Refund of an order',
		description: 'Stands at the top of the page',
	},
	{
		displayName: 'Show Message on Page',
		name: 'showMessage',
		type: 'boolean',
		default: false,
		description:
			'Whether the page shows the message too. Whoever has the link can read it, so leave it off for personal data.',
	},
	{
		displayName: 'Submit Button Label',
		name: 'responseFormButtonLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Send',
		displayOptions: { show: { '/responseType': ['freeText'] } },
		description: 'On the button below the text',
	},
];
