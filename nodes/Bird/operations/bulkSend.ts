import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../../delivery/http/vendorApi';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import {
	type ItemScope,
	type Operation,
	type Reading,
	reading,
} from '../../delivery/run/operation';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import { optionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import type { Draft } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { messageResult, textOrNull } from '../../message/messageResult';
import { birdApi, documentedLimit } from '../api';
import { bodyFields } from '../bodies';
import { buildBulkContact, bulkRecipient, bulkRecipientFields } from '../bulkRecipients';
import { channelField, channelPath, DECLARED_CHANNEL, requireChannelId } from '../channel';
import {
	bodyMessage,
	LARGEST_BYTES,
	type Message,
	messageRequest,
	requireSmall,
	sizeOf,
	templateMessage,
} from '../message';
import { readSent } from '../results';
import { messageOptions, shortLinksOption } from '../sendOptions';
import { templateFields } from '../template/fields';

/** Source: docs.bird.com, api/channels-api/send-batch-messages. */
const MOST_MESSAGES = 100;
/** What stands around the messages: {"messageRequests":[]}. */
const FRAME_BYTES = 22;
/** What stands between two of them. */
const COMMA_BYTES = 1;

/** A message of a bulk, to one person. */
interface BulkMessage extends Message {
	channelId: string;
	recipient: string;
}

const bulk: Operation<BulkMessage> = {
	api: birdApi,
	kind: 'send',
	input: readBulkMessage,
	request: messageRequest,
	result: readSent,
	bulk: {
		recipientOf: ({ recipient }) => recipient,
		packing: {
			limits: { most: MOST_MESSAGES, bytes: LARGEST_BYTES - FRAME_BYTES + COMMA_BYTES },
			groupOf: ({ url }) => url,
			sizeOf: ({ body = {} }) => sizeOf(body) + COMMA_BYTES,
			join,
			results: readBatch,
		},
	},
};

/** @throws InvalidInput naming the field that cannot be sent */
function readBulkMessage(draft: Draft, { credentials, recipient: value }: ItemScope): BulkMessage {
	const recipient = bulkRecipient(value, draft);
	const contacts = [buildBulkContact(draft, recipient)];
	const content =
		draft.content === 'template'
			? templateMessage(draft, contacts)
			: bodyMessage(draft, contacts, noBinaryFields);
	return {
		channel: channelPath(draft, credentials),
		channelId: requireChannelId(draft),
		recipient,
		content: requireSmall(content, FRAME_BYTES),
		files: [],
	};
}

const noBinaryFields = (): never => {
	throw new InvalidInput(
		'Media From',
		'cannot be a binary field in Bulk Send',
		'Upload the file once with Upload Media, and use its URL.',
	);
};

function join(requests: VendorRequest[]): VendorRequest {
	return {
		method: 'POST',
		url: requests[0].url.replace(/messages$/, 'batch/messages'),
		body: { messageRequests: requests.map(({ body = {} }) => body) },
	};
}

/**
 * Bird takes a batch as a whole and checks its messages afterwards. What became of each is found
 * with List Messages by the ID of the batch, whose name in the answer Bird does not document.
 */
function readBatch({ body }: VendorAnswer, messages: BulkMessage[]): Reading[] {
	const answer: IDataObject = isPlainObject(body) ? body : {};
	const batchId = textOrNull(answer.batchId) ?? textOrNull(answer.id);
	return messages.map(({ recipient, channelId, content }) =>
		reading([
			messageResult(
				{
					messageId: null,
					provider: birdApi.provider,
					channel: channelId,
					recipient,
					status: 'accepted',
					providerStatus: null,
					sentAt: null,
					reference: textOrNull(content.reference),
				},
				{ batchId },
			),
		]),
	);
}

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send messages in bulk',
	description: 'Send a message to each of many people, up to 100 in a request',
	fields: [
		channelField,
		...bulkFields({ what: 'recipient', defaultField: 'phone', placeholder: '+14155550123' }),
		...bulkRecipientFields,
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
		optionsField(
			[
				...messageOptions,
				{ ...shortLinksOption, displayOptions: { show: { '/content': ['message'] } } },
			],
			documentedLimit,
		),
	],
	declares: { method: 'POST', url: `=${DECLARED_CHANNEL}/batch/messages` },
	operation: bulk,
};
