import type { INodeProperties } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { ItemScope, Operation } from '../../delivery/run/operation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import { sendOptionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { type Draft, optionsOf } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { birdApi, documentedLimit } from '../api';
import {
	type BatchMessage,
	COMMA_BYTES,
	FRAME_BYTES,
	joinMessages,
	MOST_MESSAGES,
	readBatch,
} from '../batch';
import { lookUpIds } from '../batchLookUp';
import { bodyFields } from '../bodies';
import { buildBulkContact, bulkRecipient, bulkRecipientFields } from '../bulkRecipients';
import { channelField, channelPath, DECLARED_CHANNEL, requireChannelId } from '../channel';
import {
	bodyMessage,
	LARGEST_BYTES,
	messageRequest,
	peopleOf,
	requireSmall,
	sizeOf,
	templateMessage,
} from '../message';
import { readSent } from '../results';
import { messageOptions, shortLinksOption } from '../sendOptions';
import { templateFields } from '../template/fields';
import { isTemplateChosen } from '../template/template';

const sendInBulk = (isChosen: boolean): Operation<BatchMessage> => ({
	api: birdApi,
	kind: 'send',
	html: ['html'],
	input: (draft, item) => readBatchMessage(draft, item, isChosen),
	request: messageRequest,
	result: readSent,
	people: { of: peopleOf },
	bulk: {
		recipientOf: ({ recipient }) => recipient,
		packing: {
			limits: { most: MOST_MESSAGES, bytes: LARGEST_BYTES - FRAME_BYTES + COMMA_BYTES },
			groupOf: ({ url }) => url,
			sizeOf: ({ body = {} }) => sizeOf(body) + COMMA_BYTES,
			join: joinMessages,
			results: readBatch,
			finish: lookUpIds,
		},
	},
});

/** @throws InvalidInput naming the field that cannot be sent */
function readBatchMessage(
	draft: Draft,
	{ credentials, recipient: value }: ItemScope,
	isChosen: boolean,
): BatchMessage {
	const recipient = bulkRecipient(value, draft);
	const contacts = [buildBulkContact(draft, recipient)];
	const content =
		draft.content === 'template'
			? templateMessage(draft, contacts, isChosen)
			: bodyMessage(draft, contacts, noBinaryFields);
	return {
		channel: channelPath(draft, credentials),
		channelId: requireChannelId(draft),
		recipient,
		content: requireSmall(content, FRAME_BYTES),
		files: [],
		looksUpId: optionsOf(draft).lookUpMessageIds === true,
	};
}

const noBinaryFields = (): never => {
	throw new InvalidInput(
		'Media Source',
		'cannot be a binary field in Bulk Send',
		'Upload the file once with Upload Media, and use its URL.',
	);
};

const lookUpOption: INodeProperties = {
	displayName: 'Look Up Message IDs',
	name: 'lookUpMessageIds',
	type: 'boolean',
	default: true,
	description:
		'Whether to find out the ID and the status of each message once Bird has taken its batch, whose answer has neither. Takes 1 to 5 more requests for each batch of up to 100, and up to 16 seconds. What Bird does not list by then has no ID, and is found later with List Messages by the batch ID.',
};

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send messages in bulk',
	description: 'Send a message to each of many people, up to 100 in a request',
	fields: [
		channelField,
		...bulkRecipientFields,
		...bulkFields({ what: 'recipient', defaultField: 'phone', placeholder: '+14155550123' }),
		mergeFieldsNotice,
		{
			displayName: 'Content',
			name: 'content',
			type: 'options',
			options: [
				{ name: 'Message', value: 'message', description: 'Text, media or interactive' },
				{ name: 'Template', value: 'template', description: 'A template of Bird Studio' },
			],
			default: 'message',
		},
		...showFor({ content: ['message'] }, bodyFields('urls')),
		...showFor({ content: ['template'] }, templateFields),
		...bulkOutputFields,
		sendOptionsField(
			[
				...messageOptions,
				lookUpOption,
				{ ...shortLinksOption, displayOptions: { show: { '/content': ['message'] } } },
			],
			documentedLimit,
		),
	],
	declares: { method: 'POST', url: `=${DECLARED_CHANNEL}/batch/messages` },
	operation: (_read, raw) => sendInBulk(isTemplateChosen(raw)),
};
