import type { Answer } from '../../core/vendor';
import { type Sender, type WhatsappTemplate, senders, whatsappTemplates } from './account';
import { openContact, openConversation, openTicket, refuse } from './access';
import { type ConduitCall, type ContactRecord, type NodeType, addMessage } from './state';

interface ContactMessage {
	channel_node_id: string;
	sender_id?: string;
	body?: string;
	subject?: string;
	whatsapp_template?: { content_sid: string; variables?: Record<string, string> };
}

const channelOfNode: Record<NodeType, Sender['channel']> = {
	unthreaded_email: 'email',
	sms: 'sms',
	whatsapp: 'whatsapp',
};

export function sendContactMessage(call: ConduitCall): Answer {
	const record = openContact(call);
	const { contact, nodes } = record;
	const request = call.body as ContactMessage;
	const node = nodes.find(({ id }) => id === request.channel_node_id);
	if (!node) return refuse('channel_node_id is not a channel of this contact');
	const channel = channelOfNode[node.type];
	const text = textOf(request, contact.workspace_id, channel);
	const sender = senderFor(contact.workspace_id, channel, request.sender_id);

	const message = addMessage(call.state, record, { channel: node.type, body: text });
	call.room.accept(
		{
			messageId: message.id,
			recipient: node.value,
			content: {
				channel_node_id: node.id,
				sender_id: sender.id,
				body: text,
				...(request.subject !== undefined && { subject: request.subject }),
			},
		},
		call,
	);
	return {
		status: 200,
		body: {
			data: {
				id: message.id,
				workspace_id: contact.workspace_id,
				contact_id: contact.id,
				channel_node_id: node.id,
				sender_id: sender.id,
				channel,
				status: message.status,
			},
		},
	};
}

/** What the contact will read. */
function textOf(
	{ body, subject, whatsapp_template: template }: ContactMessage,
	workspaceId: string,
	channel: Sender['channel'],
): string {
	if (body !== undefined && template) return refuse('Provide either body or whatsapp_template');
	if (subject !== undefined && channel !== 'email') {
		refuse('subject is only valid for email channel nodes');
	}
	if (!template) return body ?? refuse('body is required unless whatsapp_template is provided');
	if (channel !== 'whatsapp') {
		refuse('whatsapp_template is only valid for WhatsApp channel nodes');
	}
	const found = whatsappTemplates.find(
		(one) => one.workspace_id === workspaceId && one.content_sid === template.content_sid,
	);
	if (!found) return refuse('WhatsApp template not found in this workspace');
	if (found.status !== 'approved') refuse('WhatsApp template is not approved');
	return fill(found, template.variables ?? {});
}

function fill({ body, variables }: WhatsappTemplate, given: Record<string, string>): string {
	const missing = Object.keys(variables).filter((name) => !Object.hasOwn(given, name));
	const unknown = Object.keys(given).filter((name) => !Object.hasOwn(variables, name));
	if (missing.length > 0) refuse(`Missing template variables: ${missing.join(', ')}`);
	if (unknown.length > 0) refuse(`Unknown template variables: ${unknown.join(', ')}`);
	return body.replace(/\{\{(\w+)\}\}/g, (_, name: string) => given[name] ?? '');
}

function senderFor(
	workspaceId: string,
	channel: Sender['channel'],
	senderId: string | undefined,
): Sender {
	const own = senders.filter((one) => one.workspace_id === workspaceId);
	const compatible = own.filter((one) => one.channel === channel);
	if (senderId !== undefined) {
		if (!own.some(({ id }) => id === senderId)) refuse('sender_id not found in this workspace');
		const chosen = compatible.find(({ id }) => id === senderId);
		return chosen ?? refuse(`sender_id cannot send through this ${channel} channel node`);
	}
	if (compatible.length === 0) return refuse(`No sender can send ${channel} in this workspace`);
	const defaults = compatible.filter((one) => one.is_default);
	const [only, ...others] = defaults.length > 0 ? defaults : compatible;
	return only && others.length === 0
		? only
		: refuse('sender_id is required: several senders fit and none of them is the default');
}

export const replyInConversation = (call: ConduitCall): Answer =>
	reply(call, openConversation(call), null);

export function replyInTicket(call: ConduitCall): Answer {
	const ticket = openTicket(call);
	return reply(call, ticket.contact, ticket.id);
}

function reply(call: ConduitCall, record: ContactRecord, ticketId: string | null): Answer {
	const { body } = call.body as { body: string };
	const last = record.messages.at(-1);
	if (!last) return refuse('Conversation has no channel to reply through');
	const message = addMessage(call.state, record, { channel: last.channel, body });
	const recipient = record.nodes.find(({ type }) => type === last.channel)?.value ?? '';
	call.room.accept(
		{
			messageId: message.id,
			recipient,
			content: { conversation_id: record.conversationId, ticket_id: ticketId, body },
		},
		call,
	);
	return {
		status: 200,
		body: {
			data: {
				id: message.id,
				workspace_id: message.workspace_id,
				conversation_id: record.conversationId,
				ticket_id: ticketId,
				channel: message.channel,
				status: message.status,
			},
		},
	};
}
