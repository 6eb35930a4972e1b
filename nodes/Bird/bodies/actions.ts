import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { InvalidInput } from '../../input/invalidInput';
import { isBlank, withoutBlanks } from '../../input/blank';
import { requireId } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { requireWhole } from '../../input/number';
import { shown } from '../../input/shown';
import { optionalText, requireText } from '../../input/text';
import { requireUrl } from '../../input/url';
import { mediaUrlField } from './mediaUrl';

/** Source: docs.bird.com, api-reference/messaging: actions of a message body. */
const DESCRIPTION_LENGTH = 72;

const buttonText: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	default: '',
	required: true,
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
		...showFor({ type: ['buy', 'link', 'postback', 'reply'] }, [buttonText]),
		...showFor({ type: ['locationRequest'] }, [
			{ ...buttonText, required: false, placeholder: 'e.g. Send location' },
		]),
		...showFor({ type: ['link'] }, [
			{
				displayName: 'URL',
				name: 'url',
				type: 'string',
				default: '',
				required: true,
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
			mediaUrlField({
				displayName: 'Image URL',
				name: 'imageUrl',
				placeholder: 'e.g. https://example.com/yes.png',
			}),
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
				required: true,
				placeholder: 'e.g. EUR',
				description: 'The three letters of the currency',
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

/** Reads the buttons that a user entered; none is an empty list. */
export function buildActions(collection: unknown): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.action : undefined;
	if (!Array.isArray(entries)) return [];
	return (entries as IDataObject[]).map((entry, index) =>
		buildAction(entry, `Action ${index + 1}: `),
	);
}

/**
 * @param at what stands before the labels of the action's fields, such as "Action 1: "
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildAction(entry: IDataObject, at: string): IDataObject {
	const type = String(entry.type ?? 'reply');
	switch (type) {
		case 'link':
			return { type, link: { text: label(entry, at), url: linkUrl(`${at}URL`, entry.url) } };
		case 'buy':
			return { type, buy: { text: label(entry, at), ...price(entry, at) } };
		case 'locationRequest': {
			const text = optionalText(`${at}Text`, entry.text);
			return withoutBlanks({ type, locationRequest: withoutBlanks({ text }) });
		}
		case 'postback':
		case 'reply':
			return {
				type,
				[type]: withoutBlanks({
					text: label(entry, at),
					payload: type === 'postback' ? optionalText(`${at}Payload`, entry.payload) : undefined,
					imageUrl: isBlank(entry.imageUrl)
						? undefined
						: requireUrl(`${at}Image URL`, entry.imageUrl),
					metadata: description(`${at}Description`, entry.description),
				}),
			};
		default:
			throw new InvalidInput(
				`${at}Type`,
				`${shown(type)} is unknown`,
				'Use buy, link, locationRequest, postback or reply.',
			);
	}
}

function label(entry: IDataObject, at: string): string {
	return requireText(`${at}Text`, entry.text, 'Enter what the button says.');
}

function price(entry: IDataObject, at: string): IDataObject {
	const amountCents = requireWhole(
		`${at}Amount in Cents`,
		entry.amountCents,
		{ min: 0 },
		'1250 stands for 12.50.',
	);
	const currency = requireId(`${at}Currency`, entry.currency, CURRENCY_CURE);
	if (!/^[A-Za-z]{3}$/.test(currency)) {
		throw new InvalidInput(`${at}Currency`, `${shown(currency)} is not a code`, CURRENCY_CURE);
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
