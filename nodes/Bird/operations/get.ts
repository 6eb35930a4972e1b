import type { IDataObject } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type ItemTransport, type Operation, reading } from '../../delivery/run/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { requireUuid } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { birdApi, documentedLimit } from '../api';
import { channelField, channelPath, DECLARED_CHANNEL } from '../channel';
import { isMessage, toDetailedResult } from '../results';

interface Wanted {
	/** Of the message. */
	path: string;
	includesInteractions: boolean;
}

const getMessage: Operation<Wanted> = {
	api: birdApi,
	kind: 'read',
	input: (draft, { credentials }) => ({
		path: `${channelPath(draft, credentials)}/messages/${requireMessageId(draft.messageId)}`,
		includesInteractions: draft.includeInteractions === true,
	}),
	request: ({ path: url }) => ({ method: 'GET', url }),
	result: ({ body }) => (isMessage(body) ? reading([toDetailedResult(body)], [body]) : undefined),
	async finish({ results, raw = [] }, { path, includesInteractions }, transport) {
		if (!includesInteractions) return reading(results, raw);
		const interactions = await readInteractions(path, transport);
		return reading(
			raw.map((message) => toDetailedResult(message, interactions)),
			raw.map((message) => ({ ...message, interactions })),
		);
	},
};

function requireMessageId(value: unknown): string {
	return requireUuid('Message ID', value, 'Enter the messageId that sending gave.');
}

/** Source: docs.bird.com, api-reference/messaging: the interactions of a message. */
async function readInteractions(path: string, transport: ItemTransport): Promise<IDataObject[]> {
	let interactions: IDataObject[] = [];
	await transport.send(
		{ method: 'GET', url: `${path}/interactions` },
		{
			kind: 'read',
			isReadable({ body }) {
				if (!isPlainObject(body) || !Array.isArray(body.results)) return false;
				interactions = (body.results as unknown[]).filter(isPlainObject);
				return true;
			},
		},
	);
	return interactions;
}

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
	declares: { method: 'GET', url: `=${DECLARED_CHANNEL}/messages/{{ $parameter.messageId }}` },
	operation: getMessage,
};
