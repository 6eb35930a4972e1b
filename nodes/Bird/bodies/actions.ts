import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { InvalidInput } from '../../input/invalidInput';
import { isBlank, withoutBlanks } from '../../input/blank';
import { requireChoice } from '../../input/choice';
import { requireId } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { requireWhole } from '../../input/number';
import { shown } from '../../input/shown';
import { optionalText, requireText } from '../../input/text';
import { requireUrl } from '../../input/url';

/** Source: docs.bird.com, api-reference/messaging: actions of a message body. */
const DESCRIPTION_LENGTH = 72;

const buttonText: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	default: '',
	placeholder: 'e.g. Yes, please',
	description: 'What the button says',
};

/** The values of one action, for a collection of actions or the items of a list. */
export function actionValues(): INodeProperties[] {
	return [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Buy', value: 'buy', description: 'Asks for a payment' },
				{ name: 'Link', value: 'link', description: 'Opens a web page' },
				{
					name: 'Location Request',
					value: 'locationRequest',
					description: 'Asks the person for their location',
				},
				{
					name: 'Postback',
					value: 'postback',
					description: 'Answers with a text and a payload that only your systems see',
				},
				{ name: 'Reply', value: 'reply', description: 'Answers with the text of the button' },
			],
			default: 'reply',
		},
		buttonText,
		...showFor({ type: ['link'] }, [
			{
				displayName: 'URL',
				name: 'url',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/orders/1042',
			},
		]),
		...showFor({ type: ['postback'] }, [
			{
				displayName: 'Payload',
				name: 'payload',
				type: 'string',
				default: '',
				placeholder: 'e.g. confirm-1042',
				description: 'What your systems get when the person taps the button',
			},
		]),
		...showFor({ type: ['postback', 'reply'] }, [
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				description:
					'A second line below the text, at most 72 characters, where the channel shows it',
			},
			{
				displayName: 'Image URL',
				name: 'imageUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/yes.png',
			},
		]),
		...showFor({ type: ['buy'] }, [
			{
				displayName: 'Amount in Cents',
				name: 'amountCents',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'The price in the smallest unit of the currency',
			},
			{
				displayName: 'Currency',
				name: 'currency',
				type: 'string',
				default: '',
				placeholder: 'e.g. EUR',
				description: 'The ISO 4217 code of the currency',
			},
		]),
	];
}

/** A collection of buttons below a message. */
export const actionsField: INodeProperties = {
	displayName: 'Actions',
	name: 'actions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Action',
	default: {},
	description:
		'Buttons below the message. Which of them a channel can show depends on the channel.',
	options: [{ displayName: 'Action', name: 'action', values: actionValues() }],
};

const ACTION_TYPES = ['buy', 'link', 'locationRequest', 'postback', 'reply'] as const;

/** Reads the actions that a user entered; none is an empty list. */
export function buildActions(collection: unknown, field = 'Actions'): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.action : collection;
	if (!Array.isArray(entries)) return [];
	return entries.map((entry, index) => buildAction(entry as IDataObject, `${field} ${index + 1}`));
}

/**
 * @param field the label before the action's own labels
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildAction(entry: IDataObject, field: string): IDataObject {
	const type = requireChoice(`${field} Type`, entry.type ?? 'reply', ACTION_TYPES);
	switch (type) {
		case 'link':
			return { type, link: { text: label(entry, field), url: linkUrl(`${field} URL`, entry.url) } };
		case 'buy':
			return { type, buy: { text: label(entry, field), ...price(entry, field) } };
		case 'locationRequest':
			return withoutBlanks({
				type,
				locationRequest: withoutBlanks({ text: optionalText(`${field} Text`, entry.text) }),
			});
		case 'postback':
		case 'reply':
			return {
				type,
				[type]: withoutBlanks({
					text: label(entry, field),
					...(type === 'postback'
						? { payload: optionalText(`${field} Payload`, entry.payload) }
						: {}),
					imageUrl: isBlank(entry.imageUrl)
						? undefined
						: requireUrl(`${field} Image URL`, entry.imageUrl),
					metadata: description(`${field} Description`, entry.description),
				}),
			};
	}
}

function label(entry: IDataObject, field: string): string {
	return requireText(`${field} Text`, entry.text, 'Enter what the button says.');
}

function price(entry: IDataObject, field: string): IDataObject {
	const amountCents = requireWhole(`${field} Amount in Cents`, entry.amountCents, { min: 0 });
	const currency = requireId(`${field} Currency`, entry.currency, CURRENCY_CURE);
	if (!/^[A-Za-z]{3}$/.test(currency)) {
		throw new InvalidInput(`${field} Currency`, `${shown(currency)} is not a code`, CURRENCY_CURE);
	}
	return { amountCents, currency: currency.toUpperCase() };
}

const CURRENCY_CURE = 'Enter a code of three letters such as EUR.';

/** Bird fills {{variables}} in links itself, so only links without any are checked. */
function linkUrl(field: string, value: unknown): string {
	const url = requireText(field, value, 'Enter a full URL such as https://example.com.');
	return url.includes('{{') ? url : requireUrl(field, url);
}

function description(field: string, text: unknown): IDataObject | undefined {
	if (isBlank(text)) return undefined;
	const line = requireText(field, text);
	if (line.length <= DESCRIPTION_LENGTH) return { description: { label: line } };
	throw new InvalidInput(
		field,
		`has ${line.length} characters`,
		`Shorten it to ${DESCRIPTION_LENGTH} characters.`,
	);
}
