import type { IHttpRequestOptions } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { Draft } from '../../input/draft';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { conduitApi, documentedLimit, readAccepted } from '../api';
import {
	channelFields,
	contactField,
	contactPath,
	route,
	senderField,
	withChannelNode,
} from '../channel';
import { bodyField, buildText, subjectField } from '../content';
import { conversationField, conversationPath, ticketField, ticketPath } from '../thread';
import { workspaceField, workspaceQuery } from '../workspace';

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text to a contact, or reply in a conversation or a ticket',
	fields: [
		workspaceField,
		{
			displayName: 'Send To',
			name: 'sendTo',
			type: 'options',
			options: [
				{
					name: 'Contact',
					value: 'contact',
					description: "Write first, through one of the contact's channels",
				},
				{
					name: 'Conversation',
					value: 'conversation',
					description: 'Reply in a conversation, through the channel that it has',
				},
				{
					name: 'Ticket',
					value: 'ticket',
					description: 'Reply in the conversation of a ticket',
				},
			],
			default: 'contact',
		},
		...showFor({ sendTo: ['contact'] }, [
			contactField,
			...channelFields,
			senderField('searchSenders'),
		]),
		...showFor({ sendTo: ['conversation'] }, [conversationField]),
		...showFor({ sendTo: ['ticket'] }, [ticketField]),
		...showFor({ sendTo: ['contact'] }, [subjectField]),
		bodyField,
		simplifyField,
		optionsField([], documentedLimit),
	],
	execute: deliver({
		api: conduitApi,
		kind: 'send',
		build: buildSend,
		complete: async (request, draft, context, transport) =>
			isReply(draft) ? request : await withChannelNode(request, draft, transport, context),
		read: (answer, { simplify }) => readAccepted(answer, simplify),
	}),
};

/**
 * Source: docs.conduit.ai: contacts/send-message, conversations/send-message, tickets/send-message.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildSend(draft: Draft): IHttpRequestOptions {
	const qs = workspaceQuery(draft);
	if (isReply(draft)) {
		const url =
			draft.sendTo === 'ticket'
				? ticketPath(draft.ticketId)
				: conversationPath(draft.conversationId);
		return { method: 'POST', url, qs, body: buildText({ body: draft.body }) };
	}
	return {
		method: 'POST',
		url: `${contactPath(draft.contactId)}/messages`,
		qs,
		body: { ...route(draft), ...buildText(draft) },
	};
}

function isReply({ sendTo }: Draft): boolean {
	return sendTo === 'conversation' || sendTo === 'ticket';
}
