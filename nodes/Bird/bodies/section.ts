import type { IDataObject } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { requireChoice } from '../../input/choice';
import { inside, InvalidInput } from '../../input/invalidInput';
import { isPlainObject, requireJsonObject } from '../../input/json';
import { withoutBlanks } from '../../input/blank';
import type { BodyType } from './bodyType';
import { location } from './location';
import { gif, image } from './media';
import { text } from './text';

/** The kinds of parts that can be laid out as fields; every other kind goes in as JSON. */
const PARTS: Record<string, (part: IDataObject) => IDataObject> = {
	text: (part) => text.build(part, noMedia),
	image: (part) => image.build({ media: { medium: [part] } }, noMedia),
	gif: (part) => gif.build(part, noMedia),
	location: (part) => location.build(part, noMedia),
};

const PART_TYPES = [...Object.keys(PARTS), 'json'].sort();

export const section: BodyType = {
	value: 'section',
	name: 'Section',
	description: 'Several bodies in one message, one below the other',
	fields: [
		{
			displayName: 'Parts',
			name: 'parts',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Part',
			default: {},
			options: [
				{
					displayName: 'Part',
					name: 'part',
					values: [
						{
							displayName: 'Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'GIF', value: 'gif' },
								{ name: 'Image', value: 'image' },
								{ name: 'JSON', value: 'json' },
								{ name: 'Location', value: 'location' },
								{ name: 'Text', value: 'text' },
							],
							default: 'text',
						},
						...showFor({ type: ['text'] }, [
							{
								displayName: 'Text',
								name: 'text',
								type: 'string',
								typeOptions: { rows: 2 },
								default: '',
							},
						]),
						...showFor({ type: ['image', 'gif'] }, [
							{
								displayName: 'URL',
								name: 'mediaUrl',
								type: 'string',
								default: '',
								placeholder: 'e.g. https://example.com/picture.jpg',
							},
							{ displayName: 'Alt Text', name: 'altText', type: 'string', default: '' },
						]),
						...showFor({ type: ['location'] }, [
							{
								displayName: 'Latitude',
								name: 'latitude',
								type: 'number',
								typeOptions: { minValue: -90, maxValue: 90, numberPrecision: 7 },
								default: 0,
							},
							{
								displayName: 'Longitude',
								name: 'longitude',
								type: 'number',
								typeOptions: { minValue: -180, maxValue: 180, numberPrecision: 7 },
								default: 0,
							},
							{ displayName: 'Label', name: 'label', type: 'string', default: '' },
							{ displayName: 'Address', name: 'address', type: 'string', default: '' },
						]),
						...showFor({ type: ['json'] }, [
							{
								displayName: 'Body (JSON)',
								name: 'json',
								type: 'json',
								default: '{}',
								placeholder: 'e.g. {"type": "text", "text": {"text": "Hello"}}',
								description: 'A whole body with its type. HTML and authentication cannot be parts.',
							},
						]),
					],
				},
			],
		},
	],
	build(draft) {
		const parts = isPlainObject(draft.parts) ? draft.parts.part : undefined;
		if (!Array.isArray(parts) || parts.length === 0) {
			throw new InvalidInput('Parts', 'is empty', 'Add at least one part.');
		}
		return { items: (parts as IDataObject[]).map(buildPart) };
	},
};

function buildPart(part: IDataObject, index: number): IDataObject {
	const { type, ...entry } = part;
	const kind = requireChoice(`Parts ${index + 1} Type`, type ?? 'text', PART_TYPES);
	if (kind === 'json') return requireJsonObject(`Parts ${index + 1} Body (JSON)`, entry.json);
	return {
		type: kind,
		[kind]: inside(`Parts ${index + 1}`, () => PARTS[kind](withoutBlanks(entry))),
	};
}

/** Parts take their media from addresses only. */
const noMedia = (): never => {
	throw new InvalidInput('Parts', 'cannot hold binary fields', 'Enter a URL instead.');
};
