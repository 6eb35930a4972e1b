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

export class AelystApi implements ICredentialType {
	name = 'aelystApi';

	displayName = 'Aelyst API';

	documentationUrl =
		'https://github.com/n8n-nodes-unified-messaging/n8n-nodes-unified-messaging/blob/main/docs/credentials.md#aelyst';

	icon: Icon = {
		light: 'file:../nodes/Aelyst/aelyst.svg',
		dark: 'file:../nodes/Aelyst/aelyst.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'In Aelyst or respond.io open Settings → Integrations → Developer API. <a href="https://developers.aelyst.ai/" target="_blank">Where to find it</a>.',
			name: 'whereToFindIt',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'From Aelyst or respond.io under Settings → Integrations → Developer API. A token belongs to one workspace.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.aelyst.ai/v1',
			required: true,
			placeholder: 'e.g. https://api.respond.io/v2',
			description:
				'With its version. Aelyst: https://api.aelyst.ai/v1, respond.io: https://api.respond.io/v2. Anything else is for a proxy or a sandbox.',
			hint: 'For respond.io enter https://api.respond.io/v2',
		},
	];

	/** A property of its own: n8n offers Custom API Call, and the HTTP Request node, for no other. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const headers = {
			...request.headers,
			Authorization: `Bearer ${String(credentials.accessToken).trim()}`,
		};
		return { ...atBaseUrl(credentials, request), headers };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/space/user',
			qs: { limit: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The service at this Base URL does not know the access token. Check that it was copied whole, and that it belongs to this service: a token of respond.io needs https://api.respond.io/v2.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The access token is valid but may not list the users of its workspace. Create one under Settings → Integrations → Developer API, or keep it: sending may still work.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no such API at this Base URL. It ends with the version: https://api.aelyst.ai/v1 or https://api.respond.io/v2.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'Too many requests use this access token right now, so it could not be tested. Try again in a moment.',
				},
			},
		],
	};
}
