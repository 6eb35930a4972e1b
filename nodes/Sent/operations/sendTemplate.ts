import type { INodeProperties } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { hideFor, showFor } from '../../fields/show';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { documentedLimit, SEND_PATH, sentApi } from '../api';
import { channelsField } from '../channels';
import { type Message, messageRequest, readContent } from '../message';
import { readBack } from '../readBack';
import { readRecipients, recipientFields, resolveContact, sentPeople } from '../recipients';
import { readSent } from '../results';
import { messageOptions, planOption } from '../sendOptions';
import { templateFields } from '../template';
import { sendTemplateV1, v1Notice, webhookUrlFields } from '../v1';

const apiVersionField: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'V1',
			value: 'v1',
			description: 'The older way: with a webhook URL of its own for the status',
		},
		{ name: 'V3', value: 'v3', description: 'The current way: never sent twice' },
	],
	default: 'v3',
};

export const sendTemplateV3: Operation<Message> = {
	api: sentApi,
	kind: 'send',
	input: (draft) => ({
		recipients: readRecipients(draft),
		content: readContent('template', draft),
	}),
	request: messageRequest,
	complete: resolveContact,
	result: readSent,
	readBack,
	people: sentPeople,
};

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send an approved template, filled in for the recipient',
	fields: [
		...recipientFields,
		...templateFields,
		// API v1 sends to contacts only.
		...showFor({ recipientBy: ['contact'] }, [apiVersionField]),
		...showFor({ apiVersion: ['v1'] }, [v1Notice, ...webhookUrlFields]),
		...hideFor({ apiVersion: ['v1'] }, [channelsField]),
		simplifyField,
		...hideFor({ apiVersion: ['v1'] }, [
			sendOptionsField([...messageOptions, ...waitForDeliveryOptions()], documentedLimit),
		]),
		...showFor({ apiVersion: ['v1'] }, [sendOptionsField([planOption], documentedLimit)]),
	],
	declares: { method: 'POST', url: SEND_PATH },
	operation: (read) => (read('apiVersion', 'v3') === 'v1' ? sendTemplateV1 : sendTemplateV3),
};
