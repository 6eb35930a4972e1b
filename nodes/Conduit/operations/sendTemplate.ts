import type { IDataObject } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { conduitApi, documentedLimit, readAccepted } from '../api';
import {
	contactField,
	contactRequest,
	type ContactRoute,
	readRoute,
	senderField,
	whatsappFields,
	withChannelNode,
} from '../channel';
import { buildTemplate, templateFields } from '../content';
import { contactPlace, conversationReading, statusNote } from '../readBack';
import { workspaceField } from '../workspace';

interface Template {
	route: ContactRoute;
	content: IDataObject;
}

/** Source: docs.conduit.ai, contacts/send-message: whatsapp_template instead of a body. */
export const sendWhatsappTemplate: Operation<Template> = {
	api: conduitApi,
	kind: 'send',
	input: (draft) => ({
		route: readRoute('Contact', draft.contactId, draft, 'whatsapp'),
		content: buildTemplate(draft),
	}),
	request: ({ route, content }) => contactRequest(route, content),
	complete: async ({ route }, request, transport) =>
		await withChannelNode(route, request, transport),
	result: readAccepted,
	readBack: {
		...conversationReading,
		placeOf: (result, { route }) => contactPlace(result, route),
	},
	people: { of: ({ route }) => [[route.contactId]] },
};

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send an approved WhatsApp template with its variables to a contact',
	fields: [
		workspaceField,
		contactField,
		...whatsappFields,
		...templateFields,
		senderField('searchWhatsappSenders'),
		simplifyField,
		sendOptionsField(waitForDeliveryOptions(statusNote), documentedLimit),
	],
	declares: { method: 'POST', url: '/v1/contacts/{contactId}/messages' },
	operation: sendWhatsappTemplate,
};
