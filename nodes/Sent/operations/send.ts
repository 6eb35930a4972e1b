import { deliver } from '../../delivery/run/deliver';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { documentedLimit, SEND_PATH, sentApi } from '../api';
import { channelsField } from '../channels';
import { buildMessage, textField } from '../message';
import { buildRecipients, recipientFields, resolveContact } from '../recipients';
import { failIfNoneAccepted, readSent } from '../results';
import { messageOptions } from '../sendOptions';

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send free text, with media if you like, to one or more people',
	fields: [
		...recipientFields,
		channelsField,
		textField,
		simplifyField,
		optionsField(messageOptions, documentedLimit),
	],
	execute: deliver({
		api: sentApi,
		kind: 'send',
		build: (draft) => ({
			method: 'POST',
			url: SEND_PATH,
			body: { to: buildRecipients(draft), ...buildMessage('text', draft) },
		}),
		complete: resolveContact,
		read: readSent,
		enrich: failIfNoneAccepted,
	}),
};
