import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { answerWebhook, answerWebhooks, waitingTooltip } from '../answers/webhook';
import { customOperations, declared } from '../delivery/run/nodeOperation';
import { searchCountries } from '../fields/country';
import { operationProperties, SUBTITLE } from '../fields/operation';
import { resources } from './operations';
import {
	getTemplateVariables,
	searchContacts,
	searchConversations,
	searchSenders,
	searchTemplates,
} from './pickers';

export class Sent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sent',
		name: 'sent',
		icon: { light: 'file:sent.svg', dark: 'file:sent.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Send and read SMS, MMS, WhatsApp and RCS through Sent (sent.dm)',
		defaults: { name: 'Sent' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip: waitingTooltip,
		webhooks: answerWebhooks,
		builderHint: {
			searchHint:
				'Sends SMS, MMS, WhatsApp and RCS through Sent (sent.dm). Send to many people with one Bulk Send rather than in a loop: the node keeps to rate limits and sends no message twice. To ask a person and wait for the answer use Send and Wait for Response.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-unified-messaging.messageStatusTrigger',
					relationHint: 'Starts a workflow when a message is delivered, is read, fails or comes in',
				},
			],
		},
		credentials: [{ name: 'sentDmApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl }}',
			headers: { Accept: 'application/json' },
		},
		properties: operationProperties(declared(resources)),
	};

	methods = {
		listSearch: {
			searchContacts,
			searchConversations,
			searchCountries,
			searchSenders,
			searchTemplates,
		},
		resourceMapping: { getTemplateVariables },
	};

	customOperations = customOperations(resources);

	webhook = answerWebhook;
}
