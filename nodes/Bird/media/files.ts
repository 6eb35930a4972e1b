import type { IDataObject } from 'n8n-workflow';

import type { ItemScope, ItemTransport } from '../../delivery/run/operation';
import { requireContentType } from '../../input/file';
import { withoutInvisible } from '../../input/shown';
import type { MediaLookup } from '../bodies/bodyType';
import { type Upload, uploadOnTheWay } from './upload';

const LABEL = 'Input Binary Field';

/**
 * The file that a field names.
 *
 * @throws InvalidInput when there is none, or an empty one
 */
export function uploadOf(
	item: ItemScope,
	value: unknown,
	override: { contentType?: string; filename?: string } = {},
): Upload {
	const wanted = typeof value === 'string' ? withoutInvisible(value).trim() : value;
	const file = item.file(LABEL, wanted);
	const field = typeof wanted === 'string' ? wanted : (file.fileName ?? 'file');
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

/** A file of a message, which has yet to be uploaded. */
export interface MessageFile extends Upload {
	/** What stands in the message instead of its URL. */
	placeholder: string;
}

/** The files that a message shows or carries, each once, found while the message is read. */
export class MessageFiles {
	private readonly byValue = new Map<unknown, MessageFile>();

	constructor(private readonly item: ItemScope) {}

	readonly lookUp: MediaLookup = (value) => {
		const file = this.byValue.get(value) ?? this.add(value);
		const { placeholder, contentType, filename } = file;
		return { mediaUrl: placeholder, contentType, filename };
	};

	get all(): MessageFile[] {
		return [...this.byValue.values()];
	}

	private add(value: unknown): MessageFile {
		// No URL that a user can enter: those are http and https.
		const placeholder = `binary:${this.byValue.size}`;
		const file = { ...uploadOf(this.item, value), placeholder };
		this.byValue.set(value, file);
		return file;
	}
}

/**
 * Uploads the files of a message, one after the other.
 *
 * @param basePath of the channel: so that only its messages can show the files
 * @returns the message with their URLs
 * @throws DeliveryFailure, InvalidInput for a file that turns out to be empty
 */
export async function withUploads(
	message: IDataObject,
	files: MessageFile[],
	basePath: string,
	transport: ItemTransport,
): Promise<IDataObject> {
	const urls = new Map<unknown, string>();
	for (const file of files) {
		urls.set(file.placeholder, await uploadOnTheWay(basePath, file, transport));
	}
	const fill = (key: string, value: unknown) =>
		key === 'mediaUrl' ? (urls.get(value) ?? value) : value;
	return JSON.parse(JSON.stringify(message), fill) as IDataObject;
}
