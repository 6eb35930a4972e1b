import { deliver } from '../../delivery/run/deliver';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { aelystApi, documentedLimit } from '../api';
import { checkChannelOption } from '../checkChannel';
import { completed, type Content, sendRequest } from '../complete';
import { contactFields, contactOf } from '../contact';
import { buildMessage, messageFields } from '../messages';
import { readSent } from '../results';

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text, an attachment, quick replies, an email or a custom payload to a contact',
	fields: [
		...contactFields,
		...messageFields(),
		simplifyField,
		optionsField([checkChannelOption], documentedLimit),
	],
	execute: deliver({
		api: aelystApi,
		kind: 'send',
		build: (draft) => sendRequest(contactOf(draft), buildMessage(draft)),
		complete: async (request, draft, context, transport) =>
			await completed(request, contactOf(draft), draft, transport, context),
		read: (answer, draft, { body }) =>
			readSent(answer, contactOf(draft), (body as Content).channelId, draft.simplify),
	}),
};
