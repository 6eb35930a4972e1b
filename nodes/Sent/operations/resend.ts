import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer } from '../../delivery/http/vendorApi';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, reading } from '../../delivery/run/operation';
import { onceOptions } from '../../fields/once';
import { optionsField, simplifyField, timeoutOption } from '../../fields/options';
import { isPlainObject } from '../../input/json';
import { textOrNull } from '../../message/messageResult';
import { dataOf, documentedLimit } from '../api';
import { messageIdField, messagePath, readMessageId } from '../messageId';
import { isDone, newestApi } from '../newest';
import { sentResult, toMessageResult } from '../results';
import { idempotencyOption, planOption } from '../sendOptions';

/**
 * Source: the newest SDKs: POST /v3/messages/{id}/resend puts a finished message through everything
 * once more, under its ID, and bills it once more; never one that was filtered.
 */
const resendMessage: Operation<{ messageId: string }> = {
	api: newestApi({
		operation: 'Resend Message',
		wrongState:
			'Only a finished message can be sent again: delivered, read, failed or blocked. One that was filtered never can, because its recipient may not be written to.',
	}),
	kind: 'send',
	input: (draft) => ({ messageId: readMessageId(draft) }),
	request: ({ messageId }) => ({ method: 'POST', url: `${messagePath(messageId)}/resend` }),
	result(answer, { messageId }) {
		if (!isDone(answer)) return undefined;
		return reading([resent(answer, messageId)], [answer.body as IDataObject]);
	},
};

/** No page shows the answer, so it may be that of a send, the message, or less. */
function resent(answer: VendorAnswer, messageId: string): IDataObject {
	const { recipients, ...data } = dataOf(answer) ?? {};
	if (textOrNull(data.id) !== null) return toMessageResult(data);
	const entries = Array.isArray(recipients) ? (recipients as unknown[]).filter(isPlainObject) : [];
	const entry = entries.find(({ message_id: id }) => id === messageId) ?? { ...entries[0] };
	return sentResult({ ...entry, message_id: messageId }, { status: 'accepted', ...data }, answer);
}

export const resend: NodeOperation = {
	value: 'resend',
	name: 'Resend Message',
	action: 'Resend a message',
	description:
		'Send a finished message once more, which Sent bills again. One that was filtered is never sent again.',
	fields: [
		messageIdField,
		simplifyField,
		optionsField([...onceOptions, idempotencyOption, planOption, timeoutOption], documentedLimit),
	],
	declares: { method: 'POST', url: '/v3/messages/{id}/resend' },
	operation: resendMessage,
};
