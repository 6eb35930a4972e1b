import type { INodeProperties } from 'n8n-workflow';

import { bulkSend as deliverBulk } from '../../delivery/run/bulk';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { documentedLimit } from '../api';
import { toItems } from '../bulk/toItems';
import { toLeads } from '../bulk/toLeads';
import { channelField } from '../channel';
import { kindFields, KINDS, KINDS_FOR_LEADS, sendAsField } from '../kinds';
import { countLeads } from '../leads/count';
import { meantCriteria, selectionFields } from '../leads/selection';
import { personalFields } from '../message';
import { messageOptions, messageTypeFields } from '../sendOptions';

const recipientsField: INodeProperties = {
	displayName: 'Recipients',
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
		recipientsField,
		...showFor({ recipients: ['leads'] }, [
			...selectionFields,
			dryRunField,
			sendAsField(KINDS_FOR_LEADS),
		]),
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
		channelField,
		...kindFields(KINDS, (kind) => kind.fields),
		...showFor(
			{ recipients: ['items'] },
			kindFields(KINDS, (kind) => personalFields(kind)),
		),
		...messageTypeFields,
		...showFor({ recipients: ['items'] }, bulkOutputFields),
		...showFor({ recipients: ['leads'] }, [simplifyField]),
		optionsField([...messageOptions, answerTimeoutOption], documentedLimit),
	],
	async execute() {
		if (this.getNodeParameter('recipients', 0) !== 'leads') return await deliverBulk(this, toItems);
		const meant = meantCriteria(this.getNode().parameters);
		return this.getNodeParameter('dryRun', 0, false) === true
			? await countLeads(this, meant)
			: await deliverBulk(this, toLeads(meant));
	},
};
