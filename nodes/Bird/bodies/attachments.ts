import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { requireBase64 } from '../../input/base64';
import { isBlank, withoutBlanks } from '../../input/blank';
import { requireContentType } from '../../input/file';
import { optionalId } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { requireText } from '../../input/text';
import { requireUrl } from '../../input/url';
import type { MediaLookup } from './bodyType';

/** Where the files of an email may come from. */
export type AttachmentSource = 'url' | 'binary' | 'content';

const SOURCES: Record<AttachmentSource, { name: string; value: string; description: string }> = {
	binary: {
		name: 'Binary Field',
		value: 'binary',
		description: 'A file of the input item, which is uploaded to Bird on the way',
	},
	content: { name: 'Content', value: 'content', description: 'The file itself as Base64' },
	url: {
		name: 'URL',
		value: 'url',
		description: 'A public address, or the media URL that Upload Media gave',
	},
};

/**
 * A collection of files.
 *
 * @param hasContentId whether the message can show a file by a name; templates cannot
 */
export function attachmentsField(
	sources: AttachmentSource[],
	{ hasContentId = true } = {},
): INodeProperties {
	const isChoice = sources.length > 1;
	const from = (wanted: AttachmentSource[], fields: INodeProperties[]) => {
		const some = wanted.filter((source) => sources.includes(source));
		if (some.length === 0) return [];
		return isChoice ? showFor({ source: some }, fields) : fields;
	};
	return {
		displayName: 'Attachments',
		name: 'attachments',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Attachment',
		default: {},
		options: [
			{
				displayName: 'Attachment',
				name: 'attachment',
				values: [
					...(isChoice ? [sourceField(sources)] : []),
					...from(['url'], [urlField]),
					...from(['binary'], [binaryField]),
					...from(['content'], contentFields),
					{
						displayName: 'File Name',
						name: 'filename',
						type: 'string',
						default: '',
						placeholder: 'e.g. invoice-1042.pdf',
						description: sources.includes('binary')
							? 'What the recipient sees. A binary field has a name of its own.'
							: 'What the recipient sees',
					},
					...from(['url', 'binary'], [inlineField(hasContentId)]),
					...(hasContentId ? from(['url', 'binary'], [contentIdField]) : []),
				],
			},
		],
	};
}

function sourceField(sources: AttachmentSource[]): INodeProperties {
	return {
		displayName: 'From',
		name: 'source',
		type: 'options',
		options: Object.values(SOURCES).filter(({ value }) =>
			sources.some((source) => source === value),
		),
		default: 'url',
	};
}

const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'mediaUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/invoice-1042.pdf',
};

function inlineField(hasContentId: boolean): INodeProperties {
	return {
		displayName: 'Inline',
		name: 'inline',
		type: 'boolean',
		default: false,
		description: hasContentId
			? 'Whether the message shows the file by its content ID'
			: 'Whether the message shows the file instead of attaching it',
	};
}

const contentIdField: INodeProperties = {
	displayName: 'Content ID',
	name: 'contentId',
	type: 'string',
	default: '',
	placeholder: 'e.g. logo',
	description: 'The name that the HTML uses after cid:',
	displayOptions: { show: { inline: [true] } },
};

const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryField',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input field with the file',
};

const contentFields: INodeProperties[] = [
	{ displayName: 'Content (Base64)', name: 'content', type: 'string', default: '' },
	{
		displayName: 'Content Type',
		name: 'contentType',
		type: 'string',
		default: '',
		placeholder: 'e.g. application/pdf',
	},
];

/** @throws InvalidInput naming the field that cannot be sent */
export function buildAttachments(collection: unknown, media: MediaLookup): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.attachment : undefined;
	if (!Array.isArray(entries)) return [];
	return (entries as IDataObject[]).map((entry, index) => {
		const field = `Attachments ${index + 1}`;
		if (entry.source === 'content') return contentAttachment(entry, field);
		const { mediaUrl, filename } =
			entry.source === 'binary'
				? media(requireBinaryField(`${field} Input Binary Field`, entry.binaryField))
				: { mediaUrl: requireUrl(`${field} URL`, entry.mediaUrl), filename: '' };
		return {
			mediaUrl,
			filename: requireText(
				`${field} File Name`,
				isBlank(entry.filename) ? filename : entry.filename,
				'Enter a file name.',
			),
			...(entry.inline
				? {
						inline: true,
						...withoutBlanks({ contentId: optionalId(`${field} Content ID`, entry.contentId) }),
					}
				: {}),
		};
	});
}

/** @throws InvalidInput when no file is named */
export function requireBinaryField(label: string, value: unknown): unknown {
	// An expression may give the file itself.
	if (isPlainObject(value)) return value;
	return requireText(
		label,
		value,
		'Enter the name of the input field that holds the file, such as data.',
	);
}

function contentAttachment(entry: IDataObject, field: string): IDataObject {
	return {
		content: requireBase64(`${field} Content (Base64)`, entry.content),
		contentType: requireContentType(`${field} Content Type`, entry.contentType),
		filename: requireText(`${field} File Name`, entry.filename, 'Enter a file name.'),
	};
}
