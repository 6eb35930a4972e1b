import type { IDataObject } from 'n8n-workflow';

import { bulkSend as sendAll } from '../../delivery/run/bulk';
import type { BulkEntry, BulkOperation } from '../../delivery/run/bulkOperation';
import type { Draft } from '../../input/draft';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import type { NodeOperation } from '../../fields/operation';
import { optionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { conduitApi, documentedLimit, readAccepted } from '../api';
import { bulkChannelFields, contactPath, route, senderField, withChannelNode } from '../channel';
import { bodyField, buildTemplate, buildText, subjectField, templateFields } from '../content';
import { requireContactId } from '../ids';
import { workspaceField, workspaceQuery } from '../workspace';

/** Conduit has no call for many messages, so each goes in a request of its own, at Conduit's pace. */
export const bulkOperation: BulkOperation = {
	api: conduitApi,
	recipient: (value) => requireContactId('Recipient', value),
	message(draft) {
		// Not part of the message, but what is wrong with it ends this recipient here.
		workspaceQuery(draft);
		return { ...route(draft), ...(isTemplate(draft) ? buildTemplate(draft) : buildText(draft)) };
	},
	packs: (entries) => entries.map((entry) => [entry]),
	request: ([{ recipient, draft, message }]) => ({
		method: 'POST',
		url: `${contactPath(recipient)}/messages`,
		qs: workspaceQuery(draft),
		body: message,
	}),
	complete: async (request, [entry], transport) =>
		await withChannelNode(request, draftOf(entry), transport),
	read(answer) {
		const results = readAccepted(answer, true);
		return results?.map((result) => ({ result }));
	},
};

function isTemplate({ messageType }: Draft): boolean {
	return messageType === 'template';
}

/** What the look-up of a channel needs to know of one recipient. */
function draftOf({ draft, recipient }: BulkEntry): IDataObject {
	return {
		...draft,
		contactId: recipient,
		...(isTemplate(draft) ? { channelType: 'whatsapp' } : {}),
	};
}

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send to many contacts',
	description: 'Send a text or a WhatsApp template to many contacts, at the pace Conduit allows',
	fields: [
		...bulkFields({
			what: 'ID of the contact',
			defaultField: 'contact_id',
			placeholder: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
		}),
		mergeFieldsNotice,
		workspaceField,
		{
			displayName: 'Message Type',
			name: 'messageType',
			type: 'options',
			options: [
				{ name: 'Template', value: 'template', description: 'An approved WhatsApp template' },
				{ name: 'Text', value: 'text', description: 'Plain text through any channel' },
			],
			default: 'text',
		},
		...bulkChannelFields,
		...showFor({ messageType: ['text'] }, [senderField('searchSenders'), subjectField, bodyField]),
		...showFor({ messageType: ['template'] }, [
			senderField('searchWhatsappSenders'),
			...templateFields,
		]),
		...bulkOutputFields,
		optionsField([], documentedLimit),
	],
	async execute() {
		return await sendAll(this, bulkOperation);
	},
};
