import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type ItemScope, type Operation, reading } from '../../delivery/run/operation';
import { optionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { isBlank } from '../../input/blank';
import { type Draft, optionsOf } from '../../input/draft';
import { requireContentType } from '../../input/file';
import { requireText } from '../../input/text';
import { birdApi, DECLARED_WORKSPACE, documentedLimit, workspacePath } from '../api';
import { requireBinaryField } from '../bodies/attachments';
import { channelField, channelPath } from '../channel';
import { uploadOf } from '../media/files';
import { bytesOf, isPresigned, type PresignedUpload, presignRequest, store } from '../media/upload';
import type { Upload } from '../media/upload';

interface MediaUpload extends Upload {
	/** Of the channel or of the workspace: whose messages may show the file. */
	basePath: string;
}

const uploadMedia: Operation<MediaUpload> = {
	api: birdApi,
	// Nobody gets a file by its upload, so doing it twice does no harm.
	kind: 'read',
	input: readUpload,
	request: ({ basePath, contentType }) => presignRequest(basePath, contentType),
	result: ({ body }) => (isPresigned(body) ? reading([body]) : undefined),
	async finish({ results: [presigned] }, upload, transport) {
		const { mediaUrl } = presigned as unknown as PresignedUpload;
		await store(presigned as unknown as PresignedUpload, upload, transport);
		const { contentType, filename } = upload;
		const bytes = await bytesOf(upload, transport);
		return reading([
			{ mediaUrl, provider: birdApi.provider, fileName: filename, contentType, bytes },
		]);
	},
};

/** @throws InvalidInput naming the field that cannot be used */
function readUpload(draft: Draft, item: ItemScope): MediaUpload {
	const basePath =
		draft.mediaScope === 'channel'
			? channelPath(draft, item.credentials)
			: `${workspacePath(item.credentials)}/channel-media`;
	const { contentType, filename } = optionsOf(draft);
	const upload = uploadOf(item, requireBinaryField('Input Binary Field', draft.binaryField), {
		...(isBlank(contentType)
			? {}
			: { contentType: requireContentType('Content Type', contentType) }),
		...(isBlank(filename) ? {} : { filename: requireText('File Name', filename) }),
	});
	return { ...upload, basePath };
}

export const upload: NodeOperation = {
	value: 'upload',
	name: 'Upload Media',
	action: 'Upload media',
	description: 'Upload a file, and get a URL for it that messages can use',
	fields: [
		{
			displayName: 'Media Scope',
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
	declares: { method: 'POST', url: `=${DECLARED_WORKSPACE}/channel-media/presigned-upload` },
	operation: uploadMedia,
};
