import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { InvalidInput } from '../../message/invalidInput';
import {
	isPlainObject,
	requireText,
	requireUrl,
	toList,
	withoutBlanks,
} from '../../message/requireInput';
import { actionsField, buildActions } from './actions';
import type { BodyType, MediaLookup } from './bodyType';
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

/** Where a medium comes from: addresses, or binary fields of the item, which are uploaded first. */
function mediaFields(addresses: INodeProperties): INodeProperties[] {
	return [
		{
			displayName: 'Media From',
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
					description: 'A public address, or the media URL that Upload Media gave',
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

function addressList(label: string, values: INodeProperties[]): INodeProperties {
	return {
		displayName: label,
		name: 'media',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Medium',
		default: { medium: [{ mediaUrl: '' }] },
		options: [{ displayName: 'Medium', name: 'medium', values }],
	};
}

const mediaUrl: INodeProperties = {
	displayName: 'URL',
	name: 'mediaUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/picture.jpg',
};

const SHARED_SETTINGS = ['subject', 'fallbackText', 'storyType', 'telegramParseMode'] as const;

export const image: BodyType = {
	value: 'image',
	name: 'Image',
	description: 'One or more pictures with a caption',
	fields: [
		...mediaFields(addressList('Images', [mediaUrl, altText])),
		caption,
		actionsField,
		metadataField([...SHARED_SETTINGS]),
	],
	build: (draft, media) =>
		withoutBlanks({
			text: draft.text,
			images: collect('Images', draft, media, (entry, field) => ({
				mediaUrl: requireUrl(`${field} URL`, entry.mediaUrl, MEDIA_PROTOCOLS),
				...withoutBlanks({ altText: entry.altText }),
			})),
			actions: buildActions(draft.actions),
			metadata: buildMetadata(draft.metadata),
		}),
};

export const file: BodyType = {
	value: 'file',
	name: 'File',
	description: 'Documents, audio or video with a caption',
	fields: [
		...mediaFields(
			addressList('Files', [
				mediaUrl,
				{
					displayName: 'Content Type',
					name: 'contentType',
					type: 'string',
					default: '',
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
			]),
		),
		caption,
		actionsField,
		metadataField([...SHARED_SETTINGS]),
	],
	build: (draft, media) =>
		withoutBlanks({
			text: draft.text,
			files: collect('Files', draft, media, (entry, field) => ({
				mediaUrl: requireUrl(`${field} URL`, entry.mediaUrl, MEDIA_PROTOCOLS),
				contentType: requireText(
					`${field} Content Type`,
					entry.contentType,
					'Enter a type such as application/pdf.',
				),
				...withoutBlanks({ filename: entry.filename, altText: entry.altText }),
			})),
			actions: buildActions(draft.actions),
			metadata: buildMetadata(draft.metadata),
		}),
};

export const gif: BodyType = {
	value: 'gif',
	name: 'GIF',
	description: 'A moving picture with a caption',
	fields: [
		...mediaFields({ ...mediaUrl, displayName: 'GIF URL', required: true }),
		caption,
		altText,
		actionsField,
	],
	build(draft, media) {
		const [binaryField] = binaryFields(draft);
		return withoutBlanks({
			mediaUrl:
				draft.mediaSource === 'binary'
					? media(binaryField).mediaUrl
					: requireUrl('GIF URL', draft.mediaUrl),
			text: draft.text,
			altText: draft.altText,
			actions: buildActions(draft.actions),
		});
	},
};

/** A binary field that is yet to be uploaded stands in a request as an address of its own kind. */
const MEDIA_PROTOCOLS = ['https:', 'http:', 'binary:'];

/** The binary fields whose media a draft names. @throws InvalidInput when none is named */
export function binaryFields(draft: IDataObject): string[] {
	if (draft.mediaSource !== 'binary') return [];
	const names = toList(draft.binaryFields);
	if (names.length > 0) return names;
	throw new InvalidInput(
		'Input Binary Field',
		'is empty',
		'Enter the name of the input field that holds the file, such as data.',
	);
}

function collect(
	field: string,
	draft: IDataObject,
	media: MediaLookup,
	build: (entry: IDataObject, field: string) => IDataObject,
): IDataObject[] {
	if (draft.mediaSource === 'binary') {
		return binaryFields(draft).map((name) =>
			build({ ...media(name) }, `Input Binary Field ${name}`),
		);
	}
	const entries = isPlainObject(draft.media) ? draft.media.medium : undefined;
	if (!Array.isArray(entries) || entries.length === 0) {
		throw new InvalidInput(field, 'is empty', 'Add at least one, or send another kind of message.');
	}
	return (entries as IDataObject[]).map((entry, index) => build(entry, `${field} ${index + 1}`));
}
