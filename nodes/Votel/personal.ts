import type { Operation } from '../delivery/run/operation';
import { reading } from '../delivery/run/operation';
import type { Draft } from '../input/draft';
import { saysWhatBecame, toMessageResult, votelApi } from './api';
import { recipientOf } from './kinds';
import { buildMessage, type Message, toRequest } from './message';

/** A message to one person. */
export interface PersonalMessage {
	recipient: string;
	message: Message;
}

/** @throws InvalidInput naming the field that cannot be sent */
export function readPersonal(draft: Draft, to: unknown): PersonalMessage {
	const recipient = recipientOf(draft, to);
	return { recipient, message: buildMessage(draft, recipient) };
}

/** How a message to one person is sent, whether it is one or one of many. */
export const personal: Omit<Operation<PersonalMessage>, 'input'> = {
	api: votelApi,
	kind: 'send',
	html: ['html'],
	request: ({ message }) => toRequest(message),
	result: ({ body }, { recipient }) =>
		saysWhatBecame(body) ? reading([toMessageResult(body, recipient)]) : undefined,
};
