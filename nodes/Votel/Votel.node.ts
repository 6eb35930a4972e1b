import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { answerWebhook, answerWebhooks, waitingTooltip } from '../answers/webhook';
import { customOperations, declared } from '../delivery/run/nodeOperation';
import { searchCountries } from '../fields/country';
import { operationProperties, SUBTITLE } from '../fields/operation';
import { resources } from './operations';
import { getLeadFields, searchChannels, searchLeads } from './pickers';

export class Votel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Votel',
		name: 'votel',
		icon: { light: 'file:votel.svg', dark: 'file:votel.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Send email, SMS and Instagram messages through Votel, to one person or many leads',
		defaults: { name: 'Votel' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip: waitingTooltip,
		webhooks: answerWebhooks,
		builderHint: {
			searchHint:
				'Sends email, SMS and Instagram messages to one person, or with Bulk Send to leads that Votel knows or filters. To ask a person and wait for the answer use Send and Wait for Response.',
		},
		credentials: [{ name: 'votelApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.baseUrl }}',
			headers: { Accept: 'application/json' },
		},
		properties: operationProperties(declared(resources)),
	};

	methods = {
		listSearch: { searchChannels, searchCountries, searchLeads },
		loadOptions: { getLeadFields },
	};

	customOperations = customOperations(resources);

	webhook = answerWebhook;
}
