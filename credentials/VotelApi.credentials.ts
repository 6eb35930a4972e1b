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

export class VotelApi implements ICredentialType {
	name = 'votelApi';

	displayName = 'Votel API';

	documentationUrl =
		'https://github.com/n8n-nodes-unified-messaging/n8n-nodes-unified-messaging/blob/main/docs/credentials.md#votel';

	icon: Icon = {
		light: 'file:../nodes/Votel/votel.svg',
		dark: 'file:../nodes/Votel/votel.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'In Votel open Settings → API Keys. <a href="https://docs.votel.ai/docs/api/votel-api" target="_blank">Where to find it</a>.',
			name: 'whereToFindIt',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. sk_…',
			description: 'From Votel under Settings → API Keys',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://app.votel.ai',
			required: true,
			description:
				'Where you sign in to Votel, without a path. Change it if your agency runs Votel under a name of its own, or to use a proxy or a sandbox.',
		},
	];

	/** A property of its own: n8n offers Custom API Call, and the HTTP Request node, for no other. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const headers = { ...request.headers, 'X-API-Key': String(credentials.apiKey).trim() };
		return { ...atBaseUrl(credentials, request), headers };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/api/channels',
			qs: { page: 1, page_size: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Votel does not know this API key. Check that it was copied whole and was not deleted.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API key is valid but may not list channels. Keep it if you enter channel IDs by hand: sending may still work.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no Votel API at this Base URL. Use the address at which you sign in, without a path.',
				},
			},
			// A website answers any path with a page of its own.
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'channels',
					value: undefined,
					message:
						'Something answers at this Base URL, but not the Votel API. Use the address at which you sign in, without a path.',
				},
			},
			// n8n applies rules of both kinds; only its type has no room for that.
		] as ICredentialTestRequest['rules'],
	};
}
