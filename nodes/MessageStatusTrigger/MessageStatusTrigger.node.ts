import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { isRegistered, register, unregister } from './lifecycle';
import { outputsExpression } from './outputs';
import { triggerPanel } from './panel';
import { triggerProperties, vendorCredentials, vendorMethods, vendorsWithout } from './properties';
import { receive } from './receive';
import { SECRET_CREDENTIAL, webhookSecretTest } from '../webhook/secrets';
import { webhookVendors } from './vendors';

export class MessageStatusTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Message Status Trigger',
		name: 'messageStatusTrigger',
		icon: { light: 'file:messageStatusTrigger.svg', dark: 'file:messageStatusTrigger.dark.svg' },
		group: ['trigger'],
		// For nodes of version 1 n8n evaluates an expression with every request.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle:
			'={{ $parameter["vendor"] + ": " + ($parameter["statuses"] || $parameter["events"]).join(", ") }}',
		description: 'Starts the workflow when a message is delivered, fails, is read or comes in',
		defaults: { name: 'Message Status Trigger' },
		builderHint: {
			searchHint:
				"Choose the vendor and only the statuses that matter: the workflow starts once for each. Bird and Sent are registered on activation; elsewhere the webhook URL goes into the vendor's settings.",
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-unified-messaging.bird',
					relationHint: 'Sends the messages whose status this hears about',
				},
				{
					nodeType: 'n8n-nodes-unified-messaging.sent',
					relationHint: 'Sends the messages whose status this hears about',
				},
				{
					nodeType: 'n8n-nodes-unified-messaging.aelyst',
					relationHint: 'Sends the messages whose status this hears about',
				},
			],
		},
		triggerPanel,
		inputs: [],
		outputs: outputsExpression,
		credentials: [
			{
				name: 'messageWebhookSecretApi',
				required: true,
				testedBy: 'webhookSecretTest',
				displayOptions: { hide: { vendor: vendorsWithout(webhookVendors, SECRET_CREDENTIAL) } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties: triggerProperties(webhookVendors),
	};

	constructor() {
		// Not in the literal, where n8n's lint rules understand nothing but literal credentials.
		this.description.credentials?.push(...vendorCredentials(webhookVendors, SECRET_CREDENTIAL));
	}

	methods = { ...vendorMethods(webhookVendors), credentialTest: { webhookSecretTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
