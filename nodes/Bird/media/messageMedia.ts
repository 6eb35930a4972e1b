import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { binaryFile, requireContentType } from '../../input/file';
import type { Draft } from '../../input/draft';
import type { Transport } from '../../delivery/http/transport';
import { buildBody } from '../bodies';
import type { Medium, MediaLookup } from '../bodies/bodyType';
import type { Upload } from './upload';
import { uploadOnTheWay } from './upload';

const LABEL = 'Input Binary Field';

/** What stands in a message for a file that is yet to be uploaded. */
export const notYetUploaded: MediaLookup = (field) => ({
	mediaUrl: `binary:${field}`,
	contentType: 'application/octet-stream',
	filename: field,
});

/** The file of a binary field. @throws InvalidInput when there is none, or an empty one */
export function uploadOf(
	context: IExecuteSingleFunctions,
	field: string,
	override: { contentType?: string; filename?: string } = {},
): Upload {
	const file = binaryFile(context, LABEL, field);
	return {
		label: LABEL,
		field,
		file,
		contentType: requireContentType(
			override.contentType ? 'Content Type' : `The content type of "${field}"`,
			override.contentType ?? file.mimeType,
		),
		filename: override.filename ?? file.fileName ?? defaultName(field, file.fileExtension),
	};
}

function defaultName(field: string, extension: string | undefined): string {
	return extension ? `${field}.${extension}` : field;
}

/** The binary fields whose files a message shows or carries, each once. */
export function mediaOf(draft: Draft): string[] {
	const fields = new Set<string>();
	buildBody(draft, (field) => {
		fields.add(field);
		return notYetUploaded(field);
	});
	return [...fields];
}

/** Uploads the files of a message, one after the other, and gives its body with their URLs. */
export async function bodyWithMedia(
	draft: Draft,
	basePath: string,
	context: IExecuteSingleFunctions,
	transport: Transport,
): Promise<IDataObject> {
	const uploaded = new Map<string, Medium>();
	for (const field of mediaOf(draft)) {
		const upload = uploadOf(context, field);
		uploaded.set(field, await uploadOnTheWay(basePath, upload, context, transport));
	}
	return buildBody(draft, (field) => uploaded.get(field) ?? notYetUploaded(field));
}
