import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../input/draft';
import { sorted } from '../../fields/options';
import { showFor } from '../../fields/show';
import { channelFields, channelOf, requireChannelId } from '../channel';
import { attachment } from './attachment';
import { customPayload } from './customPayload';
import { email } from './email';
import type { MessageType } from './messageType';
import { quickReply } from './quickReply';
import { text } from './text';

const MESSAGE_TYPES: MessageType[] = [attachment, customPayload, email, quickReply, text];
/** Those that go through the last channel unless another is chosen. */
const CHANNEL_FREE = MESSAGE_TYPES.filter((type) => type !== customPayload).map(
	({ value }) => value,
);

/** The Message Type picker, the fields of every type, and the channel. */
export function messageFields(
	more: Array<{ name: string; value: string; description: string }> = [],
): INodeProperties[] {
	return [
		{
			displayName: 'Message Type',
			name: 'messageType',
			type: 'options',
			options: sorted([
				...MESSAGE_TYPES.map(({ name, value, description }) => ({ name, value, description })),
				...more,
			]),
			default: 'text',
		},
		...MESSAGE_TYPES.flatMap(({ value, fields }) => showFor({ messageType: [value] }, fields)),
		...showFor({ messageType: CHANNEL_FREE }, channelFields),
	];
}

/** The channel and the message of a draft. @throws InvalidInput naming the field that cannot be sent */
export function buildMessage(draft: Draft): { channelId: number | null; message: IDataObject } {
	const type = MESSAGE_TYPES.find(({ value }) => value === draft.messageType) ?? text;
	const channelId =
		type === customPayload
			? requireChannelId(draft.channelId, ', and a custom payload needs one')
			: channelOf(draft);
	return { channelId, message: type.build(draft) };
}
