import type { INodeProperties } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../../delivery/http/vendorApi';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation, Reading } from '../../delivery/run/operation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import { maxSegmentsOption } from '../../fields/maxSegments';
import { sendOptionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { optionsOf } from '../../input/draft';
import { readCountry } from '../../input/country';
import { requirePhone } from '../../input/phone';
import { documentedLimit, SEND_PATH, sentApi } from '../api';
import { channelsField } from '../channels';
import { type Message, messageRequest, readContent, textField } from '../message';
import { MOST_RECIPIENTS, recipientNumbers } from '../recipients';
import { readOutcomes, readSent } from '../results';
import { messageOptions } from '../sendOptions';
import { templateFields } from '../template';

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
		...bulkFields({
			what: 'phone number',
			defaultField: 'phone',
			placeholder: '+14155550123, +14155550124',
		}),
		contentField,
		mergeFieldsNotice,
		...showFor({ content: ['template'] }, templateFields),
		...showFor({ content: ['text'] }, [textField]),
		channelsField,
		...bulkOutputFields,
		sendOptionsField(
			[
				...messageOptions,
				{ ...maxSegmentsOption, displayOptions: { show: { '/content': ['text'] } } },
			],
			documentedLimit,
		),
	],
	declares: { method: 'POST', url: SEND_PATH },
	operation: bulk,
};

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
