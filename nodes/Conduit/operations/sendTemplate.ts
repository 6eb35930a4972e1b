import type { IHttpRequestOptions } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { Draft } from '../../input/draft';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { conduitApi, documentedLimit, readAccepted } from '../api';
import {
	contactField,
	contactPath,
	route,
	senderField,
	whatsappFields,
	withChannelNode,
} from '../channel';
import { buildTemplate, templateFields } from '../content';
import { workspaceField, workspaceQuery } from '../workspace';

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send an approved WhatsApp template with its variables to a contact',
	fields: [
		workspaceField,
		contactField,
		...whatsappFields,
		senderField('searchWhatsappSenders'),
		...templateFields,
		simplifyField,
		optionsField([], documentedLimit),
	],
	execute: deliver({
		api: conduitApi,
		kind: 'send',
		build: buildSendTemplate,
		complete: async (request, draft, context, transport) =>
			await withChannelNode(request, { ...draft, channelType: 'whatsapp' }, transport, context),
		read: (answer, { simplify }) => readAccepted(answer, simplify),
	}),
};

/**
 * Source: docs.conduit.ai, contacts/send-message: whatsapp_template instead of a body.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildSendTemplate(draft: Draft): IHttpRequestOptions {
	return {
		method: 'POST',
		url: `${contactPath(draft.contactId)}/messages`,
		qs: workspaceQuery(draft),
		body: { ...route(draft), ...buildTemplate(draft) },
	};
}
