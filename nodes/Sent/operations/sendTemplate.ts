import type { INodeProperties } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { documentedLimit, SEND_PATH, sentApi } from '../api';
import { channelsField } from '../channels';
import { buildMessage } from '../message';
import { buildRecipients, contactField, recipientFields, resolveContact } from '../recipients';
import { failIfNoneAccepted, readSent } from '../results';
import { messageOptions, planOption } from '../sendOptions';
import { templateFields } from '../template';
import { buildV1, readV1, v1Notice, webhookUrlField } from '../v1';

const apiVersionField: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'V1',
			value: 'v1',
			description: 'The older way: to a contact, with a webhook URL of its own for the status',
		},
		{
			name: 'V3',
			value: 'v3',
			description: 'The current way: to phone numbers or a contact, never sent twice',
		},
	],
	default: 'v3',
};

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send an approved template, filled in for the recipient',
	fields: [
		apiVersionField,
		...showFor({ apiVersion: ['v3'] }, recipientFields),
		...showFor({ apiVersion: ['v1'] }, [v1Notice, contactField]),
		...templateFields,
		...showFor({ apiVersion: ['v3'] }, [channelsField]),
		...showFor({ apiVersion: ['v1'] }, [webhookUrlField]),
		simplifyField,
		...showFor({ apiVersion: ['v3'] }, [optionsField(messageOptions, documentedLimit)]),
		...showFor({ apiVersion: ['v1'] }, [optionsField([planOption], documentedLimit)]),
	],
	execute: deliver({
		api: sentApi,
		kind: 'send',
		build: (draft, credentials) =>
			draft.apiVersion === 'v1'
				? buildV1(draft, credentials)
				: {
						method: 'POST',
						url: SEND_PATH,
						body: { to: buildRecipients(draft), ...buildMessage('template', draft) },
					},
		complete: async (request, draft, context, transport) =>
			draft.apiVersion === 'v1'
				? request
				: await resolveContact(request, draft, context, transport),
		read: (answer, draft, request) =>
			draft.apiVersion === 'v1' ? readV1(answer, draft) : readSent(answer, draft, request),
		enrich: failIfNoneAccepted,
	}),
};
