import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { namesWhatsappWindow } from '../../delivery/run/window/whatsappWindow';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { outsideWindowFields } from '../../fields/outsideWindow';
import { showFor } from '../../fields/show';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { documentedLimit } from '../api';
import { checkChannelOption, isOutsideWindow } from '../checkChannel';
import { type ContactMessage, contactMessage, toContact } from '../complete';
import { contactFields, contactOf } from '../contact';
import { buildMessage, messageFields } from '../messages';
import { readBack } from '../readBack';
import { buildTemplateInstead, templateInsteadFields } from '../template/fields';

export const sendMessage: Operation<ContactMessage> = {
	...toContact,
	readBack,
	input: (draft) => contactMessage(contactOf(draft), buildMessage(draft), draft),
};

const sendMessageOrTemplate: Operation<ContactMessage> = {
	...sendMessage,
	fallback: {
		template: (draft) => contactMessage(contactOf(draft), buildTemplateInstead(draft), draft),
		isOutside: isOutsideWindow,
		namesWindow: namesWhatsappWindow,
	},
};

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text, an attachment, quick replies, an email or a custom payload to a contact',
	fields: [
		...contactFields,
		...messageFields(),
		...showFor(
			{ messageType: ['attachment', 'quick_reply', 'text'] },
			outsideWindowFields(
				'Facebook and Instagram have such a window too, for texts without a Message Tag. Takes one more request for each message, by which the channels of the contact are read first.',
				templateInsteadFields,
			),
		),
		simplifyField,
		sendOptionsField([checkChannelOption, ...waitForDeliveryOptions()], documentedLimit),
	],
	declares: { method: 'POST', url: '/contact/{identifier}/message' },
	operation: sendMessageOrTemplate,
};
