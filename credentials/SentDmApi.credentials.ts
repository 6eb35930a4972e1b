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

export class SentDmApi implements ICredentialType {
	name = 'sentDmApi';

	displayName = 'Sent API';

	documentationUrl =
		'https://github.com/n8n-nodes-unified-messaging/n8n-nodes-unified-messaging/blob/main/docs/credentials.md#sent';

	icon: Icon = {
		light: 'file:../nodes/Sent/sent.svg',
		dark: 'file:../nodes/Sent/sent.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'In the Sent dashboard open API Keys. <a href="https://docs.sent.dm/reference/api/authentication" target="_blank">Where to find it</a>.',
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
			description: 'From the Sent dashboard under API Keys',
		},
		{
			displayName: 'Profile ID',
			name: 'profileId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			description:
				'The sender profile to act for. Only with the key of an organization; leave it empty otherwise.',
		},
		{
			displayName: 'Sender ID',
			name: 'senderId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			description:
				'Needed only for API version v1, which asks for it as x-sender-id. Leave it empty for v3.',
		},
		{
			displayName: 'Webhook Token',
			name: 'webhookToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Needed only to receive what Sent reports of messages of API version v1, which it does not sign: a secret of at least 16 letters and digits that you make up, such as a password manager does. It goes into the webhook URL of such messages as ?token=. Leave it empty for v3.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.sent.dm',
			required: true,
			description: 'Change it only to use a proxy or a sandbox',
		},
	];

	/** A property of its own: n8n offers Custom API Call, and the HTTP Request node, for no other. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const { apiKey, profileId } = credentials;
		const headers: Record<string, unknown> = { ...request.headers };
		headers['x-api-key'] = String(apiKey).trim();
		const profile = String(profileId ?? '').trim();
		// API v1, whose requests name their sender, knows no profiles.
		if (profile !== '' && headers['x-sender-id'] === undefined) headers['x-profile-id'] = profile;
		return {
			...atBaseUrl(credentials, request),
			headers: headers as IHttpRequestOptions['headers'],
		};
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/v3/me',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message:
						'Sent cannot read the Profile ID. It looks like 6ba7b810-9dad-11d1-80b4-00c04fd430c8; leave it empty if you have none.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Sent does not know this API key. Check that it was copied whole and was not revoked. After ten failures in a row Sent locks the key for a while.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Sent knows the API key but refuses it. Leave Profile ID empty unless the key is that of an organization. Otherwise the account is not active yet, not verified, suspended or has no channel: see the Sent dashboard.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The organization has no profile with this Profile ID. If it is empty, check the Base URL.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'Too many requests, or Sent has locked the API key after ten failures in a row. Wait some minutes before you test it again.',
				},
			},
		],
	};
}
