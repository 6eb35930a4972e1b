import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { answerWebhook, answerWebhooks, waitingTooltip } from '../answers/webhook';
import { customOperations, declared } from '../delivery/run/nodeOperation';
import { searchCountries } from '../fields/country';
import { operationProperties, SUBTITLE } from '../fields/operation';
import { resources } from './operations';
import { searchChannels, searchContacts, searchTemplates } from './pickers';
import { getTemplateParameters } from './template/layout';

export class Bird implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bird Channels',
		name: 'bird',
		icon: { light: 'file:bird.svg', dark: 'file:bird.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Send and read SMS, WhatsApp, email and more through the Bird Channels API',
		defaults: { name: 'Bird Channels' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip: waitingTooltip,
		webhooks: answerWebhooks,
		builderHint: {
			searchHint:
				'Sends SMS, WhatsApp, email and more through the Bird Channels API. Send to many people with one Bulk Send rather than in a loop: the node keeps to rate limits and sends no message twice. To ask a person and wait for the answer use Send and Wait for Response.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-unified-messaging.messageStatusTrigger',
					relationHint: 'Starts a workflow when a message is delivered, is read, fails or comes in',
				},
			],
		},
		credentials: [{ name: 'birdChannelsApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl }}',
			headers: { Accept: 'application/json' },
		},
		properties: operationProperties(declared(resources)),
	};

	methods = {
		listSearch: { searchChannels, searchContacts, searchCountries, searchTemplates },
		resourceMapping: { getTemplateParameters },
	};

	customOperations = customOperations(resources);

	webhook = answerWebhook;
}
