import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { atBaseUrl, unusableCredential } from '../nodes/delivery/http/credential';

export class BirdChannelsApi implements ICredentialType {
	name = 'birdChannelsApi';

	displayName = 'Bird Channels API';

	documentationUrl =
		'https://github.com/n8n-nodes-unified-messaging/n8n-nodes-unified-messaging/blob/main/docs/credentials.md#bird';

	icon: Icon = {
		light: 'file:../nodes/Bird/bird.svg',
		dark: 'file:../nodes/Bird/bird.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'In Bird open Settings → Security → Access Keys and create a key with the role Application Developer. <a href="https://docs.bird.com/api/api-access/common-api-usage" target="_blank">Where to find it</a>.',
			name: 'whereToFindIt',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Access Key',
			name: 'accessKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'From Bird under Settings → Security → Access Keys. Give it the role Application Developer. Keys that start with bk_ belong to another API of Bird.',
		},
		{
			displayName: 'Workspace ID',
			name: 'workspaceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			description: 'What follows /workspaces/ in the address of app.bird.com',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.bird.com',
			required: true,
			description: 'Change it only to use a proxy or a sandbox',
		},
	];

	/** A property of its own: n8n offers Custom API Call, and the HTTP Request node, for no other. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const accessKey = String(credentials.accessKey).trim();
		if (accessKey.startsWith('bk_')) {
			throw unusableCredential(
				'This key starts with bk_ and belongs to the new Bird platform API, which is another product. Create an access key for the Channels API in Bird under Settings → Security → Access Keys.',
			);
		}
		const headers = { ...request.headers, Authorization: `AccessKey ${accessKey}` };
		return { ...atBaseUrl(credentials, request), headers };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '=/workspaces/{{encodeURIComponent($credentials.workspaceId)}}/channels',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Bird does not know this access key. Check that it was copied whole and was not revoked.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The access key is valid but may not list channels. Give it the role Application Developer, or keep it and enter channel IDs by hand: sending may still work.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'Bird has no such workspace for this key. Copy the Workspace ID from the address of app.bird.com, after /workspaces/.',
				},
			},
		],
	};
}
