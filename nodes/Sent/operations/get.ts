import type { IDataObject } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import { path } from '../../delivery/http/path';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { requireUuid } from '../../input/id';
import { dataOf, documentedReadLimit, sentApi } from '../api';
import { toMessageResult } from '../results';

export const get: NodeOperation = {
	value: 'get',
	name: 'Get Message',
	action: 'Get a message',
	description: 'Get a message with its status, and what happened to it so far',
	fields: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 8ba7b830-9dad-11d1-80b4-00c04fd430c8',
			description: 'The ID that sending the message gave',
		},
		{
			displayName: 'Include Activities',
			name: 'includeActivities',
			type: 'boolean',
			default: true,
			description:
				'Whether to add every step of the message with its time, its price and the reason of a failure. Takes a second request.',
		},
		simplifyField,
		optionsField([], documentedReadLimit),
	],
	execute: deliver({
		api: sentApi,
		kind: 'read',
		build: (draft) => ({ method: 'GET', url: messagePath(draft) }),
		read(answer, draft) {
			const message = dataOf(answer);
			if (message === undefined) return undefined;
			return [draft.simplify === false ? (answer.body as IDataObject) : toMessageResult(message)];
		},
		async enrich([message], draft, transport, context) {
			if (draft.includeActivities === false) return [message];
			let activities: IDataObject[] = [];
			await transport.send(
				{ method: 'GET', url: `${messagePath(draft)}/activities` },
				{
					kind: 'read',
					isReadable(answer) {
						const found = dataOf(answer)?.activities;
						if (Array.isArray(found)) activities = found as IDataObject[];
						return Array.isArray(found);
					},
				},
				context,
			);
			return [{ ...message, activities }];
		},
	}),
};

function messagePath(draft: IDataObject): string {
	const id = requireUuid(
		'Message ID',
		draft.messageId,
		'Enter the messageId that Send Message, Send Template or Bulk Send gave.',
	);
	return path`/v3/messages/${id}`;
}
