import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class MessageWebhookSecretApi implements ICredentialType {
	name = 'messageWebhookSecretApi';

	displayName = 'Message Webhook Secret API';

	documentationUrl =
		'https://github.com/n8n-nodes-unified-messaging/n8n-nodes-unified-messaging/blob/main/docs/credentials.md#webhook-secret';

	icon: Icon = {
		light: 'file:../nodes/MessageStatusTrigger/messageStatusTrigger.svg',
		dark: 'file:../nodes/MessageStatusTrigger/messageStatusTrigger.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The signing key that the vendor shows beside the webhook, or the secret that it sends along',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Accepted as well while the vendor changes from one secret to the next. Empty it afterwards.',
		},
	];
}
