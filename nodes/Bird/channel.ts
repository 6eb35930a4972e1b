import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { picker, uuidShape } from '../fields/picker';
import { requireUuid } from '../input/id';
import { DECLARED_WORKSPACE, workspacePath } from './api';

/** The channel that an operation uses. */
export const channelField: INodeProperties = picker({
	displayName: 'Channel',
	name: 'channelId',
	description: 'The channel to use, such as one of your phone numbers or WhatsApp accounts',
	searchMethod: 'searchChannels',
	idPlaceholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
	idShape: uuidShape,
});

/** The path of the chosen channel, as an expression. */
export const DECLARED_CHANNEL = `${DECLARED_WORKSPACE}/channels/{{ $parameter.channelId }}`;

/** The path of the chosen channel in Bird's API. @throws InvalidInput when its ID is no UUID */
export function channelPath(draft: IDataObject, credentials: IDataObject): string {
	return `${workspacePath(credentials)}/channels/${requireChannelId(draft)}`;
}

/** @throws InvalidInput when it is no UUID */
export function requireChannelId({ channelId }: IDataObject): string {
	return requireUuid(
		'Channel',
		channelId,
		'Pick a channel from the list, or enter its ID from the channel page in Bird.',
	);
}
