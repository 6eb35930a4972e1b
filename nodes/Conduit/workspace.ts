import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { picker } from '../fields/picker';
import { isBlank } from '../input/blank';
import { requireId } from './ids';

/** The workspace. Conduit finds it by the ID of a contact or a thread unless it is given. */
export const workspaceField: INodeProperties = picker({
	displayName: 'Workspace',
	name: 'workspaceId',
	description:
		'Leave it empty to let Conduit find it. Choose it when the API token can use several workspaces and you want to pick from lists.',
	searchMethod: 'searchWorkspaces',
	idPlaceholder: 'e.g. j57demo8f8x7c9v0n2q4r6t8y1u3i5o',
	required: false,
});

/** The query by which a request names its workspace, empty where the user left it to Conduit. */
export function workspaceQuery({ workspaceId }: IDataObject): IDataObject {
	if (isBlank(workspaceId)) return {};
	return {
		workspace_id: requireId('Workspace', workspaceId, 'Pick a workspace, or enter its ID.'),
	};
}
