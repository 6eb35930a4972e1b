import type { IDataObject } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import { sendOptionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { conduitApi, documentedLimit, readAccepted } from '../api';
import {
	bulkChannelFields,
	contactRequest,
	type ContactRoute,
	readRoute,
	senderField,
	withChannelNode,
} from '../channel';
import { bodyField, buildTemplate, buildText, subjectField, templateFields } from '../content';
import { workspaceField } from '../workspace';

interface BulkMessage {
	route: ContactRoute;
	content: IDataObject;
}

/** Conduit has no call for many messages, so each goes in a request of its own, at Conduit's pace. */
const sendToMany: Operation<BulkMessage> = {
	api: conduitApi,
	kind: 'send',
	input(draft, { recipient }) {
		const isTemplate = draft.messageType === 'template';
		return {
			route: readRoute('Recipient', recipient, draft, isTemplate ? 'whatsapp' : undefined),
			content: isTemplate ? buildTemplate(draft) : buildText(draft),
		};
	},
	request: ({ route, content }) => contactRequest(route, content),
	complete: async ({ route }, request, transport) =>
		await withChannelNode(route, request, transport),
	result: readAccepted,
	bulk: { recipientOf: ({ route }) => route.contactId },
};

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send to many contacts',
	description: 'Send a text or a WhatsApp template to many contacts, at the pace Conduit allows',
	fields: [
		workspaceField,
		...bulkFields({
			what: 'ID of the contact',
			defaultField: 'contact_id',
			placeholder: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
		}),
		mergeFieldsNotice,
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
		...showFor({ messageType: ['text'] }, [subjectField, bodyField, senderField('searchSenders')]),
		...showFor({ messageType: ['template'] }, [
			...templateFields,
			senderField('searchWhatsappSenders'),
		]),
		...bulkOutputFields,
		sendOptionsField([], documentedLimit),
	],
	declares: { method: 'POST', url: '/v1/contacts/{contactId}/messages' },
	operation: sendToMany,
};
