import type { Answer } from '../../core/vendor';
import { type Channel, isKind } from './channels';
import { type ContactRecord, magic } from './contacts';
import { failure, refuse } from './errors';
import {
	type AelystCall,
	type AelystRoom,
	type Message,
	addMessage,
	channelOf,
	contactOf,
	seconds,
} from './state';
import { type TemplateComponent, faultIn, templates } from './templates';
import { emitMessage } from './webhooks';

interface SendRequest {
	channelId?: number | null;
	message: Message['message'];
}

const windowSeconds = 24 * 3600;

export function sendMessage(call: AelystCall): Answer {
	const { state, room } = call;
	const record = contactOf(call);
	const { id: contactId } = record.contact;
	const refused = magic.refused.get(contactId);
	if (refused) return failure(refused);

	const { channelId, message } = call.body as SendRequest;
	if (message.type === 'custom_payload' && channelId == null) {
		refuse('a custom payload needs a channelId');
	}
	const { channel, link } = channelOf(record, channelId);
	checkKind(channel, message);
	const windowOpen = seconds() - (link.lastIncomingMessageTime ?? 0) < windowSeconds;
	if (!windowOpen && isKind(channel, 'tagged') && message.type === 'text' && !message.messageTag) {
		refuse(`a text on ${channel.source} needs a messageTag outside the 24-hour window`);
	}
	const reason = whyItWillFail(record, channel, message, windowOpen) ?? optOutOf(call, contactId);
	if (reason && room.settings[reason.setting ?? ''] === '400') refuse(reason.text);
	const busy = state.inQueue.get(contactId) ?? 0;
	if (busy > 0) {
		state.inQueue.set(contactId, busy - 1);
		return failure(449);
	}

	const { messageId } = addMessage(state, {
		contactId,
		channelId: channel.id,
		traffic: 'outgoing',
		message,
		status: [{ value: 'pending', timestamp: seconds() }],
		sender: { source: 'api', userId: null, teamId: null },
	});
	link.lastMessageTime = seconds();
	room.accept(
		{
			messageId: String(messageId),
			recipient: `id:${contactId}`,
			content: { channelId: channel.id, message },
		},
		call,
	);
	if (reason) state.failures.set(messageId, reason.text);
	const steps = reason ? ['failed'] : ['sent', 'delivered', 'read'];
	room.follow(
		String(messageId),
		steps.map((status) => ({ status })),
	);
	return { status: 200, body: { messageId } };
}

/** Refuses messages that this channel cannot carry. */
function checkKind(channel: Channel, message: Message['message']): void {
	const place = `${channel.name} (${channel.source})`;
	switch (message.type) {
		case 'custom_payload':
			if (!isKind(channel, 'customPayload')) refuse(`${place} takes no custom payload`);
			break;
		case 'email':
			if (!isKind(channel, 'email')) refuse(`${place} is no e-mail channel`);
			break;
		case 'whatsapp_template':
			if (!isKind(channel, 'whatsapp')) refuse(`${place} is no WhatsApp channel`);
			checkTemplate(channel, message);
			break;
		case 'facebook_template':
			if (!isKind(channel, 'facebook')) refuse(`${place} is no Facebook channel`);
			checkTemplate(channel, message);
	}
}

function checkTemplate(channel: Channel, message: Message['message']): void {
	const { name, languageCode, components } = message.template as {
		name: string;
		languageCode: string;
		components?: TemplateComponent[];
	};
	const template = templates.find(
		(one) => one.channelId === channel.id && one.name === name && one.languageCode === languageCode,
	);
	if (!template) {
		return refuse(`${channel.name} has no template ${name} in the language ${languageCode}`);
	}
	if (template.status !== 'approved') refuse(`template ${name} is ${template.status}`);
	const fault = faultIn(template, components ?? []);
	if (fault) refuse(`template ${name}: ${fault}`);
}

function whyItWillFail(
	{ contact }: ContactRecord,
	channel: Channel,
	message: Message['message'],
	windowOpen: boolean,
): Obstacle | undefined {
	const text = magic.failing.get(contact.id);
	if (text) return { text };
	const hasWindow = isKind(channel, 'whatsapp') || isKind(channel, 'tagged');
	if (windowOpen || !hasWindow) return undefined;
	if (message.type.endsWith('_template') || message.messageTag) return undefined;
	return {
		text: 'More than 24 hours have passed since the contact last replied',
		setting: 'outsideWindow',
	};
}

/** Why a message will not arrive, and the setting that may have it refused at once. */
interface Obstacle {
	text: string;
	setting?: 'outsideWindow' | 'optedOut';
}

const optOutOf = ({ room, state }: AelystCall, contactId: number): Obstacle | undefined =>
	state.optedOut.has(contactId) && room.settings.optedOut !== 'taken'
		? { text: 'The contact has opted out', setting: 'optedOut' }
		: undefined;

export const statusNames = ['pending', 'sent', 'delivered', 'read', 'failed'] as const;

export function applyStatus(room: AelystRoom, id: string, value: string): void {
	const message = room.state.messages.get(Number(id));
	if (!message) return;
	message.status ??= [];
	message.status.push({
		value,
		timestamp: seconds(),
		...(value === 'failed' && {
			message: room.state.failures.get(message.messageId) ?? 'Message undeliverable',
		}),
	});
	if (value === 'sent') emitMessage(room, message);
}
