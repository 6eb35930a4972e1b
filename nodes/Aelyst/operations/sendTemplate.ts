import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { documentedLimit } from '../api';
import { checkChannelOption } from '../checkChannel';
import { type ContactMessage, contactMessage, toContact } from '../complete';
import { contactFields, contactOf } from '../contact';
import { readBack } from '../readBack';
import { buildTemplate, templateFields } from '../template/fields';

export const sendOneTemplate: Operation<ContactMessage> = {
	...toContact,
	readBack,
	input: (draft) => contactMessage(contactOf(draft), buildTemplate(draft), draft),
};

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send an approved WhatsApp or Facebook template with its variables to a contact',
	fields: [
		...contactFields,
		...templateFields,
		simplifyField,
		sendOptionsField([checkChannelOption, ...waitForDeliveryOptions()], documentedLimit),
	],
	declares: { method: 'POST', url: '/contact/{identifier}/message' },
	operation: sendOneTemplate,
};
