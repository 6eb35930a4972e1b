import { createHash, createHmac } from 'node:crypto';

import type { VendorWebhooks } from '../../core/vendor';
import { channelById } from './channels';
import type { Contact } from './contacts';
import { type AelystRoom, type Message, seconds } from './state';

/** The base64 form of HMAC-SHA256 over the body; the key is used as the text that it is. */
export const sign = (signingKey: string, body: Buffer | string): string =>
	createHmac('sha256', signingKey).update(body).digest('base64');

export const webhooks: VendorWebhooks = {
	/** `events`: the event types this endpoint gets, all unless given. */
	manualDetails: ['events'],
	wants: ({ details }, { type }) => !Array.isArray(details.events) || details.events.includes(type),
	body: ({ payload }) => payload,
	headers: ({ target, body }) => ({ 'X-Webhook-Signature': sign(target.secret, body) }),
	// A retry schedule is not documented.
	retry: { attempts: 1, delayMs: 0 },
};

/** `message.sent` or `message.received`; the payload of one event is the same for all endpoints. */
export function emitMessage(room: AelystRoom, message: Message): void {
	const { messageId, channelMessageId, contactId, channelId, traffic, sender } = message;
	const record = room.state.contacts.get(contactId);
	const channel = channelById(channelId);
	if (!record || !channel) return;
	const type = traffic === 'outgoing' ? 'message.sent' : 'message.received';
	const link = record.channels.find((one) => one.channelId === channelId);
	// The vendor leaves these two out of webhooks.
	const contact: Partial<Contact> = { ...record.contact };
	delete contact.tags;
	delete contact.custom_fields;
	const timestamp = seconds();
	room.webhooks.emit({
		type,
		payload: {
			event_type: type,
			event_id: createHash('sha256').update(`${type} ${messageId}`).digest('hex').slice(0, 32),
			timestamp,
			contact,
			message: {
				messageId,
				channelMessageId: String(channelMessageId),
				contactId,
				channelId,
				traffic,
				timestamp,
				message: message.message,
			},
			channel: {
				id: channel.id,
				name: channel.name,
				source: channel.source,
				lastMessageTime: link?.lastMessageTime ?? null,
				lastIncomingMessageTime: link?.lastIncomingMessageTime ?? null,
			},
			...(traffic === 'outgoing' && { sender, user: null }),
		},
	});
}
