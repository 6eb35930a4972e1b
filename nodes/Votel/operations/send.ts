import type { INodeProperties } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { Draft } from '../../input/draft';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { documentedLimit, saysWhatBecame, toMessageResult, votelApi } from '../api';
import { channelField } from '../channel';
import { kindFields, kindOf, KINDS, sendAsField } from '../kinds';
import type { Kind } from '../kinds/kind';
import { buildMessage, personalFields, toRequest } from '../message';
import { messageOptions, messageTypeFields } from '../sendOptions';

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send an email, an SMS or an Instagram message to one person',
	fields: [
		sendAsField(KINDS),
		channelField,
		...kindFields(KINDS, (kind) => [recipientField(kind), ...kind.fields, ...personalFields(kind)]),
		...messageTypeFields,
		simplifyField,
		optionsField(messageOptions, documentedLimit),
	],
	execute: deliver({
		api: votelApi,
		kind: 'send',
		build: (draft) => toRequest(buildMessage(draft, recipientOf(draft))),
		read({ body }, draft) {
			if (!saysWhatBecame(body)) return undefined;
			return [draft.simplify === false ? body : toMessageResult(body, recipientOf(draft))];
		},
	}),
};

function recipientField(kind: Kind): INodeProperties {
	return {
		displayName: kind.recipientLabel,
		name: 'recipient',
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${kind.recipientExample}`,
	};
}

function recipientOf(draft: Draft): string {
	const kind = kindOf(draft);
	return kind.recipient(kind.recipientLabel, draft.recipient);
}
