import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../input/draft';
import { showFor } from '../../fields/show';
import { InvalidInput } from '../../input/invalidInput';
import { requireJsonObject } from '../../input/json';
import { shown } from '../../input/shown';
import { authentication } from './authentication';
import type { BodyType, MediaLookup } from './bodyType';
import { carousel } from './carousel';
import { html } from './html';
import { list } from './list';
import { location } from './location';
import { file, gif, image } from './media';
import { section } from './section';
import { text } from './text';

/** The kinds of bodies with fields of their own, in the order of the editor's list. */
const BODY_TYPES: BodyType[] = [
	authentication,
	carousel,
	file,
	gif,
	html,
	image,
	list,
	location,
	section,
	text,
];

/** The Message Type picker, and the fields of every type. */
export function bodyFields(media: 'urlsAndBinaryFields' | 'urls'): INodeProperties[] {
	return [
		messageTypeField,
		...BODY_TYPES.flatMap(({ value, fields, fieldsWithUrls }) =>
			showFor({ bodyType: [value] }, media === 'urls' ? (fieldsWithUrls ?? fields) : fields),
		),
		...showFor({ bodyType: ['json'] }, [
			{
				displayName: 'Body (JSON)',
				name: 'bodyJson',
				type: 'json',
				default: '{\n  "type": "text",\n  "text": { "text": "Hello" }\n}',
				required: true,
				description: "The whole body with its type, as in Bird's documentation",
			},
		]),
	];
}

const messageTypeField: INodeProperties = {
	displayName: 'Message Type',
	name: 'bodyType',
	type: 'options',
	options: [
		...BODY_TYPES.map(({ name, value, description }) => ({ name, value, description })),
		{
			name: 'JSON',
			value: 'json',
			description: 'A body as Bird documents it, for whatever has no fields here',
		},
	].sort((a, b) => a.name.localeCompare(b.name)),
	default: 'text',
};

/** @throws InvalidInput naming the field that cannot be sent */
export function buildBody(draft: Draft, media: MediaLookup): IDataObject {
	const wanted = draft.bodyType ?? 'text';
	if (wanted === 'json') return jsonBody(draft);
	const type = BODY_TYPES.find(({ value }) => value === wanted);
	if (type) return { type: type.value, [type.value]: type.build(draft, media) };
	throw new InvalidInput(
		'Message Type',
		`${shown(wanted)} is unknown`,
		`Use ${[...BODY_TYPES.map(({ value }) => value), 'json'].sort().join(', ')}.`,
	);
}

function jsonBody(draft: Draft): IDataObject {
	const body = requireJsonObject('Body (JSON)', draft.bodyJson);
	if (typeof body.type === 'string') return body;
	throw new InvalidInput(
		'Body (JSON)',
		'has no type',
		'Begin with the kind of the body, such as {"type": "text", "text": {"text": "Hello"}}.',
	);
}
