import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { documentedLimit } from '../api';
import { checkChannelOption } from '../checkChannel';
import { type ContactMessage, contactMessage, toContact } from '../complete';
import { contactFields, contactOf } from '../contact';
import { buildMessage, messageFields } from '../messages';
import { readBack } from '../readBack';

export const sendMessage: Operation<ContactMessage> = {
	...toContact,
	readBack,
	input: (draft) => contactMessage(contactOf(draft), buildMessage(draft), draft),
};

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text, an attachment, quick replies, an email or a custom payload to a contact',
	fields: [
		...contactFields,
		...messageFields(),
		simplifyField,
		sendOptionsField([checkChannelOption, ...waitForDeliveryOptions()], documentedLimit),
	],
	declares: { method: 'POST', url: '/contact/{identifier}/message' },
	operation: sendMessage,
};
