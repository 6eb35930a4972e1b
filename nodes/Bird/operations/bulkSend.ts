import type { IDataObject } from 'n8n-workflow';

import { bulkSend as sendInBulk } from '../../delivery/run/bulk';
import type { BulkEntry } from '../../delivery/run/bulkOperation';
import { pack } from '../../delivery/run/pack';
import type { VendorAnswer } from '../../delivery/http/vendorApi';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import type { NodeOperation } from '../../fields/operation';
import { optionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { InvalidInput } from '../../input/invalidInput';
import { messageResult, textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { birdApi, documentedLimit } from '../api';
import { bodyFields } from '../bodies';
import { bulkRecipientFields, buildBulkContact, bulkRecipient } from '../bulkRecipients';
import { channelField, channelPath } from '../channel';
import { buildMessage, LARGEST_BYTES, sizeOf } from '../message';
import { messageOptions, shortLinksOption } from '../sendOptions';
import { templateFields } from '../template/fields';

/** Source: docs.bird.com, api/channels-api/send-batch-messages. */
const MOST_MESSAGES = 100;
/** What stands around the messages: {"messageRequests":[]}. */
const FRAME_BYTES = 22;

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
	async execute() {
		return await sendInBulk(this, {
			api: birdApi,
			recipient: bulkRecipient,
			message(draft, recipient, credentials) {
				// Here, so that a channel that cannot be is reported for its own recipient.
				channelPath(draft, credentials);
				const contacts = [buildBulkContact(draft, recipient)];
				return draft.content === 'template'
					? buildMessage(draft, contacts, 'template')
					: buildMessage(draft, contacts, { body: noBinaryFields });
			},
			packs: (entries) =>
				pack(
					entries,
					{ most: MOST_MESSAGES, bytes: LARGEST_BYTES - 1 - FRAME_BYTES },
					({ draft }) => String(draft.channelId),
					// And a comma.
					({ message }) => sizeOf(message) + 1,
				),
			request: (entries, credentials) => ({
				method: 'POST',
				url: `${channelPath(entries[0].draft, credentials)}/batch/messages`,
				body: { messageRequests: entries.map(({ message }) => message) },
			}),
			read: readBatch,
		});
	},
};

const noBinaryFields = (): never => {
	throw new InvalidInput(
		'Media From',
		'cannot be a binary field in Bulk Send',
		'Upload the file once with Upload Media, and use its URL.',
	);
};

/**
 * Bird takes a batch as a whole and checks its messages afterwards. What became of each is found
 * with List Messages by the ID of the batch, whose name in the answer Bird does not document.
 */
function readBatch({ body }: VendorAnswer, entries: BulkEntry[]) {
	const answer: IDataObject = isPlainObject(body) ? body : {};
	const batchId = textOrNull(answer.batchId) ?? textOrNull(answer.id);
	return entries.map(({ recipient, draft, message }) => ({
		result: messageResult(
			{
				messageId: null,
				provider: birdApi.provider,
				channel: String(draft.channelId).trim(),
				recipient,
				status: 'accepted',
				providerStatus: null,
				sentAt: null,
				reference: textOrNull(message.reference),
			},
			{ batchId },
		),
	}));
}
