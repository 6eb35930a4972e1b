import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { Transport } from '../../delivery/http/transport';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { isPlainObject } from '../../input/json';
import { requireUuid } from '../../input/id';
import { birdApi, documentedLimit, toDetailedResult } from '../api';
import { channelField, channelPath } from '../channel';

export const get: NodeOperation = {
	value: 'get',
	name: 'Get Message',
	action: 'Get a message',
	description: 'Read a message with its status, and what the recipient did with it',
	fields: [
		channelField,
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1e7b70ab-3dcc-48f4-a6f6-63a493f6134c',
			description: 'The ID that sending the message gave',
		},
		{
			displayName: 'Include Interactions',
			name: 'includeInteractions',
			type: 'boolean',
			default: false,
			description:
				'Whether to add what the recipient did, such as reading it or clicking a link. Takes a second request.',
		},
		simplifyField,
		optionsField([], documentedLimit),
	],
	execute: deliver({
		api: birdApi,
		kind: 'read',
		build: (draft, credentials) => ({ method: 'GET', url: messagePath(draft, credentials) }),
		read: ({ body }) => (isPlainObject(body) && typeof body.id === 'string' ? [body] : undefined),
		async enrich([message], draft, transport, context) {
			const interactions =
				draft.includeInteractions === true
					? await readInteractions(messagePath(draft, transport.credentials), transport, context)
					: undefined;
			if (draft.simplify !== false) return [toDetailedResult(message, interactions)];
			return [interactions === undefined ? message : { ...message, interactions }];
		},
	}),
};

function messagePath(draft: IDataObject, credentials: IDataObject): string {
	const id = requireUuid('Message ID', draft.messageId, 'Enter the ID that sending gave: a UUID.');
	return `${channelPath(draft, credentials)}/messages/${id}`;
}

async function readInteractions(
	path: string,
	transport: Transport,
	context: IExecuteSingleFunctions,
): Promise<IDataObject[]> {
	let interactions: IDataObject[] = [];
	await transport.send(
		{ method: 'GET', url: `${path}/interactions` },
		{
			kind: 'read',
			isReadable({ body }) {
				if (!isPlainObject(body) || !Array.isArray(body.results)) return false;
				interactions = body.results as IDataObject[];
				return true;
			},
		},
		context,
	);
	return interactions;
}
