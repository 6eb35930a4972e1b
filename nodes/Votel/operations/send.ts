import type { INodeProperties } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { documentedLimit, SEND_URL } from '../api';
import { channelField } from '../channel';
import { kindFields, KINDS, sendAsField } from '../kinds';
import type { Kind } from '../kinds/kind';
import { personalFields } from '../message';
import { personal, type PersonalMessage, readPersonal } from '../personal';
import { messageOptions, messageTypeFields } from '../sendOptions';

export const sendToOne: Operation<PersonalMessage> = {
	...personal,
	input: (draft) => readPersonal(draft, draft.recipient),
};

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send an email, an SMS or an Instagram message to one person',
	fields: [
		sendAsField(KINDS),
		...kindFields(KINDS, (kind) => [recipientField(kind), ...kind.fields]),
		channelField,
		...kindFields(KINDS, (kind) => [...kind.more, ...personalFields(kind)]),
		...messageTypeFields,
		simplifyField,
		sendOptionsField(messageOptions, documentedLimit),
	],
	declares: { method: 'POST', url: SEND_URL },
	operation: sendToOne,
};

export function recipientField(kind: Kind): INodeProperties {
	return {
		displayName: kind.recipientLabel,
		name: 'recipient',
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${kind.recipientExample}`,
		hint: kind.recipientHint,
	};
}
