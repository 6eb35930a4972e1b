import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../delivery/run/operation';
import { reading } from '../delivery/run/operation';
import type { Draft } from '../input/draft';
import { smsFacts } from '../input/smsLength';
import { saysWhatBecame, toMessageResult, votelApi } from './api';
import { recipientOf } from './kinds';
import { buildMessage, type Message, toRequest } from './message';

/** A message to one person. */
export interface PersonalMessage {
	recipient: string;
	message: Message;
	/** Of an SMS that has no media, which would make it an MMS. */
	smsText?: string;
}

/** @throws InvalidInput naming the field that cannot be sent */
export function readPersonal(draft: Draft, to: unknown): PersonalMessage {
	const recipient = recipientOf(draft, to);
	const message = buildMessage(draft, recipient);
	const { content, media_urls: media } = message.body.message_data as IDataObject;
	const isSms = draft.sendAs === 'sms' && media === undefined && typeof content === 'string';
	return { recipient, message, ...(isSms ? { smsText: content } : {}) };
}

/** How a message to one person is sent, whether it is one or one of many. */
export const personal: Omit<Operation<PersonalMessage>, 'input'> = {
	api: votelApi,
	kind: 'send',
	html: ['html'],
	request: ({ message }) => toRequest(message),
	result: ({ body }, { recipient, smsText }) =>
		saysWhatBecame(body)
			? reading([
					{
						...toMessageResult(body, recipient),
						...(smsText === undefined ? {} : smsFacts(smsText)),
					},
				])
			: undefined,
	people: { of: ({ recipient }) => [[recipient]] },
};
