import type { INodeProperties } from 'n8n-workflow';

import { requireChoice } from '../../input/choice';
import { requireUrl } from '../../input/url';
import type { MessageType } from './messageType';

const TYPES = { audio: 'Audio', file: 'File', image: 'Image', video: 'Video' };

/** Source: respond-io/typescript-sdk, src/types/message.ts: the kinds of attachments. */
export const attachmentTypeField: INodeProperties = {
	displayName: 'Attachment Type',
	name: 'attachmentType',
	type: 'options',
	options: Object.entries(TYPES).map(([value, name]) => ({ name, value })),
	default: 'image',
};

/** @throws InvalidInput for a kind that Aelyst does not have */
export function requireAttachmentType(field: string, value: unknown): string {
	return requireChoice(field, value ?? 'image', Object.keys(TYPES));
}

export const attachment: MessageType = {
	value: 'attachment',
	name: 'Attachment',
	description: 'A picture, video, sound or document at a public address',
	fields: [
		attachmentTypeField,
		{
			displayName: 'Attachment URL',
			name: 'attachmentUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/picture.jpg',
			description:
				'Anyone must be able to fetch it without signing in. Aelyst accepts an address that cannot be fetched, and the delivery fails later.',
		},
	],
	build: ({ attachmentType, attachmentUrl }) => ({
		type: 'attachment',
		attachment: {
			type: requireAttachmentType('Attachment Type', attachmentType),
			url: requireUrl('Attachment URL', attachmentUrl),
		},
	}),
};
