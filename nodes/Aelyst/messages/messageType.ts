import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../input/draft';

/** One kind of message: how the editor asks for it, and what Aelyst gets. */
export interface MessageType {
	value: string;
	name: string;
	description: string;
	fields: INodeProperties[];
	/** @throws InvalidInput naming the field that cannot be sent */
	build(draft: Draft): IDataObject;
}
