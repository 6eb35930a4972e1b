import { randomUUID } from 'node:crypto';

import { type Contact, optOutReplyId, organizationId } from './demo';
import { event } from './events';
import { receive } from './journey';
import {
	type Channel,
	type SentRoom,
	contactFor,
	isoSeconds,
	senderOf,
	shownChannel,
} from './state';

type Simulation = (room: SentRoom, input: Record<string, unknown>) => unknown;

/** What happens to an account from outside. */
export const simulate: Record<string, Simulation> = {
	/** A contact writes. */
	inbound(room, { from, text = 'Hello', channel = 'sms' }) {
		const messageId = receive(room, {
			contact: contactFor(room.state, String(from), randomUUID),
			channel: channel as Channel,
			text: String(text),
		});
		return { messageId };
	},

	/** A contact wants no more messages. */
	'opt-out': (room, input) => consent(room, 'opt_out', { text: 'STOP', ...input }, true),

	/** A contact wants messages again. */
	'opt-in': (room, input) => consent(room, 'opt_in', { text: 'START', ...input }, false),

	/** A contact asks for help, which changes nothing. */
	help: (room, input) => consent(room, 'help', { text: 'HELP', ...input }),

	/** A template is approved or rejected, on one channel. */
	template(room, { id, status, channel = 'whatsapp', reason = null }) {
		const template = room.state.templates.find((one) => one.id === id);
		if (!template) return { error: 'no such template' };
		template.status = String(status);
		template.updated_at = isoSeconds();
		const payload = {
			account_id: organizationId,
			template_id: template.id,
			template_name: template.name,
			...(channel === 'whatsapp' && { whatsapp_template_id: whatsappIdOf(template.id) }),
			status: template.status,
			language: template.language,
			category: template.category,
			channel,
			reason,
		};
		room.webhooks.emit(event('templates', undefined, payload));
		return { templateId: template.id };
	},

	/** A link in a message is followed, or ends; `occurredSecondsAgo` is the delay of the report. */
	link(room, { event: name = 'clicked', messageId, occurredSecondsAgo = 0 }) {
		const message = room.state.messages.get(String(messageId));
		const isFile = name === 'downloaded';
		const isAccess = isFile || name === 'clicked';
		const payload = {
			record_id: 'A78B2BU0',
			link_kind: isFile ? 'file' : 'url',
			customer_id: organizationId,
			sender_profile_id:
				message && message.customerId !== organizationId ? message.customerId : null,
			message_id: message?.id ?? null,
			...(message && { channel: shownChannel(message) }),
			reference_key: 'body:0',
			occurred_at: isoSeconds(Date.now() - Number(occurredSecondsAgo) * 1000),
			...(isAccess && {
				request_method: 'GET',
				status_code: isFile ? 200 : 302,
				traffic_class: 'likely_human',
				device: 'mobile',
				browser: 'safari',
			}),
			...(isFile && { bytes_served: 20_480 }),
		};
		room.webhooks.emit(event('link', String(name), payload));
		return { recordId: payload.record_id };
	},

	/** A channel of the account moves on in its provisioning. */
	channel(
		room,
		{ event: name = 'activated', status = 'ACTIVE', country = 'US', channel = 'sms', sender },
	) {
		const payload = {
			account_id: organizationId,
			channel,
			country,
			number_type: 'TEN_DLC',
			sender_value: sender ?? (name === 'activated' ? senderOf('sms') : null),
			status,
			updated_at: isoSeconds(),
		};
		room.webhooks.emit(event('channel', String(name), payload));
		return {};
	},
};

/**
 * A contact signals something about consent. By a message, unless `source` is PROVIDER_SIGNAL: then
 * the network says so, and there is neither message nor text.
 */
function consent(
	room: SentRoom,
	subEvent: string,
	input: Record<string, unknown>,
	optOut?: boolean,
): { contactId: string; messageId: string | null } {
	const { phone, channel = 'sms', source = 'INBOUND_KEYWORD' } = input;
	const contact: Contact = contactFor(room.state, String(phone), randomUUID);
	const text = source === 'INBOUND_KEYWORD' ? String(input.text) : null;
	const messageId =
		text === null ? null : receive(room, { contact, channel: channel as Channel, text });
	if (optOut !== undefined) {
		contact.opt_out = optOut;
		contact.updated_at = isoSeconds();
	}
	const payload = {
		opt_out: contact.opt_out,
		source,
		account_id: organizationId,
		channel,
		contact_id: contact.id,
		from: contact.format_e164,
		to: text === null ? null : senderOf(channel as Channel),
		message_id: messageId,
		// That of the automatic reply, the same for everybody.
		template_id: text === null ? null : optOutReplyId,
		text,
	};
	room.webhooks.emit(event('contact', subEvent, payload));
	return { contactId: contact.id, messageId };
}

/** Meta's own id of a template: a number of 15 or 16 digits, as text. */
const whatsappIdOf = (templateId: string): string => `1${templateId.slice(-12)}000`;
