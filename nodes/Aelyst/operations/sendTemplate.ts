import { deliver } from '../../delivery/run/deliver';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { aelystApi, documentedLimit } from '../api';
import { checkChannelOption } from '../checkChannel';
import { completed, type Content, sendRequest } from '../complete';
import { contactFields, contactOf } from '../contact';
import { readSent } from '../results';
import { buildTemplate, templateFields } from '../template/fields';

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send an approved WhatsApp or Facebook template with its variables to a contact',
	fields: [
		...contactFields,
		...templateFields,
		simplifyField,
		optionsField([checkChannelOption], documentedLimit),
	],
	execute: deliver({
		api: aelystApi,
		kind: 'send',
		build: (draft) => sendRequest(contactOf(draft), buildTemplate(draft)),
		complete: async (request, draft, context, transport) =>
			await completed(request, contactOf(draft), draft, transport, context),
		read: (answer, draft, { body }) =>
			readSent(answer, contactOf(draft), (body as Content).channelId, draft.simplify),
	}),
};
