import { randomUUID } from 'node:crypto';

import type { Answer } from '../../core/vendor';
import { callerOf } from './access';
import { failV1 } from './answers';
import { render } from './demo';
import { begin } from './journey';
import { missingVariables, take } from './send';
import { type Message, type SentCall, unsent } from './state';
import { addCallback } from './delivery';

interface ContactMessage {
	contactId?: string;
	templateId?: string;
	messageBody?: Record<string, unknown>;
	webhookUrl?: string;
}

/** API v1: a template to a contact. The answer is empty, as in the owner's document. */
export function sendMessageToContactV1(call: SentCall): Answer {
	const {
		contactId,
		templateId,
		messageBody = {},
		webhookUrl,
	} = (call.body ?? {}) as ContactMessage;
	if (!contactId) return failV1(400, 'Bad Request', 'contactId is required');
	if (!templateId) return failV1(400, 'Bad Request', 'templateId is required');
	const contact = call.state.contacts.get(contactId);
	if (!contact) return failV1(404, 'Not Found', 'Contact not found');
	const template = call.state.templates.find(({ id }) => id === templateId);
	if (!template) return failV1(404, 'Not Found', 'Template not found');
	const [missing] = missingVariables(template, messageBody);
	if (missing) return failV1(400, 'Bad Request', `messageBody.${missing} is required`);

	const { customerId } = callerOf(call);
	const message: Message = {
		id: randomUUID(),
		customerId,
		contact,
		phone: contact.format_e164,
		asked: null,
		channel: null,
		...unsent(),
		text: render(template, messageBody),
		template,
		hasMedia: false,
		scheduledAt: null,
		foreignSender: false,
	};
	if (webhookUrl) addCallback(call.room, message.id, webhookUrl);
	take(call, message, { template: template.name, parameters: messageBody });
	begin(call.room, message);
	return { status: 200 };
}
