import type { IDataObject } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { inside, InvalidInput } from '../../input/invalidInput';
import { isPlainObject, requireJsonObject } from '../../input/json';
import { requireText } from '../../input/text';
import { withoutBlanks } from '../../input/blank';
import type { BodyType } from './bodyType';
import { location } from './location';
import { buildImage } from './media';
import { mediaUrlField } from './mediaUrl';
import { text } from './text';

/** The kinds of parts that can be laid out as fields; every other kind goes in as JSON. */
const PARTS: Record<string, (part: IDataObject) => IDataObject> = {
	text: (part) => text.build(part, noMedia),
	image: (part) => ({ images: [buildImage(part, '')] }),
	gif: (part) => buildImage(part, ''),
	location: (part) => location.build(part, noMedia),
};

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
								required: true,
							},
						]),
						...showFor({ type: ['image', 'gif'] }, [
							mediaUrlField({ required: true }),
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
		{
			displayName: 'Configurations',
			name: 'configurations',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Configuration',
			default: {},
			description: 'Settings of the section as Bird names them, each with a text as its value',
			options: [
				{
					displayName: 'Configuration',
					name: 'configuration',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							required: true,
							placeholder: 'e.g. default',
						},
						{ displayName: 'Value', name: 'value', type: 'string', default: '', required: true },
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
		return {
			items: (parts as IDataObject[]).map(buildPart),
			...withoutBlanks({ configurations: buildConfigurations(draft.configurations) }),
		};
	},
};

function buildPart(part: IDataObject, index: number): IDataObject {
	const { type, ...entry } = part;
	const kind = String(type ?? 'text');
	const at = `Part ${index + 1}:`;
	if (kind === 'json') return requireJsonObject(`${at} Body (JSON)`, entry.json);
	if (!Object.hasOwn(PARTS, kind)) {
		throw new InvalidInput(
			`${at} Type`,
			`"${kind}" is unknown`,
			`Use ${[...Object.keys(PARTS), 'json'].sort().join(', ')}.`,
		);
	}
	return {
		type: kind,
		[kind]: inside(at, () => PARTS[kind](withoutBlanks(entry))),
	};
}

function buildConfigurations(collection: unknown): IDataObject {
	const entries = isPlainObject(collection) ? collection.configuration : undefined;
	if (!Array.isArray(entries)) return {};
	return Object.fromEntries(
		(entries as IDataObject[]).map(({ name, value }, index) => {
			const at = `Configuration ${index + 1}: `;
			return [requireText(`${at}Name`, name), requireText(`${at}Value`, value)];
		}),
	);
}

/** Parts take their media from addresses only. */
const noMedia = (): never => {
	throw new InvalidInput('Parts', 'cannot hold binary fields', 'Enter a URL instead.');
};
