import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { isBlank, withoutBlanks } from '../../input/blank';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { optionalText, requireText } from '../../input/text';
import { requireUrl } from '../../input/url';
import { buildAction } from './actions';
import type { BodyType } from './bodyType';
import { mediaUrlField } from './mediaUrl';

/** Source: docs.bird.com, api-reference/messaging: the text above a carousel. */
const TEXT_LENGTH = 1024;

/** In the order in which a card reads. */
const cardValues: INodeProperties[] = [
	{ displayName: 'Title', name: 'title', type: 'string', default: '', required: true },
	{ displayName: 'Description', name: 'description', type: 'string', default: '' },
	mediaUrlField({ displayName: 'Media URL', placeholder: 'e.g. https://example.com/1.jpg' }),
	{ displayName: 'Alt Text', name: 'altText', type: 'string', default: '' },
	{
		displayName: 'Button',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Link', value: 'link' },
			{ name: 'None', value: 'none' },
			{ name: 'Postback', value: 'postback' },
			{ name: 'Reply', value: 'reply' },
		],
		default: 'link',
		description: 'What tapping the button of the card does',
	},
	...showFor({ type: ['link', 'postback', 'reply'] }, [
		{
			displayName: 'Button Text',
			name: 'buttonText',
			type: 'string',
			default: '',
			required: true,
		},
	]),
	...showFor({ type: ['link'] }, [
		{
			displayName: 'Button URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/1',
		},
	]),
	...showFor({ type: ['postback'] }, [
		{ displayName: 'Button Payload', name: 'payload', type: 'string', default: '' },
	]),
];

export const carousel: BodyType = {
	value: 'carousel',
	name: 'Carousel',
	description: 'Cards with pictures and buttons, side by side',
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. Our picks of the week',
			description: 'The text above the cards, at most 1024 characters. WhatsApp requires it.',
		},
		{
			displayName: 'Cards',
			name: 'cards',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Card',
			default: {},
			description:
				'WhatsApp takes 2 to 10 cards, each with a picture or each with a video, and one link',
			options: [
				{
					displayName: 'Card',
					name: 'card',
					values: cardValues,
				},
			],
		},
	],
	build(draft) {
		const text = optionalText('Text', draft.text);
		if (text !== undefined && text.length > TEXT_LENGTH) {
			throw new InvalidInput(
				'Text',
				`has ${text.length} characters`,
				`Shorten it to ${TEXT_LENGTH} characters.`,
			);
		}
		const cards = isPlainObject(draft.cards) ? draft.cards.card : undefined;
		if (!Array.isArray(cards) || cards.length === 0) {
			throw new InvalidInput('Cards', 'is empty', 'Add at least one card.');
		}
		return withoutBlanks({ text, items: (cards as IDataObject[]).map(buildCard) });
	},
};

function buildCard(card: IDataObject, index: number): IDataObject {
	const at = `Card ${index + 1}: `;
	return withoutBlanks({
		title: requireText(`${at}Title`, card.title, 'Enter a title.'),
		description: optionalText(`${at}Description`, card.description),
		mediaUrl: isBlank(card.mediaUrl) ? undefined : requireUrl(`${at}Media URL`, card.mediaUrl),
		altText: optionalText(`${at}Alt Text`, card.altText),
		actions: card.type === 'none' ? [] : [buildAction(buttonOf(card), `${at}Button `)],
	});
}

function buttonOf(card: IDataObject): IDataObject {
	const { type = 'link', buttonText: text, url, payload } = card;
	return { type, text, url, payload };
}
