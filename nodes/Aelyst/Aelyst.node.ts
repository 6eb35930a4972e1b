import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { answerWebhook, answerWebhooks, waitingTooltip } from '../answers/webhook';
import { customOperations, declared } from '../delivery/run/nodeOperation';
import { searchCountries } from '../fields/country';
import { operationProperties, SUBTITLE } from '../fields/operation';
import { resources } from './operations';
import * as pickers from './pickers';
import { mapTemplateVariables, mapVariablesInstead } from './templateVariables';

export class Aelyst implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aelyst',
		name: 'aelyst',
		icon: { light: 'file:aelyst.svg', dark: 'file:aelyst.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Send and read WhatsApp, Facebook, Telegram, email and more through Aelyst or respond.io',
		defaults: { name: 'Aelyst' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip: waitingTooltip,
		webhooks: answerWebhooks,
		builderHint: {
			searchHint:
				'For Aelyst, and for respond.io with its base URL in the credential. Outside the 24-hour window of WhatsApp use Send Template. To ask a person and wait for the answer use Send and Wait for Response.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-unified-messaging.messageStatusTrigger',
					relationHint: 'Starts a workflow when a message is delivered, is read, fails or comes in',
				},
			],
		},
		credentials: [{ name: 'aelystApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl }}',
			headers: { Accept: 'application/json' },
		},
		properties: operationProperties(declared(resources)),
	};

	methods = {
		listSearch: {
			searchChannels: pickers.searchChannels,
			searchContacts: pickers.searchContacts,
			searchCountries,
			searchFacebookChannels: pickers.searchFacebookChannels,
			searchPayloadChannels: pickers.searchPayloadChannels,
			searchTemplates: pickers.searchTemplates,
			searchTemplatesInstead: pickers.searchTemplatesInstead,
			searchWhatsappChannels: pickers.searchWhatsappChannels,
		},
		resourceMapping: { mapTemplateVariables, mapVariablesInstead },
	};

	customOperations = customOperations(resources);

	webhook = answerWebhook;
}
