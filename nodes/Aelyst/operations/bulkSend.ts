import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import { sendOptionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { optionsOf } from '../../input/draft';
import { readCountry } from '../../input/country';
import { documentedLimit } from '../api';
import { checkChannelOption } from '../checkChannel';
import { type ContactMessage, contactMessage, toContact } from '../complete';
import { identifierFrom, identifierKindOptions } from '../contact';
import { buildMessage, messageFields } from '../messages';
import { buildTemplate, templateFields } from '../template/fields';

/** Aelyst has no call for many messages, so each goes in a request of its own, at Aelyst's pace. */
const sendToMany: Operation<ContactMessage> = {
	...toContact,
	input(draft, { recipient }) {
		const country = readCountry(optionsOf(draft).defaultCountry);
		const kind = draft.recipientsAre ?? 'phone';
		const identifier = identifierFrom(kind, 'Recipient', recipient, country);
		const isTemplate = draft.messageType === 'template';
		return contactMessage(
			identifier,
			isTemplate ? buildTemplate(draft) : buildMessage(draft),
			draft,
		);
	},
	bulk: { recipientOf: ({ identifier }) => identifier },
};

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send to many contacts',
	description: 'Send a message or a template to many contacts, at the pace Aelyst allows',
	fields: [
		{
			displayName: 'Recipient Type',
			name: 'recipientsAre',
			type: 'options',
			options: identifierKindOptions,
			default: 'phone',
		},
		...bulkFields({
			what: 'phone number, email address or ID of the contact',
			defaultField: 'phone',
			placeholder: '+60121233112',
		}),
		mergeFieldsNotice,
		...messageFields([
			{
				name: 'Template',
				value: 'template',
				description: 'An approved WhatsApp or Facebook template',
			},
		]),
		...showFor({ messageType: ['template'] }, templateFields),
		...bulkOutputFields,
		sendOptionsField([checkChannelOption], documentedLimit),
	],
	declares: { method: 'POST', url: '/contact/{identifier}/message' },
	operation: sendToMany,
};
