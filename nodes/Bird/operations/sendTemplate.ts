import { deliver } from '../../delivery/run/deliver';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { birdApi, documentedLimit, readMessage } from '../api';
import { channelField, channelPath } from '../channel';
import { buildMessage } from '../message';
import { buildContacts, recipientFields } from '../recipients';
import { messageOptions } from '../sendOptions';
import { templateFields } from '../template/fields';

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send a template of Bird Studio, such as WhatsApp requires outside of conversations',
	fields: [
		channelField,
		...recipientFields,
		...templateFields,
		simplifyField,
		optionsField(messageOptions, documentedLimit),
	],
	execute: deliver({
		api: birdApi,
		kind: 'send',
		build: (draft, credentials) => ({
			method: 'POST',
			url: `${channelPath(draft, credentials)}/messages`,
			body: buildMessage(draft, buildContacts(draft), 'template'),
		}),
		read: readMessage,
	}),
};
