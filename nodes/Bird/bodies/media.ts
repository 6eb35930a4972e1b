import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { requireContentType } from '../../input/file';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { optionalText } from '../../input/text';
import { requireUrl } from '../../input/url';
import { toList } from '../../input/list';
import { withoutBlanks } from '../../input/blank';
import { actionsField, buildActions } from './actions';
import type { BodyType, Medium, MediaLookup } from './bodyType';
import { mediaUrlField } from './mediaUrl';
import { buildMetadata, metadataField } from './metadata';

const caption: INodeProperties = {
	displayName: 'Caption',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. This is how it looks',
};

const altText: INodeProperties = {
	displayName: 'Alt Text',
	name: 'altText',
	type: 'string',
	default: '',
	description: 'What the picture shows, for people who cannot see it',
};

/** Where media come from: addresses, or binary fields of the item, which are uploaded first. */
function urlOrBinary(addresses: INodeProperties): INodeProperties[] {
	return [
		{
			displayName: 'Media Source',
			name: 'mediaSource',
			type: 'options',
			options: [
				{
					name: 'Binary Field',
					value: 'binary',
					description: 'A file of the input item, which is uploaded to Bird on the way',
				},
				{
					name: 'URL',
					value: 'url',
					description: 'An address that anyone can open, or the media URL that Upload Media gave',
				},
			],
			default: 'url',
		},
		...showFor({ mediaSource: ['url'] }, [addresses]),
		...showFor({ mediaSource: ['binary'] }, [
			{
				displayName: 'Input Binary Field',
				name: 'binaryFields',
				type: 'string',
				default: 'data',
				required: true,
				placeholder: 'e.g. data',
				hint: 'The name of the input field with the file. Several names are separated by commas.',
			},
		]),
	];
}

/** @param one what the list holds, in the singular */
function addressList(label: string, one: string, values: INodeProperties[]): INodeProperties {
	return {
		displayName: label,
		name: 'media',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: `Add ${one}`,
		default: {},
		options: [{ displayName: one, name: 'medium', values }],
	};
}

/** The fields of a body with media, once with and once without binary fields. */
function withMedia(
	addresses: INodeProperties,
	rest: INodeProperties[],
): Pick<BodyType, 'fields' | 'fieldsWithUrls'> {
	return {
		fields: [...urlOrBinary(addresses), ...rest],
		fieldsWithUrls: [addresses, ...rest],
	};
}

const aroundMedia: INodeProperties[] = [
	caption,
	actionsField,
	metadataField(['subject', 'fallbackText', 'storyType', 'telegramParseMode']),
];

export const image: BodyType = {
	value: 'image',
	name: 'Image',
	description: 'One or more pictures with a caption',
	...withMedia(
		addressList('Images', 'Image', [mediaUrlField({ required: true }), altText]),
		aroundMedia,
	),
	build: (draft, media) =>
		withoutBlanks({
			text: optionalText('Caption', draft.text),
			images:
				draft.mediaSource === 'binary'
					? uploaded(draft, media).map(({ mediaUrl }) => ({ mediaUrl }))
					: linked(draft, 'Image', buildImage),
			actions: buildActions(draft.actions),
			metadata: buildMetadata(draft.metadata),
		}),
};

/** @param at what stands before the labels of its fields, such as "Image 1: " */
export function buildImage(entry: IDataObject, at: string): IDataObject {
	return {
		mediaUrl: requireUrl(`${at}URL`, entry.mediaUrl),
		...withoutBlanks({ altText: optionalText(`${at}Alt Text`, entry.altText) }),
	};
}

const fileAddress: INodeProperties[] = [
	mediaUrlField({ required: true, placeholder: 'e.g. https://example.com/invoice-1042.pdf' }),
	{
		displayName: 'Content Type',
		name: 'contentType',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. application/pdf',
		description: 'The media type of the file, which Bird requires',
	},
	{
		displayName: 'File Name',
		name: 'filename',
		type: 'string',
		default: '',
		placeholder: 'e.g. invoice-1042.pdf',
	},
	altText,
	{
		displayName: 'Animated',
		name: 'isAnimated',
		type: 'boolean',
		default: false,
		description: 'Whether a sticker moves. Has no effect on other files.',
	},
];

export const file: BodyType = {
	value: 'file',
	name: 'File',
	description: 'Documents, audio, video or stickers with a caption',
	...withMedia(addressList('Files', 'File', fileAddress), aroundMedia),
	build: (draft, media) =>
		withoutBlanks({
			text: optionalText('Caption', draft.text),
			files:
				draft.mediaSource === 'binary'
					? uploaded(draft, media).map((medium) => withoutBlanks({ ...medium }))
					: linked(draft, 'File', buildFile),
			actions: buildActions(draft.actions),
			metadata: buildMetadata(draft.metadata),
		}),
};

function buildFile(entry: IDataObject, at: string): IDataObject {
	return {
		mediaUrl: requireUrl(`${at}URL`, entry.mediaUrl),
		contentType: requireContentType(`${at}Content Type`, entry.contentType),
		...withoutBlanks({
			filename: optionalText(`${at}File Name`, entry.filename),
			altText: optionalText(`${at}Alt Text`, entry.altText),
		}),
		...(entry.isAnimated ? { metadata: { isAnimated: true } } : {}),
	};
}

export const gif: BodyType = {
	value: 'gif',
	name: 'GIF',
	description: 'A moving picture with a caption',
	...withMedia(
		mediaUrlField({
			// Not marked as required: n8n shows it too where the Message Type is an expression, and then
			// no message of another type could be sent without it.
			displayName: 'GIF URL',
			placeholder: 'e.g. https://example.com/a.gif',
		}),
		[caption, altText, actionsField, metadataField(['telegramParseMode'])],
	),
	build: (draft, media) =>
		withoutBlanks({
			mediaUrl:
				draft.mediaSource === 'binary'
					? media(onlyOne(namedFiles(draft))).mediaUrl
					: requireUrl('GIF URL', draft.mediaUrl),
			text: optionalText('Caption', draft.text),
			altText: optionalText('Alt Text', draft.altText),
			actions: buildActions(draft.actions),
			metadata: buildMetadata(draft.metadata),
		}),
};

function uploaded(draft: IDataObject, media: MediaLookup): Medium[] {
	return namedFiles(draft).map((one) => media(one));
}

/** The files that a field names: names, or the files themselves. @throws InvalidInput for none */
export function namedFiles({ binaryFields }: IDataObject): unknown[] {
	// An expression may give the file itself, or several: {{ [$binary.data, $binary.photo] }}.
	const named = isPlainObject(binaryFields)
		? [binaryFields]
		: Array.isArray(binaryFields)
			? binaryFields.flatMap(namedIn)
			: toList(binaryFields, 'Input Binary Field');
	if (named.length > 0) return named;
	throw new InvalidInput(
		'Input Binary Field',
		'is empty',
		'Enter the name of the input field that holds the file, such as data.',
	);
}

/** An entry of a list may be a file, too. */
function namedIn(entry: unknown): unknown[] {
	return isPlainObject(entry) ? [entry] : toList(entry, 'Input Binary Field');
}

function onlyOne(named: unknown[]): unknown {
	if (named.length === 1) return named[0];
	throw new InvalidInput(
		'Input Binary Field',
		`names ${named.length} files`,
		'A GIF message takes one. Send the others as messages of their own, or as images.',
	);
}

function linked(
	draft: IDataObject,
	one: string,
	build: (entry: IDataObject, at: string) => IDataObject,
): IDataObject[] {
	const entries = isPlainObject(draft.media) ? draft.media.medium : undefined;
	if (!Array.isArray(entries) || entries.length === 0) {
		throw new InvalidInput(
			`${one}s`,
			'is empty',
			'Add at least one, or send another kind of message.',
		);
	}
	return (entries as IDataObject[]).map((entry, index) => build(entry, `${one} ${index + 1}: `));
}
