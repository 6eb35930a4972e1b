import type { IDataObject } from 'n8n-workflow';

import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, reading } from '../../delivery/run/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { messageResult, textOrNull } from '../../message/messageResult';
import { dataOf, documentedReadLimit, sentApi } from '../api';
import { messageIdField, messagePath, readMessageId } from '../messageId';
import { isDone, newestApi } from '../newest';
import { toMessageResult } from '../results';

/**
 * Source: the newest SDKs: POST /v3/messages/{id}/cancel, for a scheduled message that has not been
 * released. Their texts do not show the answer, which is read for what it says.
 */
const cancelMessage: Operation<{ messageId: string }> = {
	api: newestApi({
		operation: 'Cancel Message',
		wrongState: 'Only a scheduled message whose time has not come can be canceled.',
	}),
	kind: 'change',
	input: (draft) => ({ messageId: readMessageId(draft) }),
	request: ({ messageId }) => ({ method: 'POST', url: `${messagePath(messageId)}/cancel` }),
	result(answer, { messageId }) {
		if (!isDone(answer)) return undefined;
		const message = dataOf(answer);
		const isShown = message !== undefined && textOrNull(message.id) !== null;
		return reading(
			[isShown ? toMessageResult(message) : canceled(messageId)],
			[answer.body as IDataObject],
		);
	},
};

function canceled(messageId: string): IDataObject {
	return messageResult({
		messageId,
		provider: sentApi.provider,
		channel: null,
		recipient: null,
		status: 'canceled',
		providerStatus: null,
		sentAt: null,
		reference: null,
	});
}

export const cancel: NodeOperation = {
	value: 'cancel',
	name: 'Cancel Message',
	action: 'Cancel a scheduled message',
	description: 'Call a scheduled message off before its time has come',
	fields: [messageIdField, simplifyField, optionsField([], documentedReadLimit)],
	declares: { method: 'POST', url: '/v3/messages/{id}/cancel' },
	operation: cancelMessage,
};
