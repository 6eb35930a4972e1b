import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer } from '../../delivery/http/vendorApi';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type ItemTransport, type Operation, reading } from '../../delivery/run/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { dataOf, documentedReadLimit, sentApi } from '../api';
import { messageIdField, messagePath, readMessageId } from '../messageId';
import { toMessageResult } from '../results';

interface Wanted {
	path: string;
	includesActivities: boolean;
}

const getMessage: Operation<Wanted> = {
	api: sentApi,
	kind: 'read',
	input: (draft) => ({
		path: messagePath(readMessageId(draft)),
		includesActivities: draft.includeActivities !== false,
	}),
	request: ({ path: url }) => ({ method: 'GET', url }),
	result(answer) {
		const message = dataOf(answer);
		return message && reading([toMessageResult(message)], [answer.body as IDataObject]);
	},
	async finish({ results, raw = [] }, wanted, transport) {
		if (!wanted.includesActivities) return reading(results, raw);
		const activities = await readActivities(wanted, transport);
		const complete = (one: IDataObject) => ({ ...one, activities });
		return reading(results.map(complete), raw.map(complete));
	},
};

/** Source: docs.sent.dm, GET /v3/messages/{id}/activities. */
async function readActivities({ path: url }: Wanted, transport: ItemTransport) {
	const activitiesOf = (answer: VendorAnswer) => dataOf(answer)?.activities;
	const answer = await transport.send(
		{ method: 'GET', url: `${url}/activities` },
		{ kind: 'read', isReadable: (arrived) => Array.isArray(activitiesOf(arrived)) },
	);
	return activitiesOf(answer) as IDataObject[];
}

export const get: NodeOperation = {
	value: 'get',
	name: 'Get Message',
	action: 'Get a message',
	description: 'Get a message with its status, and what happened to it so far',
	fields: [
		messageIdField,
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
	declares: { method: 'GET', url: '/v3/messages/{id}' },
	operation: getMessage,
};
