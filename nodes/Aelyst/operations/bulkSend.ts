import { bulkSend as sendAll } from '../../delivery/run/bulk';
import type { BulkOperation } from '../../delivery/run/bulkOperation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import type { NodeOperation } from '../../fields/operation';
import { optionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { aelystApi, documentedLimit } from '../api';
import { checkChannelOption } from '../checkChannel';
import { completed, type Content, sendRequest } from '../complete';
import { identifierFrom, identifierKindOptions } from '../contact';
import { buildMessage, messageFields } from '../messages';
import { readSent } from '../results';
import { buildTemplate, templateFields } from '../template/fields';

/** Aelyst has no call for many messages, so each goes in a request of its own, at Aelyst's pace. */
export const bulkOperation: BulkOperation = {
	api: aelystApi,
	recipient: (value, { recipientsAre }) =>
		identifierFrom(recipientsAre ?? 'phone', 'Recipient', value),
	message: (draft) =>
		draft.messageType === 'template' ? buildTemplate(draft) : buildMessage(draft),
	packs: (entries) => entries.map((entry) => [entry]),
	request: ([{ recipient, message }]) => sendRequest(recipient, message as Content),
	complete: async (request, [{ recipient, draft }], transport) =>
		await completed(request, recipient, draft, transport),
	read(answer, [{ recipient, message }]) {
		const results = readSent(answer, recipient, message.channelId, true);
		return results?.map((result) => ({ result }));
	},
};

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send to many contacts',
	description: 'Send a message or a template to many contacts, at the pace Aelyst allows',
	fields: [
		...bulkFields({
			what: 'phone number, email address or ID of the contact',
			defaultField: 'phone',
			placeholder: '+60121233112',
		}),
		{
			displayName: 'Recipients By',
			name: 'recipientsAre',
			type: 'options',
			options: identifierKindOptions,
			default: 'phone',
		},
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
		optionsField([checkChannelOption], documentedLimit),
	],
	async execute() {
		return await sendAll(this, bulkOperation);
	},
};
