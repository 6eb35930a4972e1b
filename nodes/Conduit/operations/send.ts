import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import type { Draft } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { conduitApi, documentedLimit, readAccepted } from '../api';
import {
	channelFields,
	contactField,
	contactRequest,
	type ContactRoute,
	readRoute,
	senderField,
	withChannelNode,
} from '../channel';
import { bodyField, buildText, subjectField } from '../content';
import { contactPlace, conversationPlace, conversationReading, statusNote } from '../readBack';
import { conversationField, conversationPath, ticketField, ticketPath } from '../thread';
import { workspaceField, workspaceQuery } from '../workspace';

/** Text to a contact, or a reply where the channel is already there. */
type Text = { content: IDataObject } & (
	| { route: ContactRoute }
	| { thread: string; query: IDataObject }
);

export const sendText: Operation<Text> = {
	api: conduitApi,
	kind: 'send',
	input: readText,
	/** Source: docs.conduit.ai: conversations/send-message, tickets/send-message. */
	request: (text) =>
		'route' in text
			? contactRequest(text.route, text.content)
			: { method: 'POST', url: text.thread, qs: text.query, body: text.content },
	complete: async (text, request, transport) =>
		'route' in text ? await withChannelNode(text.route, request, transport) : request,
	result: readAccepted,
	readBack: {
		...conversationReading,
		placeOf: (result, text) =>
			'route' in text
				? contactPlace(result, text.route)
				: result.conversationId
					? conversationPlace(result.conversationId, text.query)
					: undefined,
	},
	people: { of: peopleOf },
};

/** @throws InvalidInput naming the field that cannot be sent */
function readText(draft: Draft): Text {
	if (draft.sendTo === 'ticket' || draft.sendTo === 'conversation') {
		const thread =
			draft.sendTo === 'ticket'
				? ticketPath(draft.ticketId)
				: conversationPath(draft.conversationId);
		return { thread, query: workspaceQuery(draft), content: buildText({ body: draft.body }) };
	}
	return { route: readRoute('Contact', draft.contactId, draft), content: buildText(draft) };
}

/** Where a text goes, and with which subject. */
export const threadFields: INodeProperties[] = [
	{
		displayName: 'Recipient Type',
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
	...showFor({ sendTo: ['contact'] }, [contactField, ...channelFields]),
	...showFor({ sendTo: ['conversation'] }, [conversationField]),
	...showFor({ sendTo: ['ticket'] }, [ticketField]),
	...showFor({ sendTo: ['contact'] }, [subjectField]),
];

/** Who the text is from, behind what it says. */
export const threadSenderFields: INodeProperties[] = showFor({ sendTo: ['contact'] }, [
	senderField('searchSenders'),
]);

/** @throws InvalidInput for a reply, of which Conduit alone knows who gets it */
function peopleOf(text: Text): string[][] {
	if ('route' in text) return [[text.route.contactId]];
	throw new InvalidInput(
		'Suppression List',
		'cannot be held against a reply: who gets it is known to Conduit only',
		'Nothing was sent. Send to the contact instead, or take the list out.',
	);
}

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text to a contact, or reply in a conversation or a ticket',
	fields: [
		workspaceField,
		...threadFields,
		bodyField,
		...threadSenderFields,
		simplifyField,
		sendOptionsField(waitForDeliveryOptions(statusNote), documentedLimit),
	],
	declares: { method: 'POST', url: '/v1/contacts/{contactId}/messages' },
	operation: sendText,
};
