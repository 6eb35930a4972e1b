import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { requireContentType } from '../../input/file';
import { deliver } from '../../delivery/run/deliver';
import type { NodeOperation } from '../../fields/operation';
import { optionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { isBlank } from '../../input/blank';
import { isPlainObject } from '../../input/json';
import { requireText } from '../../input/text';
import { birdApi, documentedLimit, workspacePath } from '../api';
import { channelField, channelPath } from '../channel';
import { uploadOf } from '../media/messageMedia';
import { isPresigned, presignRequest, store, type Upload } from '../media/upload';

export const upload: NodeOperation = {
	value: 'upload',
	name: 'Upload Media',
	action: 'Upload media',
	description: 'Upload a file, and get a URL for it that messages can use',
	fields: [
		{
			displayName: 'Use For',
			name: 'mediaScope',
			type: 'options',
			options: [
				{
					name: 'One Channel',
					value: 'channel',
					description: 'Only messages of the channel can use the file',
				},
				{
					name: 'Whole Workspace',
					value: 'workspace',
					description: 'Messages of any channel can use the file',
				},
			],
			default: 'workspace',
		},
		...showFor({ mediaScope: ['channel'] }, [channelField]),
		{
			displayName: 'Input Binary Field',
			name: 'binaryField',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the input field with the file',
		},
		optionsField(
			[
				{
					displayName: 'Content Type',
					name: 'contentType',
					type: 'string',
					default: '',
					placeholder: 'e.g. image/png',
					description: 'Replaces the media type that the input says the file has',
				},
				{
					displayName: 'File Name',
					name: 'filename',
					type: 'string',
					default: '',
					placeholder: 'e.g. picture.png',
					description: 'Replaces the name that the input says the file has',
				},
			],
			documentedLimit,
		),
	],
	execute: deliver({
		api: birdApi,
		// Nobody gets a file by its upload, so doing it twice does no harm.
		kind: 'read',
		build(draft, credentials) {
			requireField(draft);
			const basePath =
				draft.mediaScope === 'channel'
					? channelPath(draft, credentials)
					: `${workspacePath(credentials)}/channel-media`;
			const { contentType } = override(draft);
			return presignRequest(basePath, contentType ?? NOT_READ_YET);
		},
		check: (draft, context) => void toUpload(draft, context),
		complete: async (request, draft, context) => ({
			...request,
			body: { contentType: toUpload(draft, context).contentType },
		}),
		read: ({ body }) => (isPresigned(body) ? [body] : undefined),
		async enrich([presigned], draft, transport, context) {
			const upload = toUpload(draft, context);
			if (!isPresigned(presigned)) return [];
			await store(presigned, upload, context, transport);
			return [await aboutMedia(presigned.mediaUrl, upload, context)];
		},
	}),
};

/** Stands for the type of the item's file until the item is at hand. */
const NOT_READ_YET = 'application/octet-stream';

function requireField(draft: IDataObject): string {
	return requireText(
		'Input Binary Field',
		draft.binaryField,
		'Enter the name of the input field that holds the file, such as data.',
	).trim();
}

function override({ options }: IDataObject): { contentType?: string; filename?: string } {
	const { contentType, filename } = isPlainObject(options) ? options : {};
	return {
		...(isBlank(contentType)
			? {}
			: { contentType: requireContentType('Content Type', contentType) }),
		...(isBlank(filename) ? {} : { filename: String(filename) }),
	};
}

function toUpload(draft: IDataObject, context: IExecuteSingleFunctions): Upload {
	return uploadOf(context, requireField(draft), override(draft));
}

/** What is known of a file that Bird now has. */
async function aboutMedia(
	mediaUrl: string,
	{ file, contentType, filename }: Upload,
	context: IExecuteSingleFunctions,
): Promise<IDataObject> {
	const bytes =
		file.id === undefined
			? Buffer.byteLength(file.data, 'base64')
			: (await context.helpers.getBinaryMetadata(file.id)).fileSize;
	return { mediaUrl, provider: birdApi.provider, fileName: filename, contentType, bytes };
}
