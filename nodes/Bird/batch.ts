import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import { type Reading, reading } from '../delivery/run/operation';
import { isPlainObject } from '../input/json';
import { messageResult, textOrNull } from '../message/messageResult';
import { birdApi } from './api';
import type { Message } from './message';

/** Source: docs.bird.com, api/channels-api/send-batch-messages. */
export const MOST_MESSAGES = 100;
/** What stands around the messages: {"messageRequests":[]}. */
export const FRAME_BYTES = 22;
/** What stands between two of them. */
export const COMMA_BYTES = 1;

/** A message of a batch, to one person. */
export interface BatchMessage extends Message {
	channelId: string;
	recipient: string;
	/** Whether its ID is to be found out after the batch was taken. */
	looksUpId: boolean;
}

/** Joins messages of one channel. */
export function joinMessages(requests: VendorRequest[]): VendorRequest {
	return {
		method: 'POST',
		url: requests[0].url.replace(/messages$/, 'batch/messages'),
		body: { messageRequests: requests.map(({ body = {} }) => body) },
	};
}

/**
 * Reads the answer to a batch. Bird takes one as a whole and checks its messages afterwards, so the
 * answer has nothing but the ID of the batch.
 *
 * @returns undefined for any other answer, such as the login page of a proxy
 */
export function readBatch(answer: VendorAnswer, messages: BatchMessage[]): Reading[] | undefined {
	const batchId = batchIdOf(answer);
	if (batchId === null) return undefined;
	return messages.map((message) => reading([resultOf(message, batchId)]));
}

/** Source: as above: "the response will return a batch ID", and "the batchID". No sample shows it. */
function batchIdOf({ body }: VendorAnswer): string | null {
	if (!isPlainObject(body)) return null;
	return textOrNull(body.batchId) ?? textOrNull(body.batchID) ?? textOrNull(body.id);
}

function resultOf({ channelId, recipient, content }: BatchMessage, batchId: string): IDataObject {
	return messageResult(
		{
			messageId: null,
			provider: birdApi.provider,
			channel: null,
			recipient,
			status: 'accepted',
			providerStatus: null,
			sentAt: null,
			reference: textOrNull(content.reference),
		},
		{ channelId, batchId },
	);
}
