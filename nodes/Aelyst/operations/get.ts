import { path } from '../../delivery/http/path';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, reading } from '../../delivery/run/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { requireId } from '../../input/id';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { shown } from '../../input/shown';
import { textOrNull } from '../../message/messageResult';
import { aelystApi, documentedLimit } from '../api';
import { contactFields, contactOf, contactPath } from '../contact';
import { statusHistory, toMessageResult } from '../results';

interface Wanted {
	identifier: string;
	messageId: string;
}

const getMessage: Operation<Wanted> = {
	api: aelystApi,
	kind: 'read',
	input: (draft) => ({
		identifier: contactOf(draft),
		messageId: requireMessageId(draft.messageId),
	}),
	request: ({ identifier, messageId }) => ({
		method: 'GET',
		url: `${contactPath(identifier)}${path`/message/${messageId}`}`,
	}),
	result({ body }) {
		if (!isPlainObject(body) || textOrNull(body.messageId) === null) return undefined;
		return reading([toMessageResult(body, { statusHistory: statusHistory(body) })]);
	},
};

function requireMessageId(value: unknown): string {
	const cure = 'Enter the number that Send Message gave as messageId.';
	const id = requireId('Message ID', value, cure);
	if (/^\d+$/.test(id)) return id;
	throw new InvalidInput('Message ID', `${shown(id)} is not the ID of a message`, cure);
}

export const get: NodeOperation = {
	value: 'get',
	name: 'Get Message',
	action: 'Get a message',
	description: 'Get a message with the history of its status',
	fields: [
		...contactFields,
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1262965213',
			description: 'The ID that Send Message gave as messageId',
		},
		simplifyField,
		optionsField([], documentedLimit),
	],
	declares: { method: 'GET', url: '/contact/{identifier}/message/{messageId}' },
	operation: getMessage,
};
