import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../../fields/show';
import { requireBase64 } from '../../input/base64';
import { requireContentType } from '../../input/file';
import { optionalId } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { optionalText, requireText } from '../../input/text';
import { requireUrl } from '../../input/url';
import { withoutBlanks } from '../../input/blank';
import type { MediaLookup } from './bodyType';
import { mediaUrlField } from './mediaUrl';

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
		description: 'An address that anyone can open, or the media URL that Upload Media gave',
	},
};

/**
 * A collection of files, for a message; a template's cannot be shown by a name.
 *
 * @param isTemplate n8n looks for what is required within another collection in the wrong place, so
 *   nothing is marked there
 */
export function attachmentsField(
	sources: AttachmentSource[],
	{ isTemplate = false } = {},
): INodeProperties {
	const isChoice = sources.length > 1;
	const from = (wanted: AttachmentSource[], fields: INodeProperties[]) => {
		const some = wanted.filter((source) => sources.includes(source));
		if (some.length === 0) return [];
		return isChoice ? showFor({ source: some }, fields) : fields;
	};
	const values = [
		...(isChoice ? [sourceField(sources)] : []),
		...from(['url'], [urlField]),
		...from(['binary'], [binaryField]),
		...from(['content'], contentFields),
		...from(['url', 'content'], [fileNameField]),
		...from(['binary'], [fileNameOfFileField]),
		...from(['url', 'binary'], [inlineField(!isTemplate)]),
		...(isTemplate ? [] : from(['url', 'binary'], [contentIdField])),
	];
	return {
		displayName: 'Attachments',
		name: 'attachments',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Attachment',
		default: {},
		description: 'Files of an email',
		options: [
			{
				displayName: 'Attachment',
				name: 'attachment',
				values: isTemplate ? values.map((field) => ({ ...field, required: false })) : values,
			},
		],
	};
}

function sourceField(sources: AttachmentSource[]): INodeProperties {
	return {
		displayName: 'File Source',
		name: 'source',
		type: 'options',
		options: Object.values(SOURCES).filter(({ value }) =>
			sources.some((source) => source === value),
		),
		default: 'url',
	};
}

const urlField = mediaUrlField({
	required: true,
	placeholder: 'e.g. https://example.com/invoice-1042.pdf',
});

const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'filename',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. invoice-1042.pdf',
	description: 'What the recipient sees',
};

const fileNameOfFileField: INodeProperties = {
	...fileNameField,
	required: false,
	description: 'What the recipient sees instead of the name that the file has',
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
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input field with the file',
};

const contentFields: INodeProperties[] = [
	{
		displayName: 'Content (Base64)',
		name: 'content',
		type: 'string',
		default: '',
		required: true,
	},
	{
		displayName: 'Content Type',
		name: 'contentType',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. application/pdf',
	},
];

/** @throws InvalidInput naming the field that cannot be sent */
export function buildAttachments(collection: unknown, media: MediaLookup): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.attachment : undefined;
	if (!Array.isArray(entries)) return [];
	return (entries as IDataObject[]).map((entry, index) => {
		const at = `Attachment ${index + 1}: `;
		if (entry.source === 'content') return contentAttachment(entry, at);
		const { mediaUrl, filename } =
			entry.source === 'binary'
				? media(requireBinaryField(`${at}Input Binary Field`, entry.binaryField))
				: { mediaUrl: requireUrl(`${at}URL`, entry.mediaUrl), filename: '' };
		return {
			mediaUrl,
			filename: optionalText(`${at}File Name`, entry.filename) ?? requireFileName(at, filename),
			...(entry.inline ? inline(entry, at) : {}),
		};
	});
}

function inline({ contentId }: IDataObject, at: string): IDataObject {
	const name = optionalId(`${at}Content ID`, contentId);
	return { inline: true, ...withoutBlanks({ contentId: name }) };
}

function requireFileName(at: string, value: unknown): string {
	return requireText(`${at}File Name`, value, 'Enter a file name.');
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

function contentAttachment(entry: IDataObject, at: string): IDataObject {
	return {
		content: requireBase64(`${at}Content (Base64)`, entry.content),
		contentType: requireContentType(`${at}Content Type`, entry.contentType),
		filename: requireFileName(at, entry.filename),
	};
}
