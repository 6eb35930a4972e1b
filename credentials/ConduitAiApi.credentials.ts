import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { atBaseUrl } from '../nodes/delivery/http/credential';

export class ConduitAiApi implements ICredentialType {
	name = 'conduitAiApi';

	displayName = 'Conduit API';

	documentationUrl =
		'https://github.com/n8n-nodes-unified-messaging/n8n-nodes-unified-messaging/blob/main/docs/credentials.md#conduit';

	icon: Icon = {
		light: 'file:../nodes/Conduit/conduit.svg',
		dark: 'file:../nodes/Conduit/conduit.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'In Conduit open Settings → API Tokens and create a token with read and write access. <a href="https://docs.conduit.ai/api-reference/introduction" target="_blank">Where to find it</a>.',
			name: 'whereToFindIt',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				"From Conduit under Settings → API Tokens. To send messages the token needs read and write access. Conduit's v3 plan includes the API.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.conduit.ai',
			required: true,
			description: 'Change it only to use a proxy or a sandbox. Leave out /v1.',
		},
	];

	/** A property of its own: n8n offers Custom API Call, and the HTTP Request node, for no other. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const headers = {
			...request.headers,
			Authorization: `Bearer ${String(credentials.apiToken).trim()}`,
		};
		return { ...atBaseUrl(credentials, request), headers };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/v1/workspaces',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Conduit does not know this API token. Check that it was copied whole and was not revoked.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API token is valid but may not list workspaces. Give it access to a workspace, and ask Conduit whether your plan includes the API.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no Conduit API at this Base URL. Enter https://api.conduit.ai, without /v1.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'Too many requests use this API token right now, so it could not be tested. Try again in a minute.',
				},
			},
		],
	};
}
