import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../input/draft';
import { picker, uuidShape } from '../fields/picker';
import { isBlank } from '../input/blank';
import { isPlainObject } from '../input/json';
import { requireUuid } from '../input/id';

/** The channel that a message leaves by. */
export const channelField: INodeProperties = picker({
	displayName: 'Channel',
	name: 'channelId',
	description:
		'The phone number, email address or account to send from. Leave it empty to let Votel choose.',
	searchMethod: 'searchChannels',
	idPlaceholder: 'e.g. 825b8057-c85f-44a9-9e9f-6e7d7389ecfc',
	idShape: uuidShape,
	required: false,
});

/**
 * Votel's document has the channel in the body of its examples, and a query parameter for it in its
 * list of parameters.
 */
export const channelInOption: INodeProperties = {
	displayName: 'Channel Location',
	name: 'channelIn',
	type: 'options',
	options: [
		{
			name: 'Body',
			value: 'body',
			description: "As sender_identifier, the way Votel's examples do",
		},
		{ name: 'Both', value: 'both' },
		{
			name: 'Query',
			value: 'query',
			description: "As send_identifier, the way Votel's list of parameters does",
		},
	],
	default: 'body',
	description:
		'Where in the request the channel stands. Change it only if Votel does not send by the channel you chose.',
};

/** Where the chosen channel stands in the request. @throws InvalidInput when its ID is no UUID */
export function buildChannel(draft: Draft): { inBody?: string; query?: IDataObject } {
	if (isBlank(draft.channelId)) return {};
	const id = requireUuid(
		'Channel',
		draft.channelId,
		'Pick a channel from the list, or enter its ID from Votel.',
	);
	const place = isPlainObject(draft.options) ? draft.options.channelIn : undefined;
	return {
		...(place === 'query' ? {} : { inBody: id }),
		...(place === 'query' || place === 'both' ? { query: { send_identifier: id } } : {}),
	};
}
