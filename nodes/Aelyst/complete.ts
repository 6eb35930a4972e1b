import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import type { ItemTransport, Operation, Reading } from '../delivery/run/operation';
import { type Draft, optionsOf } from '../input/draft';
import { isPlainObject } from '../input/json';
import { aelystApi } from './api';
import { checkChannel } from './checkChannel';
import { contactPath, parseIdentifier } from './contact';
import { readSent } from './results';
import { withComponents } from './template/lookUp';

/** The channel and the message, as far as what the user entered tells. */
export interface Content {
	channelId: number | null;
	message: IDataObject;
}

/** A message to a contact, read and checked. */
export interface ContactMessage {
	/** Such as phone:+60121233112. */
	identifier: string;
	content: Content;
	/** Whether to find out first if the channel can carry it. */
	checksChannel: boolean;
}

export function contactMessage(identifier: string, content: Content, draft: Draft): ContactMessage {
	const wantsCheck = optionsOf(draft).checkChannel === true;
	// Aelyst takes them on some channels only.
	const isPayload = content.message.type === 'custom_payload';
	return { identifier, content, checksChannel: wantsCheck || isPayload };
}

/** How a message to a contact is sent, whether it is one or one of many. */
export const toContact: Omit<Operation<ContactMessage>, 'input'> = {
	api: aelystApi,
	kind: 'send',
	request: ({ identifier, content }) => sendRequest(identifier, content),
	complete: completed,
	result: (answer: VendorAnswer, { identifier, content }): Reading | undefined =>
		readSent(answer, identifier, content.channelId),
	people: { of: ({ identifier }) => [[parseIdentifier('Identifier', identifier).value]] },
};

/** Source: the owner's page of sendmessage. */
export function sendRequest(identifier: string, { channelId, message }: Content): VendorRequest {
	return {
		method: 'POST',
		url: `${contactPath(identifier)}/message`,
		body: { channelId, message },
	};
}

/**
 * Finds out what the user has not said: whether the channel can carry the message, and the text of a
 * template.
 *
 * @throws InvalidInput naming what cannot be sent
 */
async function completed(
	{ identifier, content, checksChannel }: ContactMessage,
	request: VendorRequest,
	transport: ItemTransport,
): Promise<VendorRequest> {
	const { channelId, message } = content;
	if (checksChannel) await checkChannel({ identifier, content }, transport);
	if (channelId === null || !isPlainObject(message.template)) return request;
	const filled = await withComponents(channelId, message, transport);
	return { ...request, body: { channelId, message: filled } };
}
