import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { answerWebhook, answerWebhooks, waitingTooltip } from '../answers/webhook';
import { customOperations, declared } from '../delivery/run/nodeOperation';
import { searchCountries } from '../fields/country';
import { operationProperties, SUBTITLE } from '../fields/operation';
import { resources } from './operations';
import * as pickers from './pickers';
import { mapTemplateVariables } from './templateVariables';

export class Conduit implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Conduit',
		name: 'conduit',
		icon: { light: 'file:conduit.svg', dark: 'file:conduit.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Send and read WhatsApp, SMS and email messages of Conduit contacts',
		defaults: { name: 'Conduit' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip: waitingTooltip,
		webhooks: answerWebhooks,
		builderHint: {
			searchHint:
				'Sends to contacts that Conduit knows, by their ID, not to phone numbers. Outside the 24-hour window of WhatsApp use Send Template. To ask a person and wait for the answer use Send and Wait for Response.',
		},
		credentials: [{ name: 'conduitAiApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl }}',
			headers: { Accept: 'application/json' },
		},
		properties: operationProperties(declared(resources)),
	};

	methods = {
		listSearch: {
			searchChannelNodes: pickers.searchChannelNodes,
			searchContacts: pickers.searchContacts,
			searchConversations: pickers.searchConversations,
			searchCountries,
			searchSenders: pickers.searchSenders,
			searchTemplates: pickers.searchTemplates,
			searchTickets: pickers.searchTickets,
			searchWhatsappNodes: pickers.searchWhatsappNodes,
			searchWhatsappSenders: pickers.searchWhatsappSenders,
			searchWorkspaces: pickers.searchWorkspaces,
		},
		resourceMapping: { mapTemplateVariables },
	};

	customOperations = customOperations(resources);

	webhook = answerWebhook;
}
