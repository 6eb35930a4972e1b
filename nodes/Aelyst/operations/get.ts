import { deliver } from '../../delivery/run/deliver';
import { path } from '../../delivery/http/path';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { InvalidInput } from '../../input/invalidInput';
import { textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { requireText } from '../../input/text';
import { aelystApi, documentedLimit } from '../api';
import { contactFields, contactOf, contactPath } from '../contact';
import { statusHistory, toMessageResult } from '../results';

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
	execute: deliver({
		api: aelystApi,
		kind: 'read',
		build: (draft) => ({
			method: 'GET',
			url: `${contactPath(contactOf(draft))}${path`/message/${requireMessageId(draft.messageId)}`}`,
		}),
		read({ body }, { simplify }) {
			if (!isPlainObject(body) || textOrNull(body.messageId) === null) return undefined;
			if (simplify === false) return [body];
			return [toMessageResult(body, { statusHistory: statusHistory(body) })];
		},
	}),
};

function requireMessageId(value: unknown): string {
	const cure = 'Enter the number that Send Message gave as messageId.';
	const id = requireText('Message ID', value, cure).trim();
	if (/^\d+$/.test(id)) return id;
	throw new InvalidInput('Message ID', `"${id}" is not the ID of a message`, cure);
}
