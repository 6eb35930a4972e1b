import { randomUUID } from 'node:crypto';

import { organizationId } from './demo';
import { event } from './events';
import { receive } from './journey';
import { type Channel, type SentRoom, contactFor, isoSeconds } from './state';

type Simulation = (room: SentRoom, input: Record<string, unknown>) => unknown;

/** What happens to an account from outside. */
export const simulate: Record<string, Simulation> = {
	/** A contact writes. */
	inbound(room, { from, text = 'Hello', channel = 'sms' }) {
		const phone = String(from);
		const messageId = receive(room, {
			customerId: organizationId,
			contact: contactFor(room.state, phone, randomUUID),
			phone,
			channel: String(channel) as Channel,
			direction: 'INBOUND',
			createdAt: isoSeconds(),
			text: String(text),
			template: null,
			hasMedia: false,
			scheduledAt: null,
			reasons: {},
		});
		return { messageId };
	},

	/** A contact wants no more messages. */
	'opt-out'(room, { phone }) {
		const contact = contactFor(room.state, String(phone), randomUUID);
		contact.opt_out = true;
		contact.updated_at = isoSeconds();
		const payload = {
			opt_out: true,
			source: 'INBOUND_KEYWORD',
			account_id: organizationId,
			channel: 'sms',
			contact_id: contact.id,
			from: contact.format_e164,
			to: null,
			message_id: null,
			template_id: null,
			text: 'STOP',
		};
		room.webhooks.emit(event('contact', 'opt_out', payload));
		return { contactId: contact.id };
	},

	/** A template is approved or rejected. */
	template(room, { id, status }) {
		const template = room.state.templates.find((one) => one.id === id);
		if (!template) return { error: 'no such template' };
		template.status = String(status);
		template.updated_at = isoSeconds();
		const payload = {
			account_id: organizationId,
			template_id: template.id,
			template_name: template.name,
			whatsapp_template_id: null,
			status: template.status,
			language: template.language,
			category: template.category,
			channel: 'whatsapp',
			reason: null,
		};
		room.webhooks.emit(event('templates', undefined, payload));
		return { templateId: template.id };
	},
};
