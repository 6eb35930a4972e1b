import type { INodeProperties } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../../delivery/http/vendorApi';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation, Reading } from '../../delivery/run/operation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import { maxSegmentsOption } from '../../fields/maxSegments';
import { sendOptionsField } from '../../fields/options';
import { hideFor, showFor } from '../../fields/show';
import { optionsOf } from '../../input/draft';
import { readCountry } from '../../input/country';
import { requirePhone } from '../../input/phone';
import { documentedLimit, SEND_PATH, sentApi } from '../api';
import { channelsField } from '../channels';
import { type Message, messageRequest, readContent, textField } from '../message';
import { MOST_RECIPIENTS, recipientNumbers } from '../recipients';
import { readOutcomes, readSent } from '../results';
import { messageOptions, planOption } from '../sendOptions';
import { templateFields } from '../template';
import { bulkSendV1, v1Notice, webhookUrlFields } from '../v1';

const contentField: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Template', value: 'template', description: 'An approved template' },
		{ name: 'Text', value: 'text', description: 'Free text' },
	],
	default: 'template',
	description:
		'What to send. Recipients with the same content share requests, up to 1,000 in each: a value of their own for each recipient takes a request for each.',
};

/** Only API v1 sends to contacts without asking for the number of each. */
const recipientByField: INodeProperties = {
	displayName: 'Recipient Type',
	name: 'recipientBy',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Contact',
			value: 'contact',
			description:
				'Contacts that Sent knows, by their IDs: a template through API v1, with one request for each',
		},
		{
			name: 'Phone Number',
			value: 'phone',
			description: 'Phone numbers: a template or a text through API v3',
		},
	],
	default: 'phone',
};

const bulk: Operation<Message> = {
	api: sentApi,
	kind: 'send',
	input: (draft, { recipient }) => ({
		recipients: {
			numbers: [requirePhone('Recipient', recipient, readCountry(optionsOf(draft).defaultCountry))],
		},
		content: readContent(draft.content === 'text' ? 'text' : 'template', draft),
	}),
	request: messageRequest,
	result: readSent,
	bulk: {
		recipientOf: ({ recipients }) => recipientNumbers(recipients)[0],
		packing: {
			limits: { most: MOST_RECIPIENTS },
			groupOf: ({ body }) => JSON.stringify({ ...body, to: null }),
			join,
			results: readPack,
		},
	},
};

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send messages in bulk',
	description: 'Send to many people, up to 1,000 with the same content in one request',
	fields: [
		recipientByField,
		...toPhones(
			bulkFields({
				what: 'phone number',
				defaultField: 'phone',
				placeholder: '+14155550123, +14155550124',
			}),
		),
		...toContacts(
			bulkFields({
				what: 'ID of the contact',
				defaultField: 'contact_id',
				placeholder: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
			}),
		),
		...toPhones([contentField]),
		mergeFieldsNotice,
		...hideFor({ content: ['text'] }, templateFields),
		...showFor({ content: ['text'] }, [textField]),
		...toPhones([channelsField]),
		...toContacts([v1Notice, ...webhookUrlFields]),
		...bulkOutputFields,
		...toPhones([
			sendOptionsField(
				[
					...messageOptions,
					{ ...maxSegmentsOption, displayOptions: { show: { '/content': ['text'] } } },
				],
				documentedLimit,
			),
		]),
		...toContacts([sendOptionsField([planOption], documentedLimit)]),
	],
	declares: { method: 'POST', url: SEND_PATH },
	operation: (read) => (read('recipientBy', 'phone') === 'contact' ? bulkSendV1 : bulk),
};

function toPhones(fields: INodeProperties[]): INodeProperties[] {
	return showFor({ recipientBy: ['phone'] }, fields);
}

function toContacts(fields: INodeProperties[]): INodeProperties[] {
	return showFor({ recipientBy: ['contact'] }, fields);
}

/** Recipients of the same content share requests. */
function join(requests: VendorRequest[]): VendorRequest {
	const [first] = requests;
	const to = requests.flatMap(({ body }) => body?.to as string[]);
	return { ...first, body: { ...first.body, to } };
}

function readPack(
	answer: VendorAnswer,
	inputs: Message[],
	{ body = {} }: VendorRequest,
): Reading[] | undefined {
	const recipients = inputs.map(({ recipients: one }) => recipientNumbers(one)[0]);
	return readOutcomes(answer, recipients, body.channel as string[], body.text)?.map(
		({ results, entries, missing }) => ({ results, raw: entries, missing }),
	);
}
