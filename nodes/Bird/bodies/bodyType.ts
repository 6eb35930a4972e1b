import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../input/draft';

/** One kind of message body: how the editor asks for it, and what Bird gets. */
export interface BodyType {
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	/** The fields where files can only be given as URLs; the same unless there are files. */
	fieldsWithUrls?: INodeProperties[];
	/** @throws InvalidInput naming the field that cannot be sent */
	build(draft: Draft, media: MediaLookup): IDataObject;
}

/** A file that a message shows or carries. */
export interface Medium {
	mediaUrl: string;
	contentType: string;
	filename: string;
}

/**
 * Gives the file that a field names, with a URL that stands for it until it is uploaded.
 *
 * @throws InvalidInput when there is no such file, or none can be sent this way
 */
export type MediaLookup = (binaryField: unknown) => Medium;
