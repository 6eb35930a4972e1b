import type { INodeProperties } from 'n8n-workflow';

import { path } from '../delivery/http/path';
import { picker } from '../fields/picker';
import { requireId } from './ids';

export const conversationField: INodeProperties = picker({
	displayName: 'Conversation',
	name: 'conversationId',
	description:
		'The conversation. The list shows those that have a ticket; for any other enter the ID, which messages and tickets carry as conversation_id.',
	searchMethod: 'searchConversations',
	idPlaceholder: 'e.g. ph77c0dy0mgdpzmqz6tesry8w184002s',
});

export const ticketField: INodeProperties = picker({
	displayName: 'Ticket',
	name: 'ticketId',
	description: 'The ticket to reply in',
	searchMethod: 'searchTickets',
	idPlaceholder: 'e.g. tk77c0dy0mgdpzmqz6tesry8w184002s',
});

/** The path of a conversation's messages. @throws InvalidInput when there is no ID */
export function conversationPath(conversationId: unknown): string {
	const cure =
		'Pick a conversation, or enter its ID: the conversation_id of a ticket or of a message.';
	return path`/v1/conversations/${requireId('Conversation', conversationId, cure)}/messages`;
}

/** The path of a ticket's messages. @throws InvalidInput when there is no ID */
export function ticketPath(ticketId: unknown): string {
	const cure = 'Pick a ticket, or enter its ID.';
	return path`/v1/tickets/${requireId('Ticket', ticketId, cure)}/messages`;
}
