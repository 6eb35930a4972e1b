import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../delivery/deliver';

/** One kind of message body: how the editor asks for it, and what Bird gets. */
export interface BodyType {
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	/** @throws InvalidInput naming the field that cannot be sent */
	build(draft: Draft, media: MediaLookup): IDataObject;
}

/** Gives the URL of the media in a binary field of the item, once it has been uploaded. */
export type MediaLookup = (binaryField: string) => { mediaUrl: string; contentType: string };
