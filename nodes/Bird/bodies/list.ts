import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { optionalText, requireText } from '../../input/text';
import { withoutBlanks } from '../../input/blank';
import { actionsField, actionValues, buildAction, buildActions } from './actions';
import type { BodyType } from './bodyType';

/** Source: docs.bird.com, sending-whatsapp-messages: the label of the button that opens a list. */
const BUTTON_LENGTH = 20;

export const list: BodyType = {
	value: 'list',
	name: 'List',
	description: 'A menu to choose from, in one or more sections',
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			required: true,
			placeholder: 'e.g. When shall we deliver?',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Delivery',
		},
		{
			displayName: 'Button Label',
			name: 'buttonLabel',
			type: 'string',
			default: '',
			placeholder: 'e.g. Show times',
			description: 'What the button that opens the list says, at most 20 characters',
		},
		{
			displayName: 'Choices',
			name: 'choices',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Choice',
			default: {},
			description:
				'Choices with the same section title stand together. A picture or a description of a section can only be given with the Message Type JSON.',
			options: [
				{
					displayName: 'Choice',
					name: 'choice',
					values: [
						{
							displayName: 'Section Title',
							name: 'section',
							type: 'string',
							default: '',
							placeholder: 'e.g. Tomorrow',
						},
						...actionValues().map((field) =>
							field.name === 'type' ? { ...field, default: 'postback' } : field,
						),
					],
				},
			],
		},
		{
			displayName: 'Alt Text',
			name: 'altText',
			type: 'string',
			default: '',
			description: 'What is sent where lists cannot be shown',
		},
		{ ...actionsField, description: 'Buttons of the message besides those of the list' },
	],
	build: (draft) =>
		withoutBlanks({
			title: optionalText('Title', draft.title),
			text: requireText('Text', draft.text, 'Enter the text above the list.'),
			altText: optionalText('Alt Text', draft.altText),
			items: sections(draft.choices),
			actions: buildActions(draft.actions),
			metadata: withoutBlanks({ button: withoutBlanks({ label: buttonLabel(draft.buttonLabel) }) }),
		}),
};

function sections(collection: unknown): IDataObject[] {
	const choices = isPlainObject(collection) ? collection.choice : undefined;
	if (!Array.isArray(choices) || choices.length === 0) {
		throw new InvalidInput('Choices', 'is empty', 'Add at least one choice.');
	}
	const bySection = new Map<string, IDataObject[]>();
	for (const [index, choice] of (choices as IDataObject[]).entries()) {
		const at = `Choice ${index + 1}: `;
		const title = optionalText(`${at}Section Title`, choice.section) ?? '';
		const actions = bySection.get(title) ?? [];
		actions.push(buildAction(choice, at));
		bySection.set(title, actions);
	}
	return [...bySection].map(([title, actions]) => ({ ...withoutBlanks({ title }), actions }));
}

function buttonLabel(value: unknown): string | undefined {
	const label = optionalText('Button Label', value);
	if (label !== undefined && label.length > BUTTON_LENGTH) {
		throw new InvalidInput(
			'Button Label',
			`has ${label.length} characters`,
			`Shorten it to ${BUTTON_LENGTH} characters.`,
		);
	}
	return label;
}
