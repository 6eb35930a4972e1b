import type { INodeProperties } from 'n8n-workflow';

import { path } from '../delivery/http/path';
import type { Draft } from '../input/draft';
import { requireUuid } from '../input/id';

/** The message that an operation is about. */
export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 8ba7b830-9dad-11d1-80b4-00c04fd430c8',
	description: 'The ID that sending the message gave',
};

/** @throws InvalidInput when it is no UUID */
export function readMessageId({ messageId }: Draft): string {
	return requireUuid(
		'Message ID',
		messageId,
		'Enter the messageId that Send Message, Send Template or Bulk Send gave.',
	);
}

/** Source: docs.sent.dm, GET /v3/messages/{id}. */
export function messagePath(messageId: string): string {
	return path`/v3/messages/${messageId}`;
}
