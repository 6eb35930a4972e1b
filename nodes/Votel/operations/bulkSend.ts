import type { INodeProperties } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { documentedLimit, SEND_URL } from '../api';
import { toItems } from '../bulk/toItems';
import { toLeads } from '../bulk/toLeads';
import { channelField } from '../channel';
import { kindFields, KINDS, KINDS_FOR_LEADS, sendAsField } from '../kinds';
import { countLeads } from '../leads/count';
import { meantCriteria, selectionFields } from '../leads/selection';
import { personalFields } from '../message';
import { messageOptions, messageTypeFields } from '../sendOptions';

const audienceField: INodeProperties = {
	displayName: 'Audience',
	name: 'recipients',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Input Items',
			value: 'items',
			description: 'One recipient for each item or list entry, one request each, at a steady pace',
		},
		{
			name: 'Votel Leads',
			value: 'leads',
			description: 'The leads that Votel finds by your criteria, in one request for all of them',
		},
	],
	default: 'items',
};

const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to send nothing, and give the request and the number of leads instead. Votel can count leads by ID or by keyword, not by assignees or filters.',
};

const answerTimeoutOption: INodeProperties = {
	displayName: 'Answer Timeout',
	name: 'answerTimeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 900,
	displayOptions: { show: { '/recipients': ['leads'] } },
	description:
		'How many seconds to wait for the answer, which Votel gives when it has sent to all leads',
};

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send messages in bulk',
	description: 'Send to many: to each input item, or to the leads that Votel finds',
	fields: [
		audienceField,
		...showFor({ recipients: ['leads'] }, [...selectionFields, sendAsField(KINDS_FOR_LEADS)]),
		...showFor({ recipients: ['items'] }, [
			sendAsField(KINDS),
			...kindFields(KINDS, ({ recipientNoun, itemField, recipientExample }) =>
				bulkFields({
					what: recipientNoun,
					defaultField: itemField,
					placeholder: recipientExample,
				}),
			),
			mergeFieldsNotice,
		]),
		...kindFields(KINDS, (kind) => kind.fields),
		channelField,
		...kindFields(KINDS, (kind) => kind.more),
		...showFor(
			{ recipients: ['items'] },
			kindFields(KINDS, (kind) => personalFields(kind)),
		),
		...messageTypeFields,
		...showFor({ recipients: ['items'] }, bulkOutputFields),
		...showFor({ recipients: ['leads'] }, [dryRunField, simplifyField]),
		sendOptionsField([...messageOptions, answerTimeoutOption], documentedLimit),
	],
	declares: { method: 'POST', url: SEND_URL },
	operation(read, raw) {
		if (read('recipients', 'items') !== 'leads') return toItems;
		const meant = meantCriteria(raw);
		return read('dryRun', false) === true ? countLeads(meant) : toLeads(meant);
	},
};
